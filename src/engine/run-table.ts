import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifier, literal } from './duckdb/warehouse.js';

/** A run folder's file as a table of text; copied, for a folder's name may hold what DuckDB takes for a pattern. */
export function fileOf(runDir: string, file: string, copy: string): string {
  copyFileSync(join(runDir, file), copy);
  return tableOf(copy);
}

/** A file as a run folder has it, as a table of text. */
export function tableOf(path: string): string {
  const columns = headerOf(path).map((column) => `${identifier(column)}: 'VARCHAR'`);
  return `read_csv(${literal(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${columns.join(', ')}})`;
}

/** The names in its header. */
export function headerOf(path: string): string[] {
  return (readFileSync(path, 'utf8').split('\n', 1)[0] as string).split(',');
}
