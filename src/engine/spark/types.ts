/** Types that a column may have on its way between DuckDB and Spark, by Parquet; each holds exactly the same values on both. */
const PLAIN: Readonly<Record<string, string>> = {
  VARCHAR: 'STRING',
  BOOLEAN: 'BOOLEAN',
  TINYINT: 'TINYINT',
  SMALLINT: 'SMALLINT',
  INTEGER: 'INT',
  BIGINT: 'BIGINT',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP_NTZ',
};

/**
 * Spark's type for one of DuckDB's. Throws for any other: HUGEINT, for one, would be written as a binary float without a word.
 */
export function sparkType(type: string, column: string): string {
  const plain = PLAIN[type];
  if (plain !== undefined) return plain;
  if (/^DECIMAL\(\d+,\d+\)$/.test(type)) return type;
  const list = /^(.*)\[\]$/.exec(type)?.[1];
  if (list !== undefined) return `ARRAY<${sparkType(list, column)}>`;
  const [, key, value] = /^MAP\((\w+), (\w+)\)$/.exec(type) ?? [];
  if (key !== undefined && value !== undefined) return `MAP<${sparkType(key, column)}, ${sparkType(value, column)}>`;
  throw new Error(`column ${column} is ${type}, which Spark can't be given exactly`);
}

/** A name as an SQL identifier of Spark. */
export function sparkName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A text as an SQL literal of Spark, in which a backslash begins an escape. */
export function sparkLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
