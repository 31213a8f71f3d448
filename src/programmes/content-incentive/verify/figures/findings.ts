import { copied } from '../../../../verify/reading/copied.js';
import { addHeld, type Held, nothingHeld } from '../exports/control.js';
import { type Overlap, Overlaps } from '../notices/overlaps.js';
import type { DayLine } from './days.js';
import type { SessionFacts } from './sessions.js';

/** What the sessions of a run folder, or of a part of it, show that somebody should look at. It passes between threads. */
export interface Found {
  /** A byte for each day since 1970, 1 where a row of sessions.csv has it for its settlement date. */
  days: Uint8Array;
  /** By anchor. */
  overlaps: Map<string, Overlap>;
  /** Valid seconds by anchor and date, where they are more than a day has. */
  longDays: Map<string, number>;
  /** Starts of sessions of anchors that something makes ineligible, as `startOf` writes them. */
  starts: Set<string>;
  /** Beside the control desk's list. */
  held: Held;
}

const DAY_SECONDS = 86_400;
const DIGITS = String(DAY_SECONDS).length;
/** Days from 1970 to the end of the contract's years. */
const DAYS = 1 << 16;

/** An anchor and a second since 1970 in which a session of it starts. */
export function startOf(anchorId: string, second: number): string {
  return `${anchorId} ${second}`;
}

/** Collects it, anchor by anchor. */
export class Findings {
  readonly found: Found = {
    days: new Uint8Array(DAYS),
    overlaps: new Map(),
    longDays: new Map(),
    starts: new Set(),
    held: nothingHeld(),
  };
  /** The valid sessions of the anchor that is being read. */
  private readonly sessions = new Overlaps();

  /** Takes a session of the anchor that is being read; what of it can't be read is reported elsewhere. */
  session(id: string, { ended, durationSeconds, valid }: SessionFacts): void {
    this.found.days[Math.floor(ended / DAY_SECONDS)] = 1;
    if (valid) this.sessions.add(id, ended - durationSeconds, ended);
  }

  /** A session of an anchor that something makes ineligible. */
  start(anchorId: string, { ended, durationSeconds }: SessionFacts): void {
    this.found.starts.add(startOf(anchorId, ended - durationSeconds));
  }

  /** An anchor's sessions are over. */
  anchor(anchorId: string, days: readonly DayLine[]): void {
    const overlap = this.sessions.close();
    if (overlap !== undefined) this.found.overlaps.set(copied(anchorId), overlap);
    for (const { date, validSeconds } of days) {
      if (validSeconds.length < DIGITS) continue;
      const seconds = Number(validSeconds);
      if (seconds > DAY_SECONDS) this.found.longDays.set(copied(`${anchorId};${date}`), seconds);
    }
  }

  /** Takes in what another part's reader found. */
  add({ days, overlaps, longDays, starts, held }: Found): void {
    for (const [day, has] of days.entries()) if (has === 1) this.found.days[day] = 1;
    for (const [anchorId, overlap] of overlaps) this.found.overlaps.set(anchorId, overlap);
    for (const [day, seconds] of longDays) this.found.longDays.set(day, seconds);
    for (const start of starts) this.found.starts.add(start);
    addHeld(this.found.held, held);
  }
}
