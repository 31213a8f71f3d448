import { DuckDBInstance } from '@duckdb/node-api';

/** What tells of when a file was loaded and how it lay there, and is another each time. */
const OF_THE_MOMENT = ['loaded_at', 'stamp', 'seen_at', 'seen_by', 'sighting_no'];
/** A night that was killed may have seen the place already, and the next sees it again: what stands is what counts. */
const STANDING: Record<string, string> = {
  place_notice: 'WHERE sighting_no = (SELECT max(sighting_no) FROM place_sighting)',
};

/** Table by table what a warehouse that nobody has open holds: how many rows, and a sum over their hashes. */
export async function contentOfWarehouse(file: string): Promise<Record<string, string>> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const tables =
      await connection.runAndReadAll(`SELECT table_name, string_agg('t.' || column_name, ', ' ORDER BY column_index)
      FROM duckdb_columns() WHERE NOT internal AND column_name NOT IN ('${OF_THE_MOMENT.join("', '")}') GROUP BY 1 ORDER BY 1`);
    const content: Record<string, string> = {};
    for (const [table, columns] of tables.getRows()) {
      const row = await connection.runAndReadAll(
        `SELECT count(*) || ' rows, ' || coalesce(sum(hash(${columns})), 0) FROM ${table} AS t ${STANDING[String(table)] ?? ''}`,
      );
      content[String(table)] = String(row.getRows()[0]?.[0]);
    }
    return content;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Changes a warehouse as no run would. */
export async function tamper(file: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(sql);
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}
