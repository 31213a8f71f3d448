import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Amount } from '../../../../core/money.js';
import { needsParser, readRecords, recordText } from '../../../../verify/csv.js';
import type { Differences } from '../../../../verify/differences.js';
import { money } from '../../../../verify/figures.js';
import type { Folder } from '../../../../verify/folder.js';
import { sha256 } from '../../../../verify/folder.js';
import { byteOrder, isId, isUnguarded } from '../../../../verify/forms.js';
import type { FileFacts } from '../../../../verify/rows.js';
import { STATEMENT_HEADER } from '../columns.js';
import type { AnchorFigures } from '../figures/anchors.js';
import type { DayLine } from '../figures/days.js';
import { BONUSES } from '../parts.js';

const COLUMNS = STATEMENT_HEADER.split(',');
const NOTE = COLUMNS.length - 1;
const LF = 10;

/** The lines that a statement must have, each without its note (C7, C8, C10 to C13 as settlement.csv sums them up). */
function statementLines(days: readonly DayLine[], figures: AnchorFigures): string[][] {
  const lines = days.map((day) => [
    'day',
    ...[day.date, day.validSessions, day.validSeconds, day.topLevel, day.cap, day.gross, day.withheld, day.watchTime],
  ]);
  const blank = ['', '', '', '', '', '', ''];
  const add = (line: string, amount: Amount): void => void lines.push([line, ...blank, money(amount)]);
  for (const bonus of BONUSES) if (!figures.earned[bonus].isZero()) add(bonus, figures.earned[bonus]);
  if (!figures.forfeited.isZero()) add('forfeited', figures.forfeited.negated());
  add('total', figures.total);
  return lines;
}

/** A statement's record as the file has it, without its line feed, and its cells. */
interface Line {
  text: string;
  cells: string[];
}

/** The records of a statement up to one that can't be read, and what is wrong with that one. */
function readLines(data: Buffer): { lines: Line[]; fault?: string } {
  const text = data.toString('utf8');
  if (!needsParser(text)) {
    const lines = text.split('\n').map((line) => ({ text: line, cells: line.split(',') }));
    return { lines: text.endsWith('\n') ? lines.slice(0, -1) : lines };
  }
  const { records, fault } = readRecords(text);
  const lines = records.map(({ record, raw }) => ({ text: raw.replace(/\n$/, ''), cells: record }));
  return fault === undefined ? { lines } : { lines, fault };
}

/** A statement's path in the run folder, and its hash. */
export interface StatementHash {
  path: string;
  sha256: string;
}

/** Compares every anchor's statement with its figures, and collects their hashes for the manifest. */
export class Statements {
  private readonly hashes: StatementHash[] = [];
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
    this.lines(path, data, expected);
  }

  /** Of the statements compared so far. */
  get compared(): readonly StatementHash[] {
    return this.hashes;
  }

  /** Takes in what another part compared. */
  claim(compared: readonly StatementHash[]): void {
    for (const one of compared) {
      this.folder.claim(one.path);
      this.hashes.push(one);
    }
  }

  /** The manifest's one entry for all statements. */
  facts(): FileFacts {
    const hash = createHash('sha256');
    this.hashes.sort((a, b) => byteOrder(a.path, b.path));
    for (const { path, sha256: digest } of this.hashes) hash.update(`${digest}  ${path}\n`);
    return { sha256: hash.digest('hex'), rows: this.hashes.length };
  }

  private lines(path: string, data: Buffer, expected: readonly string[][]): void {
    if (data.at(-1) !== LF) this.differences.add(path, '', '', 'no line end', 'LF at the end of the last line');
    const { lines, fault } = readLines(data);
    const [header, ...found] = lines;
    this.differences.compare(path, 'line 1', '', header?.text ?? '', STATEMENT_HEADER);
    if (fault !== undefined)
      this.differences.add(path, `row ${found.length + 1}`, '', `${fault} quote`, 'quotes around whole cells');
    this.differences.compare(path, '', 'lines', String(found.length), String(expected.length));
    const compared = Math.min(found.length, expected.length);
    found.slice(0, compared).forEach((line, i) => {
      this.line(path, `row ${i + 1}`, line, expected[i] ?? []);
    });
  }

  private line(path: string, key: string, { text, cells }: Line, expected: readonly string[]): void {
    if (cells.length !== COLUMNS.length) {
      this.differences.add(path, key, '', text, `${COLUMNS.length} cells`);
      return;
    }
    if (needsParser(text)) this.differences.compare(path, key, '', text, recordText(cells));
    expected.forEach((cell, i) => {
      this.differences.compare(path, key, COLUMNS[i] ?? '', cells[i] ?? '', cell);
    });
    const note = cells[NOTE] ?? '';
    if (isUnguarded(note)) this.differences.add(path, key, 'note', note, "a ' before a formula");
  }
}
