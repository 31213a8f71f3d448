import { statSync } from 'node:fs';
import { asFailure, NoRoom } from '../core/errors.js';
import { readable } from '../core/money.js';
import { listExports } from '../load/folder.js';
import { say } from '../words/say.js';

/** What an empty warehouse takes. */
const LEAST_BYTES = 4e6;
/** Warehouse and run folder together take 2.4 times the exports (statements included), and something more meanwhile. */
const TIMES = 3;

/** Does work that loads the exports of `folder`; where room lacks, the failure says how much it takes. */
export async function namingNeed<T>(folder: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = asFailure(error);
    if (folder === undefined || !(failure instanceof NoRoom)) throw error;
    const { exports } = listExports(folder);
    const bytes = exports.reduce((sum, { path }) => sum + statSync(path).size, 0);
    const least = exports.some(({ form }) => form !== 'csv') ? say('at least') : say('up to');
    const need = LEAST_BYTES + TIMES * bytes;
    const mend = say('Make room: loading and settling these exports ({bytes}) takes {least} {need}; then run again.', {
      bytes: megabytes(bytes),
      least,
      need: megabytes(need),
    });
    throw new NoRoom(failure.said, { ...failure.details, need_bytes: need, mend }, { cause: error });
  }
}

function megabytes(bytes: number): string {
  return `${readable(String(Math.ceil(bytes / 1e6)))} MB`;
}
