import { expect } from 'vitest';
import type { CallOptions, Ended } from '../cli/program.js';
import { LOOP_MS, THOROUGH } from './month.js';

/** From a run's first word, behind its start, to its end, in milliseconds after the call. */
export interface Span {
  from: number;
  to: number;
}

/** When a run that nobody disturbs begins its work, and when it ends. */
export async function timed(run: (options: Partial<CallOptions>) => Promise<Ended>): Promise<Span> {
  const began = performance.now();
  let from: number | undefined;
  const onStderr = (): void => {
    from ??= performance.now() - began;
  };
  const { exit, stderr } = await run({ onStderr });
  expect(exit, stderr).toBe(0);
  return { from: from ?? 0, to: performance.now() - began };
}

/** A part of the moments lies before the work: what is disturbed there is the start alone. */
const BEFORE = 0.8;

/**
 * Moments spread over a run's work, drawn by chance within equal parts of it, and what they were found to meet.
 * Whoever finds that the run had ended by then says after how long, and the moments that follow lie within that.
 */
export interface Moments extends Iterable<number> {
  note: (met: string | undefined) => void;
  ended: (ms: number) => void;
  /** Says how many of what were met; in thorough runs alone. */
  tell: (what: string) => void;
}

export function moments(count: number, span: Span): Moments {
  const met = new Map<string, number>();
  const began = performance.now();
  const from = span.from * BEFORE;
  let to = span.to;
  return {
    *[Symbol.iterator]() {
      for (const part of shuffled(count)) {
        if (performance.now() - began > LOOP_MS) return;
        yield from + ((part + Math.random()) / count) * (to - from);
      }
    },
    ended: (ms) => {
      to = Math.max(from, Math.min(to, ms));
    },
    note: (what) => met.set(what || 'Starting', (met.get(what || 'Starting') ?? 0) + 1),
    tell: (what) => {
      const total = [...met.values()].reduce((sum, number) => sum + number, 0);
      const seconds = Math.round((performance.now() - began) / 1000);
      if (THOROUGH) console.log(`${what}: ${total} in ${seconds} s`, Object.fromEntries(met));
    },
  };
}

/** A loop that is cut short has still been everywhere. */
function shuffled(count: number): number[] {
  const parts = Array.from({ length: count }, (_, part) => ({ part, at: Math.random() }));
  return parts.sort((a, b) => a.at - b.at).map(({ part }) => part);
}

/** What is done to places at the moments of a loop. */
export interface Disturbance<Place> {
  begin: () => Place;
  /** Disturbs a run at a moment; gives whether the run had ended by itself before. */
  strike: (place: Place, moment: number) => Promise<boolean>;
  /** Expects that a plain run makes the place what an undisturbed one would have. */
  mend: (place: Place) => Promise<void>;
}

/** So many runs are disturbed one after the other before one is left to end: the next strikes what the last one left. */
const IN_A_ROW = 5;
/** What a run finds done already it doesn't do again, and its end comes so much sooner. */
const SOONER = 0.8;

/** Strikes at every moment of a loop, and mends each place once it has been struck often enough. */
export async function disturb<Place>(loop: Moments, { begin, strike, mend }: Disturbance<Place>): Promise<void> {
  let struck: { place: Place; times: number } | undefined;
  for (const moment of loop) {
    struck ??= { place: begin(), times: 0 };
    const began = performance.now();
    const ended = await strike(struck.place, struck.times === 0 ? moment : moment * SOONER);
    if (ended && struck.times === 0) loop.ended(performance.now() - began);
    struck.times += 1;
    if (!ended && struck.times < IN_A_ROW) continue;
    await mend(struck.place);
    struck = undefined;
  }
  if (struck !== undefined) await mend(struck.place);
}
