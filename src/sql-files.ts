import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of SQL files, beside `dist/` (or `src/`) in a checkout and in an installed package alike. */
const ROOT = new URL('../sql/', import.meta.url);

/** The text of a file under `sql/`. */
export function sqlFile(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** The `.sql` files below a folder of `sql/`, as paths relative to `sql/`, in byte order. */
export function sqlFilesIn(folder: string): string[] {
  return readdirSync(fileURLToPath(new URL(`${folder}/`, ROOT)), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `${folder}/${name}`)
    .sort((a, b) => (a < b ? -1 : 1));
}
