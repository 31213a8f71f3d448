import { SettleError } from '../errors.js';

/** A file that can't be used at all: the run stops before anything is loaded (exit 3). */
export function unusable(
  file: string,
  what: string,
  mend: string,
  place: { line?: number; offset?: number; column?: string } = {},
): SettleError {
  const where = place.line === undefined ? '' : `, line ${place.line}`;
  return new SettleError('input', `${file}${where}: ${what}`, { file, ...place, mend });
}

/**
 * What to throw for a load that failed: where a file is unusable, all that are, each with what is wrong with it; `faults`
 * looks at every file again, and is asked only then.
 */
export async function unusableTogether(error: unknown, faults: () => Promise<unknown[]>): Promise<unknown> {
  if (!isUnusable(error)) return error;
  const found = (await faults()).filter(isUnusable);
  const [first, ...others] = found.length > 0 ? found : [error];
  if (first === undefined || others.length === 0) return first ?? error;
  const files = found.map(({ message, details }) => ({ message, ...details }));
  const list = found.flatMap(({ message, details: { mend } }, at) => {
    const said = mend === undefined || mend === found[at - 1]?.details.mend; // the same for the file before
    return said ? [`\n  ${message}`] : [`\n  ${message}`, `\n    ${mend}`];
  });
  return new SettleError('input', `${found.length} files can't be used:${list.join('')}`, {
    ...first.details,
    files,
    mend: 'Nothing was loaded. Fix or remove each of them, then run again.',
  });
}

function isUnusable(error: unknown): error is SettleError {
  return error instanceof SettleError && error.code === 'input';
}
