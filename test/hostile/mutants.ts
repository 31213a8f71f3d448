import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type Kind, type Month, month } from '../support/random/month.js';
import { exportsOf } from '../support/random/settled.js';

/** Good exports with a few bytes or cells of them changed: most still look like exports, which is what makes them hostile. */

/** File name → bytes. */
export type Mutant = Record<string, Buffer>;

const FILES: Kind[] = ['sessions', 'sessions', 'sessions', 'anchors', 'penalties', 'scarcity'];

/** What is put in by bytes: all that means something to a reader, and what means nothing to any. */
const PIECES = [
  ...[
    ',',
    '"',
    '""',
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    ' ',
    '\t',
    ',,',
    '",',
    ',"',
    '"\n',
    '-',
    '.',
    '0',
    '9',
    'Y',
    'a1',
    's1',
    '=',
    "'",
    ';',
    '\\',
  ],
  ...[
    '文',
    '文化',
    '是',
    '\u00a0',
    '\ufeff',
    '\u200b',
    '😀',
    '+08:00',
    'Z',
    '2023-11-05 20:00:00',
    '1e3',
    '00',
    'NULL',
    '\u0085',
    '\u001a',
    '\u001f',
    '\u007f',
  ],
];
const RAW = [
  Buffer.from([0]),
  Buffer.from([0xff]),
  Buffer.from([0xe6, 0x96]),
  Buffer.from([0x80]),
  Buffer.from([0xed, 0xa0, 0x80]),
];

interface Change {
  file: Kind;
  how:
    | 'flip'
    | 'insert'
    | 'delete'
    | 'double'
    | 'splice'
    | 'truncate'
    | 'raw'
    | 'swap'
    | 'put'
    | 'quote'
    | 'everywhere'
    | 'line'
    | 'again'
    | 'ends'
    | 'pad';
  /** Where, as parts of a million of the file. */
  at: number;
  to: number;
  size: number;
  piece: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  file: fc.constantFrom(...FILES),
  how: fc.constantFrom<Change['how']>(
    ...([
      'flip',
      'insert',
      'insert',
      'delete',
      'double',
      'splice',
      'truncate',
      'swap',
      'swap',
      'put',
      'put',
      'quote',
      'line',
      'again',
      'pad',
    ] as const),
    ...(['ends', 'raw', 'everywhere'] as const),
  ),
  at: fc.nat(999_999),
  to: fc.nat(999_999),
  size: fc.integer({ min: 1, max: 40 }),
  piece: fc.constantFrom(...PIECES),
});

function changed(bytes: Buffer, { how, at, to, size, piece }: Change): Buffer {
  const place = Math.floor((bytes.length * at) / 1_000_000);
  const other = Math.floor((bytes.length * to) / 1_000_000);
  const [before, behind] = [bytes.subarray(0, place), bytes.subarray(place)];
  const into = (put: Uint8Array): Buffer => Buffer.concat([before, put, behind]);
  switch (how) {
    case 'flip': {
      const copy = Buffer.from(bytes);
      // Within ASCII mostly: what is no UTF-8 is refused before anything else is looked at.
      if (place < copy.length) copy[place] = (copy[place] as number) ^ (1 << (size % (size === 40 ? 8 : 7)));
      return copy;
    }
    case 'insert':
      return into(Buffer.from(piece));
    case 'raw':
      return into(RAW[size % RAW.length] as Buffer);
    case 'delete':
      return Buffer.concat([before, behind.subarray(size)]);
    case 'double':
      return into(behind.subarray(0, size));
    case 'splice':
      return into(bytes.subarray(other, other + size));
    case 'truncate':
      return size < 30 ? Buffer.from(bytes.subarray(0, bytes.length - size)) : Buffer.from(before);
    default:
      return Buffer.from(restructured(bytes.toString('latin1'), { how, at, to, size, piece }), 'latin1');
  }
}

