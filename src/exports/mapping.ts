import type { Mapping, Reading } from '../core/reading.js';
import type { Column, Kind } from './column-types.js';

/**
 * Exports of other systems (settle.yaml, `columns` and `words`): what a column is called there, and what its flags and
 * kinds are called. Such a file is read as if it said what the contract says; quarantined cells are shown as they stand.
 */

/** By kind of export. */
export type Mappings = Readonly<Record<string, Mapping>>;

/** A kind whose columns go by the names and words of a mapping too. */
export function mappedKind(kind: Kind, mapping: Mapping | undefined): Kind {
  if (mapping === undefined) return kind;
  const columns = kind.columns.map((column) => {
    const aliases = Object.keys(mapping.columns).filter((name) => mapping.columns[name] === column.name);
    const words = mapping.words[column.name];
    return {
      ...(words === undefined ? column : withWords(column, words)),
      ...(aliases.length > 0 && { aliases: [...(column.aliases ?? []), ...aliases] }),
    };
  });
  return { ...kind, columns, mapping };
}

/** A word that stands alone on its line's usual form; one with a comma stands in quotes, and is read in full. */
const USUAL_WORD = /^[^,\p{Cc}]+$/u;

function withWords(column: Column, words: Readonly<Record<string, string>>): Column {
  const cases = Object.entries(words).map(([theirs, ours]) => `WHEN ${quoted(theirs)} THEN ${quoted(ours)}`);
  const forms = Object.keys(words)
    .filter((word) => USUAL_WORD.test(word))
    .map((word) => word.replace(/[!-/:-@[-`{-~]/g, '\\$&').replaceAll("'", "''"));
  const read = column.of(`(CASE ${column.name} ${cases.join(' ')} ELSE ${column.name} END)`);
  return { ...read, form: [column.form, ...forms].join('|') };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Of a mapping what concerns a file, by the names in its header and its columns: a part of how it was read. */
export function readingBy(
  mapping: Mapping | undefined,
  names: readonly string[],
  columns: readonly string[],
): Pick<Reading, 'columns' | 'words'> {
  if (mapping === undefined) return {};
  const called = sorted(mapping.columns, (name) => names.includes(name));
  const words = Object.fromEntries(
    Object.entries(sorted(mapping.words, (column) => columns.includes(column))).map(([column, each]) => [
      column,
      sorted(each),
    ]),
  );
  return {
    ...(Object.keys(called).length > 0 && { columns: called }),
    ...(Object.keys(words).length > 0 && { words }),
  };
}

/** In one order, so that a setting written in another isn't another reading. */
function sorted<T>(
  entries: Readonly<Record<string, T>>,
  which: (key: string) => boolean = () => true,
): Record<string, T> {
  const kept = Object.entries(entries).filter(([key]) => which(key));
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a file that is held was read by other names or words than a mapping says now. */
export function isMappedOtherwise(
  mapping: Mapping | undefined,
  held: Reading,
  header: { columns: readonly string[]; unknown: readonly string[] },
): boolean {
  const before = { columns: held.columns ?? {}, words: held.words ?? {} };
  const names = [...header.unknown, ...Object.keys(before.columns)];
  const now = readingBy(mapping, names, []).columns ?? {};
  const own = header.columns.filter((column) => !Object.values(before.columns).includes(column));
  const { words = {} } = readingBy(mapping, [], [...own, ...Object.values(now)]);
  return JSON.stringify({ columns: now, words }) !== JSON.stringify(before);
}
