import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `package.json`, `sql/`, `data-samples/` and `dist/` lie, in a checkout and in an installed package alike. */
export const PACKAGE = holding('package.json', dirname(fileURLToPath(import.meta.url)));

function holding(file: string, folder: string): string {
  return existsSync(join(folder, file)) ? folder : holding(file, dirname(folder));
}
