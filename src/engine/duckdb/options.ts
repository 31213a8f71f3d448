/** What a warehouse is opened with. */
export interface WarehouseOptions {
  /** Path of the DuckDB file, or `:memory:`. */
  file: string;
  /** The run's own directory for spilling; inputs are linked into it, and nothing else outside may be read. */
  scratch: string;
  /** The other folders that statements may read from and write to. */
  folders: string[];
  /** DuckDB's own bounds: `4GB`, and how many threads; undefined leaves its defaults. */
  memoryLimit?: string | undefined;
  threads?: number | undefined;
  /** Nothing is written to the file and nothing made or tidied beside it: being able to read it is enough. */
  reading?: boolean;
}
