import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { type Column, isCalled, type Kind, lackingOf } from '../exports/column-types.js';
import { firstBytes } from '../load/formats.js';
import { KINDS } from '../programmes/registry.js';
import { nearest } from '../yaml/nearest.js';

/** The kinds in the order in which a name is asked for their words: those first whose words stand in no other's names. */
function byWords(): Kind[] {
  return [...KINDS.filter(({ master }) => !master), ...KINDS.filter(({ master }) => master)];
}

/** The kind that a file's name begins with, whatever its letters' case and width and the marks in front of it. */
export function kindBegun(name: string): string | undefined {
  const bare = plain(name);
  return KINDS.find((kind) => bare.startsWith(kind.name))?.name;
}

/** The kind that a file's name may mean without beginning so: `session-3`, `会话`, `export_sesions`. */
export function kindMeant(name: string): string | undefined {
  const bare = plain(name);
  const word = byWords().find(({ meant }) => meant.test(bare))?.name;
  const kinds = KINDS.map((kind) => kind.name);
  return (
    word ?? bare.split(/[^a-z]+/).reduce<string | undefined>((near, part) => near ?? close(part, kinds), undefined)
  );
}

/** A short word is near to many. */
function close(part: string, kinds: readonly string[]): string | undefined {
  return part.length < 5 ? undefined : nearest(part, kinds);
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+/u, '');
}

/** Bytes that hold a header in all likelihood. */
const HEADER_BYTES = 65_536;

/**
 * The kind whose required columns a text's first line has, all of them; undefined where it is none, or no text. Where any
 * one of several columns is enough for a kind, many a table has it: the line has no other columns then, but several.
 */
export function kindOfHeader(path: string): string | undefined {
  const cells = headerOf(firstBytes(path, HEADER_BYTES));
  return KINDS.find((kind) => {
    const has = (column: Column): boolean => [...cells].some((cell) => isCalled(column, cell));
    const only = kind.columns.filter(has).length === cells.size && cells.size > 1;
    return lackingOf(kind, has).length === 0 && (kind.either === undefined || only);
  })?.name;
}

function headerOf(bytes: Buffer): Set<string> {
  const end = bytes.indexOf(0x0a);
  const line = end < 0 ? bytes : bytes.subarray(0, end);
  const text = new TextDecoder(isUtf8(line) ? 'utf-8' : 'gb18030').decode(line);
  try {
    const [cells = []] = parse(text, { to: 1, relax_column_count: true, bom: true }) as string[][];
    return new Set(cells.map((cell) => cell.trim()));
  } catch {
    return new Set(); // no CSV
  }
}
