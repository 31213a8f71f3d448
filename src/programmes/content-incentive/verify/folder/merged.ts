import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { Folder } from '../../../../verify/folder.js';
import { byteOrder } from '../../../../verify/forms.js';
import { LONGEST_RECORD } from '../../../../verify/reading/line-source.js';
import type { Range } from '../../../../verify/reading/lines.js';
import type { FileFacts, Rows } from '../../../../verify/rows.js';
import { HEADERS } from '../columns.js';
import { Cursor, type SettlementWalk } from '../settlement.js';

/** The files that are read side by side, anchor by anchor, and where each has the anchor's id. */
const ANCHOR_AT = { 'sessions.csv': 1, 'days.csv': 0, 'settlement.csv': 2 } as const;
type Merged = keyof typeof ANCHOR_AT;
const MERGED = Object.keys(ANCHOR_AT) as Merged[];

/** Chunks of the rest of a file between two breaths. */
const CHUNKS_A_BREATH = 32;

/** What of the merged files one reader takes: the rows of the anchors from one id up to another. */
export interface Part {
  ranges: Record<Merged, Range>;
  /** The smallest id that may stand in it; '' of the first part. */
  from: string;
  /** All ids come before it; undefined of the last part. */
  before: string | undefined;
}

/** Whether a walk came by the anchors of its part alone; whether they were in order it sees by itself. */
export function isWithin({ from, before }: Part, { first, last }: Pick<SettlementWalk, 'first' | 'last'>): boolean {
  if (first === undefined || last === undefined) return true;
  return byteOrder(from, first) <= 0 && (before === undefined || byteOrder(last, before) < 0);
}

/** The merged files of a run folder, or a part of each. */
export class MergedFiles {
  private readonly rows: Record<Merged, Rows | undefined>;

  constructor(folder: Folder, part?: Part) {
    const open = (file: Merged): Rows | undefined => folder.rows(file, HEADERS[file], part?.ranges[file]);
    this.rows = {
      'sessions.csv': open('sessions.csv'),
      'days.csv': open('days.csv'),
      'settlement.csv': open('settlement.csv'),
    };
  }

  cursor(file: Merged): Cursor {
    return new Cursor(this.rows[file], ANCHOR_AT[file]);
  }

  /** Hashes what other parts' readers read, breath by breath. */
  async hashRest(breathe: () => void): Promise<void> {
    for (const file of MERGED) {
      const rows = this.rows[file];
      for (let chunks = 1; rows?.hashOn(); chunks += 1) {
        if (chunks % CHUNKS_A_BREATH > 0) continue;
        breathe();
        await pause();
      }
    }
  }

  /** Reads what is left of each, so that the hashes are of whole files. */
  finish(): Map<Merged, FileFacts> {
    const facts = new Map<Merged, FileFacts>();
    for (const file of MERGED) {
      const rows = this.rows[file];
      if (rows !== undefined) facts.set(file, rows.finish());
    }
    return facts;
  }
}

/** The size, times and number of each merged file: whether somebody changed it meanwhile. */
export function stampOf(root: string): string {
  const stamps = MERGED.map((file) => {
    const now = lstatSync(join(root, file), { bigint: true, throwIfNoEntry: false });
    return [now?.size, now?.mtimeNs, now?.ctimeNs, now?.ino].join();
  });
  return stamps.join(' ');
}

const CHUNK = 1 << 12;
const LF = 10;

/** A file's lines wherever one begins; a file that isn't as it should be gives undefined, or a place that serves nobody. */
class Seeker {
  readonly size: number;
  private readonly fd: number;

  constructor(
    path: string,
    private readonly column: number,
  ) {
    // Something that is no file could block whoever opens it for ever.
    if (!lstatSync(path).isFile()) throw new TypeError('no file');
    this.fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    this.size = fstatSync(this.fd).size;
  }

  close(): void {
    closeSync(this.fd);
  }

  /** The first line that begins at a byte or behind it, and its anchor's id; undefined at the end. */
  lineFrom(at: number): { from: number; to: number; anchor: string } | undefined {
    const from = at === 0 ? 0 : this.lineEnd(at - 1);
    if (from === undefined || from >= this.size) return undefined;
    const to = this.lineEnd(from);
    if (to === undefined) return undefined;
    const cells = this.read(from, to - from - 1)
      .toString('latin1')
      .split(',');
    return { from, to, anchor: cells[this.column] ?? '' };
  }

  /** Where the rows of an anchor and those behind it begin, in a sorted file. */
  rowsFrom(anchor: string): number | undefined {
    let low = this.lineEnd(0);
    if (low === undefined) return undefined;
    let high = this.size;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const line = this.lineFrom(middle);
      if (line === undefined || line.from >= high) high = middle;
      else if (byteOrder(line.anchor, anchor) < 0) low = line.to;
      else high = line.from;
    }
    return low;
  }

  /** The byte behind the first line feed from a byte on. */
  private lineEnd(at: number): number | undefined {
    for (let from = at; from < this.size && from - at <= LONGEST_RECORD; from += CHUNK) {
      const found = this.read(from, CHUNK).indexOf(LF);
      if (found >= 0) return from + found + 1;
    }
    return undefined;
  }

  private read(from: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(this.fd, bytes, 0, length, from));
  }
}

/** Whoever shares the files out reads so much more than each of the others, which begin later. */
const LEAD = 0.08;

/**
 * Shares the merged files out: parts of about the same bytes of sessions.csv, each of whole anchors, which together are
 * the files. Undefined where they can't be shared out. That the files are sorted is taken for granted here; every part's
 * reader sees whether its rows are, and those of its anchors alone.
 */
export function partsOf(root: string, wanted: number): Part[] | undefined {
  const seekers: Seeker[] = [];
  try {
    for (const file of MERGED) seekers.push(new Seeker(join(root, file), ANCHOR_AT[file]));
    return shareOut(seekers, wanted);
  } catch {
    return undefined; // what can't be opened is reported by the reading in order
  } finally {
    for (const seeker of seekers) seeker.close();
  }
}

function shareOut(seekers: readonly Seeker[], wanted: number): Part[] | undefined {
  const [sessions] = seekers;
  if (sessions === undefined) return undefined;
  const starts: { anchor: string; at: number[] }[] = [{ anchor: '', at: seekers.map(() => 0) }];
  for (let i = 1; i < wanted; i += 1) {
    const anchor = sessions.lineFrom(Math.floor((sessions.size * (i + LEAD)) / (wanted + LEAD)))?.anchor;
    const at = anchor === undefined ? [] : seekers.map((seeker) => seeker.rowsFrom(anchor));
    const last = starts.at(-1) as { anchor: string };
    if (anchor === undefined || at.includes(undefined) || byteOrder(last.anchor, anchor) >= 0) continue;
    starts.push({ anchor, at: at as number[] });
  }
  if (starts.length < 2) return undefined;
  return starts.map(({ anchor, at }, i) => {
    const next = starts[i + 1];
    const ranges = MERGED.map((file, f) => [file, { from: at[f], to: next?.at[f] ?? Infinity }]);
    return { from: anchor, before: next?.anchor, ranges: Object.fromEntries(ranges) as Part['ranges'] };
  });
}
