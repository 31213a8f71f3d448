import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Differences } from '../../../../verify/differences.js';
import { moneyOfFen, units } from '../../../../verify/figures.js';
import { sha256 } from '../../../../verify/folder.js';
import { byteOrder } from '../../../../verify/forms.js';
import { fileRows } from '../../../../verify/reading/file-rows.js';
import type { Rows } from '../../../../verify/rows.js';
import { HEADERS } from '../columns.js';
import { MANIFEST, type Manifest, type Restates } from '../folder/manifest.js';
import { BONUSES } from '../parts.js';
import { Cursor } from '../settlement.js';
import { CLOSE } from './closes.js';
import { earlierAgencies, unread } from './payees.js';
import { programmeIn } from './programmes.js';

/**
 * `adjustments.csv` of a run that restates a closed period, recomputed from two folders: the closed run's figures and the
 * new ones. Closed + differences = restated, amount by amount, and the causes of a line add up to its difference. An anchor
 * has the agency that it was paid through, or all that was closed is moved to the new one by two lines.
 */

const FILE = 'adjustments.csv';
const SETTLEMENT = 'settlement.csv';
const COLUMNS = HEADERS[FILE].split(',');
const CAUSES = [
  ...['sessions_late', 'sessions_corrected', 'sessions_withdrawn', 'penalties', 'anchors', 'scarcity', 'ineligible'],
  ...['policy', 'program'],
];
/** The part of the two lines that move an anchor to another agency, and their cause. */
const [TRANSFER, OF_AGENCY] = ['transfer', 'agency'];
const MONEY = /^-?(?:0|[1-9]\d{0,59})\.\d{2}$/;

/** Where a date or a part stands in the files that are read. */
const DAY = { anchor: 0, date: 1, watchTime: 9 };
const settled = (column: string): number => HEADERS[SETTLEMENT].split(',').indexOf(column);
const SETTLED = { anchor: settled('anchor_id'), agency: settled('agency_id'), forfeited: settled('forfeited') };
const EARNED = BONUSES.map((bonus) => ({ bonus, place: settled(bonus) }));

function signed(fen: bigint): string {
  return fen < 0n ? `-${moneyOfFen(-fen)}` : moneyOfFen(fen);
}

/** What one run says of one anchor: its parts by date and name, as they count towards the total. */
interface Parts {
  agency: string | undefined;
  fen: Map<string, bigint>;
}

/** A line that must stand: its cells up to `restated`, and the difference. */
interface Expected {
  cells: string[];
  delta: bigint;
}

/** A run's days and settlement, anchor by anchor. */
class Figures {
  private readonly days: Rows;
  private readonly settlement: Rows;
  private readonly day: Cursor;
  private readonly settled: Cursor;

  constructor(root: string, differences: Differences) {
    this.days = fileRows(join(root, 'days.csv'), 'days.csv', HEADERS['days.csv'], differences);
    this.settlement = fileRows(join(root, 'settlement.csv'), 'settlement.csv', HEADERS['settlement.csv'], differences);
    this.day = new Cursor(this.days, DAY.anchor);
    this.settled = new Cursor(this.settlement, SETTLED.anchor);
  }

  get next(): (string | undefined)[] {
    return [this.day.anchorId, this.settled.anchorId];
  }

  take(anchorId: string): Parts {
    const parts: Parts = { agency: undefined, fen: new Map() };
    const put = (key: string, text = '', sign = 1n): void => {
      if (MONEY.test(text)) parts.fen.set(key, (parts.fen.get(key) ?? 0n) + sign * units(text));
    };
    for (; this.day.anchorId === anchorId; this.day.advance())
      put(`${this.day.head?.[DAY.date]},watch_time`, this.day.head?.[DAY.watchTime]);
    for (; this.settled.anchorId === anchorId; this.settled.advance()) {
      const row = this.settled.head ?? [];
      parts.agency = row[SETTLED.agency] ?? '';
      for (const { bonus, place } of EARNED) put(`,${bonus}`, row[place]);
      put(',forfeited', row[SETTLED.forfeited], -1n);
    }
    return parts;
  }

  finish(): Record<string, string> {
    return { 'days.csv': this.days.finish().sha256, 'settlement.csv': this.settlement.finish().sha256 };
  }
}

