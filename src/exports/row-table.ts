import type { Kind } from './column-types.js';

/** SQL: the columns of the table that holds a kind's rows, with their types; which file and line each row is of stands in front. */
export function rowColumns({ columns }: Pick<Kind, 'columns'>): string[] {
  const own = columns.map(({ name, stored, required }) => `${name} ${stored}${required ? ' NOT NULL' : ''}`);
  return ['file_no INTEGER NOT NULL', 'line BIGINT NOT NULL', ...own];
}
