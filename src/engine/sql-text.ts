/** Text, whole number, flag or nothing: what a statement may be given. */
export type Value = string | number | boolean | null;

/** A text as an SQL literal. */
export function literal(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
