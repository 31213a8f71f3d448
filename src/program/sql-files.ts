import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SettleError } from '../core/errors.js';
import { PACKAGE } from '../disk/package-folder.js';
import { say } from '../words/say.js';
import { sqlDigest } from './build-digest.js';

const ROOT = join(PACKAGE, 'sql');

/** The digest of the SQL that the program was put together with; not there where it runs from the sources. */
declare const SQL_DIGEST: string | undefined;

let found: string | undefined;

/**
 * The digest of the program's SQL. Throws `machine` where the program was put together with other SQL: its code and its
 * SQL would be of two programs. It is asked before any SQL is read, and reads all of it once.
 */
export function trustedSql(): string {
  found ??= existsSync(ROOT) ? sqlDigest(ROOT) : 'none';
  if (typeof SQL_DIGEST !== 'string' || found === SQL_DIGEST) return found;
  throw new SettleError(
    'machine',
    say('this program was built with other SQL than {ROOT} holds: one of the two is older, or was changed', { ROOT }),
    {
      file: ROOT,
      mend: say(
        'Build it again, npm run build in {PACKAGE}; where it was installed from a package, install that again. Nothing was done.',
        { PACKAGE },
      ),
    },
  );
}

/** The files whose macros the steps of the settlement call by name. */
export const MACROS = ['portable', 'cells', 'likeness', 'clues', 'parquet', 'wording'].map(
  (name) => `dialects/duckdb/${name}.sql`,
);

/** The text of a file under `sql/`, or of one with a path of its own. */
export function sqlFile(path: string): string {
  trustedSql();
  return readFileSync(resolve(ROOT, path), 'utf8');
}

/** The `.sql` files below a folder of `sql/`, as paths relative to `sql/`, or below one with a path of its own, in byte order. */
export function sqlFilesIn(folder: string): string[] {
  trustedSql();
  return readdirSync(resolve(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `${folder}/${name}`)
    .sort((a, b) => (a < b ? -1 : 1));
}
