import { DuckDBInstance } from '@duckdb/node-api';

/** Table by table what a warehouse that nobody has open holds: how many rows, and a sum over their hashes. */
export async function contentOfWarehouse(file: string): Promise<Record<string, string>> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const tables = await connection.runAndReadAll('SELECT table_name FROM duckdb_tables() ORDER BY 1');
    const content: Record<string, string> = {};
    for (const [table] of tables.getRows()) {
      const row = await connection.runAndReadAll(
        `SELECT count(*) || ' rows, ' || coalesce(sum(hash(t)), 0) FROM ${table} AS t`,
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
