import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifier, literal } from './duckdb/warehouse.js';

/** A run folder's file as a table of text; copied, for a folder's name may hold what DuckDB takes for a pattern. */
export function fileOf(runDir: string, file: string, copy: string): string {
  copyFileSync(join(runDir, file), copy);
  const header = readFileSync(copy, 'utf8').split('\n', 1)[0] as string;
  const columns = header.split(',').map((column) => `${identifier(column)}: 'VARCHAR'`);
  return `read_csv(${literal(copy)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${columns.join(', ')}})`;
}
