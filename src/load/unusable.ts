import { SettleError } from '../core/errors.js';
import { joined, type Wording } from '../words/said.js';
import { say } from '../words/say.js';

/** A file that can't be used at all: the run stops before anything is loaded (exit 3). */
export function unusable(
  file: string,
  what: Wording,
  mend: Wording,
  place: { line?: number; offset?: number; column?: string } = {},
): SettleError {
  const where = place.line === undefined ? '' : say(', line {line}', { line: place.line });
  return new SettleError('input', say('{file}{where}: {what}', { file, where, what }), { file, ...place, mend });
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
  const list = found.flatMap(({ said, mend, details }, at) => {
    const told = mend === undefined || details.mend === found[at - 1]?.details.mend; // the same for the file before
    return told ? [say('\n  {said}', { said })] : [say('\n  {said}', { said }), say('\n    {said}', { said: mend })];
  });
  return new SettleError(
    'input',
    say("{count} files can't be used:{list}", { count: found.length, list: joined(list, '', '') }),
    {
      ...first.details,
      files,
      mend: say('Nothing was loaded. Fix or remove each of them, then run again.'),
    },
  );
}

function isUnusable(error: unknown): error is SettleError {
  return error instanceof SettleError && error.code === 'input';
}
