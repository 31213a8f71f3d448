import type { Mapping } from '../core/reading.js';
import { type Column, isCalled } from '../exports/column-types.js';
import type { Mappings } from '../exports/mapping.js';
import { KINDS } from '../programmes/registry.js';
import type { Said } from '../words/said.js';
import { say } from '../words/say.js';
import type { Finding } from '../yaml/faults.js';
import { isMapping, unknownKey } from './findings.js';

/** What settle.yaml says of exports of other systems: `columns` and `words`. */

const COLUMNS = say('expected names of columns by kind: {example}', {
  example: '{ sessions: { 停留时长(分钟): rec_dwell_minutes } }',
});
const WORDS = say('expected words by kind and column: {example}', {
  example: '{ penalties: { kind: { 低俗: vulgar } } }',
});

/** The values of a file in which nothing was found to be wrong. */
export function mappingsIn({ columns = {}, words = {} }: Record<string, unknown>): Mappings {
  const called = columns as Record<string, Mapping['columns']>;
  const said = words as Record<string, Record<string, Record<string, unknown>>>;
  const kinds = KINDS.map(({ name }) => name).filter((kind) => kind in called || kind in said);
  return Object.fromEntries(
    kinds.map((kind) => {
      const of = Object.entries(said[kind] ?? {}).map(([column, each]) => [column, texts(each)]);
      return [kind, { columns: called[kind] ?? {}, words: Object.fromEntries(of) }];
    }),
  );
}

/** YAML reads some words as what they look like: true, 1. */
function texts(words: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([theirs, ours]) => [theirs, String(ours)]));
}

export function columnFindings(value: unknown): Finding[] {
  return ofKinds('columns', value, COLUMNS, (path, columns, said) =>
    Object.entries(said).flatMap(([theirs, ours]): Finding[] => {
      const here = [...path, theirs];
      const known = columns.find((column) => isCalled(column, theirs));
      if (known !== undefined)
        return [
          {
            path: here,
            expected: say('{theirs} is the column {name} already: remove the line', { theirs, name: known.name }),
          },
        ];
      if (!isName(theirs)) return [{ path: here, expected: NAME }];
      const names = columns.map(({ name }) => name);
      return names.some((name) => name === ours)
        ? []
        : [{ path: here, expected: say('expected a column: {names}', { names: names.join(', ') }) }];
    }),
  );
}

export function wordFindings(value: unknown): Finding[] {
  return ofKinds('words', value, WORDS, (path, columns, said) => {
    const open = columns.filter(({ type }) => type === 'flag' || type === 'word');
    const names = open.map(({ name }) => name);
    return Object.entries(said).flatMap(([name, words]): Finding[] => {
      const here = [...path, name];
      const column = open.find((each) => each.name === name);
      if (column === undefined) return [noWords(here, columns, names)];
      if (!isMapping(words)) return [{ path: here, expected: WORDS }];
      return Object.entries(words).flatMap(([theirs, ours]) => wordFinding([...here, theirs], column, theirs, ours));
    });
  });
}

/** A column that there is, and whose cells are neither flags nor kinds; or none at all. */
function noWords(path: readonly string[], columns: readonly Column[], names: readonly string[]): Finding {
  const known = columns.some(({ name }) => name === path.at(-1));
  if (!known) return unknownKey(path, names);
  const expected =
    names.length === 0
      ? say('this kind has no column of words')
      : say('only these columns hold words: {names}', { names: names.join(', ') });
  return { path, expected };
}

function wordFinding(path: readonly string[], column: Column, theirs: string, ours: unknown): Finding[] {
  const known = column.words === undefined ? isSound(column, theirs) : isAmong(column.words, theirs);
  if (known)
    return [
      { path, expected: say('{theirs} is a word of {name} already: remove the line', { theirs, name: column.name }) },
    ];
  if (!isName(theirs)) return [{ path, expected: NAME }];
  if (typeof ours !== 'object' && isSound(column, String(ours))) return [];
  const words = column.words === undefined ? ['Y', 'N'] : Object.keys(column.words);
  return [
    { path, expected: say('expected a word of {name}: {words}', { name: column.name, words: words.join(', ') }) },
  ];
}

function isAmong(words: Readonly<Record<string, string>>, word: string): boolean {
  return Object.entries(words).flat().includes(word);
}

/** The form of words is one for both languages, of patterns and of the program. */
function isSound({ form }: Column, word: string): boolean {
  return new RegExp(`^(?:${form})$`, 'u').test(word);
}

const NAME = say('expected what stands in the export, without spaces around it, and no control characters');

/** Cells are compared without spaces and tabs around them; \N is a missing value. */
function isName(text: string): boolean {
  return text !== '' && text !== '\\N' && !/^[ \t]|[ \t]$/.test(text) && !/(?![\r\n])\p{Cc}/u.test(text);
}

function ofKinds(
  key: string,
  value: unknown,
  form: Said,
  check: (path: readonly string[], columns: readonly Column[], said: Record<string, unknown>) => Finding[],
): Finding[] {
  if (!isMapping(value)) return [{ path: [key], expected: form }];
  const kinds = KINDS.map(({ name }) => name as string);
  return Object.entries(value).flatMap(([kind, said]): Finding[] => {
    const columns = KINDS.find(({ name }) => name === kind)?.columns;
    if (columns === undefined) return [unknownKey([key, kind], kinds)];
    return isMapping(said) ? check([key, kind], columns, said) : [{ path: [key, kind], expected: form }];
  });
}
