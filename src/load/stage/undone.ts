import type { Warehouse } from '../../engine/duckdb/warehouse.js';
import type { Notable } from './note.js';

/**
 * Notes rows of a file that came again which take the place of a correction without being one: they are what the earlier
 * file of that name had, and say otherwise than the row of a file that was loaded in between and stands. A row that came
 * again in this load, as it was, corrects nothing.
 */
export async function noteUndone(
  warehouse: Warehouse,
  { file, fileNo }: Pick<Notable, 'file' | 'fileNo'>,
  oldNo: number,
  loadNo: number,
): Promise<void> {
  const { table, key, columns } = file.kind;
  const between = `SELECT file_no, file FROM export_file
    WHERE kind = '${file.kind.name}' AND replaced_by_load IS NULL AND file_no > ${oldNo} AND file_no < ${fileNo}`;
  if ((await warehouse.count(`SELECT count(*) FROM (${between})`)) === 0) return;
  const isNamed = (left: string, right: string): string =>
    key.map((name) => `${left}.${name} = ${right}.${name}`).join(' AND ');
  const rowOf = (alias: string): string => `ROW(${columns.map(({ name }) => `${alias}.${name}`).join(', ')})`;
  await warehouse.run(`INSERT INTO file_seen (file_no, what, cells, value)
    WITH corrected AS (
      SELECT ${key.map((name) => `n.${name}`).join(', ')}, max_by(b.file, c.file_no) AS file,
        max_by(${rowOf('c')} IS DISTINCT FROM ${rowOf('n')}, c.file_no) AS differs
      FROM ${table} AS n
      JOIN ${table} AS c ON ${isNamed('c', 'n')}
      JOIN (${between}) AS b ON b.file_no = c.file_no
      JOIN ${table} AS o ON o.file_no = ${oldNo} AND ${isNamed('o', 'n')} AND ${rowOf('o')} IS NOT DISTINCT FROM ${rowOf('n')}
      WHERE n.file_no = ${fileNo} AND NOT EXISTS (
        SELECT 1 FROM ${table} AS e JOIN export_file AS x ON x.file_no = e.file_no
        WHERE x.file = b.file AND x.replaced_by_load = ${loadNo} AND ${isNamed('e', 'n')} AND ${rowOf('e')} IS NOT DISTINCT FROM ${rowOf('c')})
      GROUP BY ${key.map((name) => `n.${name}`).join(', ')}
    )
    SELECT ${fileNo}, 'correction_undone', count(*), min(file) FROM corrected WHERE differs HAVING count(*) > 0`);
}
