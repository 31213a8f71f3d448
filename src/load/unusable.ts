import { SettleError } from '../core/errors.js';

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
  const seen = (await faults()).filter(isUnusable);
  const { file } = error.details;
  const isAmong = seen.some(({ details }) => details.file === file);
  // What stopped the load stays the word on its file: a second look may find the file whole again.
  const found = isAmong ? seen.map((fault) => (fault.details.file === file ? error : fault)) : [error, ...seen];
  const [first = error, ...others] = found;
  if (others.length === 0) return first;
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