/** By lines and cells, as far as commas and line feeds tell. */
function restructured(text: string, { how, at, to, size, piece }: Omit<Change, 'file'>): string {
  const lines = text.split('\n');
  const row = Math.floor((lines.length * at) / 1_000_000);
  const otherRow = Math.floor((lines.length * to) / 1_000_000);
  const cells = (lines[row] ?? '').split(',');
  const others = (lines[otherRow] ?? '').split(',');
  const [cell, otherCell] = [size % cells.length, (size + to) % others.length];
  const inLatin1 = Buffer.from(piece).toString('latin1');
  switch (how) {
    case 'swap': {
      if (row === otherRow) return text;
      [cells[cell], others[otherCell]] = [others[otherCell] as string, cells[cell] as string];
      [lines[row], lines[otherRow]] = [cells.join(','), others.join(',')];
      break;
    }
    case 'put':
      cells[cell] = inLatin1;
      lines[row] = cells.join(',');
      break;
    case 'pad':
      cells[cell] = ` ${cells[cell]}\t`;
      lines[row] = cells.join(',');
      break;
    case 'quote':
      cells[cell] = `"${(cells[cell] as string).replaceAll('"', '""')}${size % 3 === 0 ? inLatin1 : ''}"`;
      lines[row] = cells.join(',');
      break;
    case 'everywhere':
      return lines.map((line, no) => (no === 0 && size % 2 === 0 ? line : quotedLine(line))).join('\n');
    case 'line':
      lines.splice(otherRow, 0, ...lines.splice(row, size % 3));
      break;
    case 'again':
      lines.splice(otherRow, 0, lines[row] as string);
      break;
    case 'ends':
      return size % 2 === 0
        ? text.replaceAll('\n', '\r\n')
        : lines.map((line, no) => (no % size === 0 ? `${line}\r` : line)).join('\n');
  }
  return lines.join('\n');
}

/** A line with quotes around every cell, as many programs write them. */
function quotedLine(line: string): string {
  if (line.includes('"')) return line;
  const [, cells, end] = /^(.*?)(\r?)$/s.exec(line) as unknown as [string, string, string];
  return cells === '' ? line : `"${cells.replaceAll(',', '","')}"${end}`;
}

/** A month, its exports changed, and those of the exports alone that are. */
export interface Mutated {
  month: Month;
  mutant: Mutant;
  changed: Mutant;
}

/** A month's exports, changed in one to four places; now and then one of them packed, and changed then. */
export const mutants: fc.Arbitrary<Mutated> = fc
  .record({
    month: month({ repeats: true }),
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    packed: fc.option(fc.record({ file: fc.constantFrom(...FILES), behind: fc.option(change, { freq: 1 }) }), {
      freq: 8,
    }),
  })
  .map(({ month: good, changes, packed }) => {
    const mutant: Mutant = {};
    for (const [name, text] of Object.entries(exportsOf(good))) mutant[name] = Buffer.from(text);
    for (const one of changes) {
      const name = `${one.file}.csv`;
      mutant[name] = changed(mutant[name] as Buffer, one);
    }
    if (packed !== null) {
      const name = `${packed.file}.csv`;
      const bytes = gzipSync(mutant[name] as Buffer);
      delete mutant[name];
      mutant[`${name}.gz`] = packed.behind === null ? bytes : changed(bytes, packed.behind);
    }
    const touched = new Set([...changes, ...(packed === null ? [] : [packed])].map(({ file }) => file));
    const theirs = Object.entries(mutant).filter(([name]) => [...touched].some((file) => name.startsWith(`${file}.`)));
    return { month: good, mutant, changed: Object.fromEntries(theirs) };
  });

/** The same exports, each with an empty line more whose end is not like the others', so that none is taken by the fast reader. */
export function withMixedEnds(mutant: Mutant): Mutant {
  const entries = Object.entries(mutant).map(([name, bytes]): [string, Buffer] => {
    if (name.endsWith('.gz') || bytes.at(-1) === 0x0d) return [name, bytes];
    const [same, other] = bytes.includes('\r\n') ? ['\r\n', '\n'] : ['\n', '\r\n'];
    const ended = bytes.at(-1) === 0x0a ? '' : same;
    return [name, Buffer.concat([bytes, Buffer.from(ended + other)])];
  });
  return Object.fromEntries(entries);
}
