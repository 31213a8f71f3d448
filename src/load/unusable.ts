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
