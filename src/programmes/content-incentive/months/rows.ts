import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';

export type CsvRow = Record<string, string>;

/** The rows of a file of the run folder, each by the names of its columns; none where there is no such file. */
export async function* rowsIn(dir: string, file: string): AsyncGenerator<CsvRow> {
  const path = join(dir, file);
  if (!existsSync(path)) return;
  const records = createReadStream(path).pipe(parse({ columns: true }));
  for await (const record of records) yield record as CsvRow;
}

/** Names of agencies by their ids; none in a folder of a build that kept no names. */
export async function agencyNames(dir: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for await (const { agency_id = '', name = '' } of rowsIn(dir, 'inputs/agencies.csv')) names.set(agency_id, name);
  return names;
}
