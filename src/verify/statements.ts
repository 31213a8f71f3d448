import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { AnchorFigures } from './anchors.js';
import { STATEMENT_HEADER } from './columns.js';
import type { DayLine } from './days.js';
import type { Differences } from './differences.js';
import { money } from './figures.js';
import type { Folder } from './folder.js';
import { sha256 } from './folder.js';
import { byteOrder, isId, isUnguarded } from './forms.js';
import { cellText, type FileFacts, quotedCells } from './rows.js';

const COLUMNS = STATEMENT_HEADER.split(',');
const NOTE = COLUMNS.length - 1;

/** The lines that a statement must have, each without its note (C7, C8, C10 to C13 as settlement.csv sums them up). */
export function statementLines(days: readonly DayLine[], figures: AnchorFigures): string[][] {
  const lines = days.map((day) => [
    'day',
    ...[day.date, day.validSessions, day.validSeconds, day.topLevel, day.cap, day.gross, day.withheld, day.watchTime],
  ]);
  const blank = ['', '', '', '', '', '', ''];
  const add = (line: string, fen: bigint): void => void lines.push([line, ...blank, money(fen)]);
  if (figures.attendance !== 0n) add('attendance_bonus', figures.attendance);
  if (figures.newcomer !== 0n) add('newcomer_bonus', figures.newcomer);
  if (figures.forfeited !== 0n) add('forfeited', -figures.forfeited);
  add('total', figures.total);
  return lines;
}

/** The records of a small CSV text, split at the line ends that no quote holds. */
function records(text: string): string[] {
  if (!text.includes('"')) return text.split('\n').slice(0, -1);
  const found: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] !== '\n' || quoted) continue;
    found.push(text.slice(start, at));
    start = at + 1;
  }
  if (start < text.length) found.push(text.slice(start));
  return found;
}

/** Compares every anchor's statement with its figures, and collects their hashes for the manifest. */
export class Statements {
  private readonly hashes: { path: string; sha256: string }[] = [];
  private readonly done = new Set<string>();

  constructor(
    private readonly folder: Folder,
    private readonly differences: Differences,
  ) {}

  compare(anchorId: string, agency: string, days: readonly DayLine[], figures: AnchorFigures): void {
    // An id that is none is reported where it stands; as a path it could lead anywhere.
    if (!isId(anchorId) || (agency !== '' && !isId(agency))) return;
    const path = `anchors/${agency === '' ? '_independent' : agency}/${anchorId}.csv`;
    if (this.done.has(path)) return;
    this.done.add(path);
    const data = this.folder.whole(path);
    if (data === undefined) return;
    this.hashes.push({ path, sha256: sha256(data) });
    const expected = statementLines(days, figures);
    if (!isUtf8(data)) this.differences.add(path, '', '', 'bytes that are not UTF-8', 'UTF-8');
    this.lines(path, data.toString('utf8'), expected);
  }

  /** The manifest's one entry for all statements. */
  facts(): FileFacts {
    const hash = createHash('sha256');
    this.hashes.sort((a, b) => byteOrder(a.path, b.path));
    for (const { path, sha256: digest } of this.hashes) hash.update(`${digest}  ${path}\n`);
    return { sha256: hash.digest('hex'), rows: this.hashes.length };
  }

  private lines(path: string, text: string, expected: readonly string[][]): void {
    if (!text.endsWith('\n')) this.differences.add(path, '', '', 'no line end', 'LF at the end of the last line');
    const [header = '', ...found] = records(text);
    this.differences.compare(path, 'line 1', '', header, STATEMENT_HEADER);
    this.differences.compare(path, '', 'lines', String(found.length), String(expected.length));
    const compared = Math.min(found.length, expected.length);
    for (let i = 0; i < compared; i += 1) this.line(path, `row ${i + 1}`, found[i] ?? '', expected[i] ?? []);
  }

  private line(path: string, key: string, record: string, expected: readonly string[]): void {
    const cells = record.includes('"') ? quotedCells(record) : record.split(',');
    if (cells === undefined || cells.length !== COLUMNS.length) {
      this.differences.add(path, key, '', record, `${COLUMNS.length} cells`);
      return;
    }
    const canonical = cells.map(cellText).join(',');
    this.differences.compare(path, key, '', record, canonical);
    expected.forEach((cell, i) => {
      this.differences.compare(path, key, COLUMNS[i] ?? '', cells[i] ?? '', cell);
    });
    const note = cells[NOTE] ?? '';
    if (isUnguarded(note)) this.differences.add(path, key, 'note', note, 'a guard before a formula');
  }
}