export class AdjustmentCheck {
  private delta = 0n;
  /** Through whom anchors were paid that the closed run doesn't hold. */
  private earlier: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly root: string,
    private readonly restates: Restates,
    private readonly about: Pick<Manifest, 'version' | 'build' | 'programme' | 'policyId' | 'periodFrom' | 'periodTo'>,
    private readonly differences: Differences,
  ) {}

  /** Reads adjustments.csv beside the figures of both runs; gives nothing where the closed run can't be read. */
  check(rows: Rows): void {
    const closedRoot = join(this.root, '..', '..', this.restates.policyId, this.restates.runId);
    const closed = this.closed(closedRoot);
    if (closed === undefined) return;
    if (this.restates.transfer === false) this.earlier = earlierAgencies(closedRoot, this.differences);
    const silent = new Differences(0);
    const [before, after] = [new Figures(closedRoot, silent), new Figures(this.root, silent)];
    const lines = new Cursor(rows, 0);
    for (;;) {
      const heads = [...before.next, ...after.next, lines.anchorId].filter((id) => id !== undefined);
      const [anchorId] = heads.sort(byteOrder);
      if (anchorId === undefined) break;
      this.anchor(anchorId, before.take(anchorId), after.take(anchorId), lines, closed.sameProgram);
    }
    for (const [file, hash] of Object.entries(before.finish()))
      this.same(`the closed run's ${file}`, hash, closed.hashes[file] ?? 'nothing');
    this.same('restates.delta', this.restates.delta, signed(this.delta));
    this.same('restates.lines', String(this.restates.lines), String(rows.rows));
  }

  /** The lines of one anchor are those of its amounts that differ, and no other. */
  private anchor(anchorId: string, before: Parts, after: Parts, lines: Cursor, sameProgram: boolean): void {
    const agency = this.agencyOf(anchorId, before, after);
    const keys = [...new Set([...before.fen.keys(), ...after.fen.keys()])].sort(byteOrder);
    const expected = keys.flatMap((key): Expected[] => {
      const [closed, restated] = [before.fen.get(key) ?? 0n, after.fen.get(key) ?? 0n];
      if (closed === restated) return [];
      this.delta += restated - closed;
      const cells = [anchorId, agency, ...key.split(',')];
      return [{ cells: [...cells, signed(closed), signed(restated)], delta: restated - closed }];
    });
    const dated = expected.findIndex(({ cells }) => cells[2] !== '');
    expected.splice(dated < 0 ? expected.length : dated, 0, ...this.transferred(anchorId, before, after));
    for (const { cells, delta } of expected) {
      const key = cells.filter((_, place) => (place !== 1 || cells[3] === TRANSFER) && place < 4).join(' ');
      const row = lines.anchorId === anchorId ? (lines.head as string[]) : undefined;
      if (row === undefined) {
        this.differences.add(FILE, key, '', 'no line', signed(delta));
        continue;
      }
      [...cells, signed(delta)].forEach((cell, place) => {
        this.differences.compare(FILE, key, COLUMNS[place] ?? '', row[place] ?? '', cell);
      });
      if (cells[3] === TRANSFER)
        this.differences.compare(FILE, key, 'causes', row.at(-1) ?? '', `${OF_AGENCY}:${signed(delta)}`);
      else this.causes(key, row.at(-1) ?? '', delta, sameProgram);
      lines.advance();
    }
    for (; lines.anchorId === anchorId; lines.advance())
      this.differences.add(FILE, anchorId, '', lines.head?.join(',') ?? '', 'no line where nothing changed');
  }

  /** Through whom the lines are paid: in a run that transfers nobody, as the period was paid before. */
  private agencyOf(anchorId: string, before: Parts, after: Parts): string {
    const paid = before.agency ?? this.earlier.get(anchorId);
    if (this.restates.transfer !== false || paid === undefined) return after.agency ?? paid ?? '';
    if (after.agency !== undefined) this.differences.compare(SETTLEMENT, anchorId, 'agency_id', after.agency, paid);
    return paid;
  }

  /** All that was closed, taken back from the old agency and paid to the new one, in the order of their ids. */
  private transferred(anchorId: string, before: Parts, after: Parts): Expected[] {
    const [old, new_] = [before.agency, after.agency];
    const total = [...before.fen.values()].reduce((sum, fen) => sum + fen, 0n);
    if (this.restates.transfer !== true || old === undefined || new_ === undefined) return [];
    if (old === new_ || total === 0n) return [];
    const line = (agency: string, closed: bigint, restated: bigint): Expected => ({
      cells: [anchorId, agency, '', TRANSFER, signed(closed), signed(restated)],
      delta: restated - closed,
    });
    const lines = [line(old, total, 0n), line(new_, 0n, total)];
    return byteOrder(old, new_) < 0 ? lines : lines.reverse();
  }

  /** Known causes in their order, none of them nothing, that add up to the difference. */
  private causes(key: string, text: string, delta: bigint, sameProgram: boolean): void {
    let sum = 0n;
    let last = -1;
    for (const part of text.split(';')) {
      const [cause = '', amount = ''] = part.split(/:(?=[^:]*$)/);
      const place = CAUSES.indexOf(cause);
      const known = place > last && !(sameProgram && cause === 'program');
      if (!known || !MONEY.test(amount) || units(amount) === 0n) {
        this.differences.add(FILE, key, 'causes', text, `causes with amounts, in the order ${CAUSES.join(', ')}`);
        return;
      }
      last = place;
      sum += units(amount);
    }
    this.differences.compare(FILE, key, 'causes', signed(sum), signed(delta));
  }

  /** The closed run: its close is the one that this run says, that holds its manifest, and that the hashes of its files. */
  private closed(root: string): { hashes: Record<string, string>; sameProgram: boolean } | undefined {
    try {
      const close = readFileSync(join(root, CLOSE));
      const manifest = readFileSync(join(root, MANIFEST));
      const { manifest_sha256, revision, close_no, ...closed } = JSON.parse(close.toString('utf8'));
      const { outputs, program } = JSON.parse(manifest.toString('utf8'));
      this.same('restates.sha256', this.restates.sha256, sha256(close));
      this.same('restates.revision', String(this.restates.revision), String(revision));
      this.same('restates.close_no', String(this.restates.closeNo), String(close_no));
      const { version, build, programme, policyId, periodFrom, periodTo } = this.about;
      const theirs = programmeIn(closed.programme, closed.policy.id);
      this.same("the closed run's programme", theirs, programmeIn(programme, policyId));
      this.same("the closed run's period", `${closed.period.from} ${closed.period.to}`, `${periodFrom} ${periodTo}`);
      this.same("the closed run's manifest.json", sha256(manifest), String(manifest_sha256));
      const hashes = outputs.map((output: Record<string, string>) => [output.file, output.sha256]);
      return {
        hashes: Object.fromEntries(hashes),
        sameProgram: program.version === version && program.build === build,
      };
    } catch (error) {
      const place = `${this.restates.policyId}/${this.restates.runId}`;
      this.differences.add(MANIFEST, 'restates', '', unread(error), `${place}, a closed run that can be read`);
      return undefined;
    }
  }

  private same(key: string, found: string, expected: string): void {
    this.differences.compare(MANIFEST, key, '', found, expected);
  }
}
