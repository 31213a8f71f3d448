import type { Warehouse } from '../../engine/duckdb/warehouse.js';

/** A file of its name that stands. */
export interface Standing {
  fileNo: number;
  kind: string;
  sha256: string;
  /** What tells, without reading it, that not a byte was written since; blank where nothing does. */
  stamp: string;
  reading: string;
  /** The known columns of its header, by their English names; undefined where an older build kept none. */
  columns: string[] | undefined;
  /** What else its header names. */
  unknown: string[];
}

/** The files that stand, by their names. */
export async function standingByName(warehouse: Warehouse): Promise<Map<string, Standing>> {
  const rows = await warehouse.rows(
    `SELECT file, file_no, kind, sha256, stamp, reading, to_json(columns) AS columns, to_json(unknown_columns) AS unknown
      FROM export_file WHERE replaced_by_load IS NULL`,
  );
  return new Map(
    rows.map(({ file, file_no, kind, sha256, stamp, reading, columns, unknown }) => [
      file as string,
      {
        fileNo: Number(file_no),
        kind: kind as string,
        sha256: sha256 as string,
        stamp: stamp as string,
        reading: reading as string,
        columns: columns == null ? undefined : (JSON.parse(columns) as string[]),
        unknown: JSON.parse(unknown as string) as string[],
      },
    ]),
  );
}
