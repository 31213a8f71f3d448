import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from './package-folder.js';

const ROOT = join(PACKAGE, 'sql');

/** The files whose macros the steps of the settlement call by name. */
export const MACROS = ['cells', 'exact', 'likeness', 'clues', 'parquet', 'wording'].map(
  (name) => `10_staging/${name}.sql`,
);

/** The text of a file under `sql/`. */
export function sqlFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The `.sql` files below a folder of `sql/`, as paths relative to `sql/`, in byte order. */
export function sqlFilesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `${folder}/${name}`)
    .sort((a, b) => (a < b ? -1 : 1));
}
