import { expect } from 'vitest';
import type { CallOptions, Ended } from '../support/program.js';
import { LOOP_MS, THOROUGH } from './month.js';

type Run = (options: Partial<CallOptions>) => Promise<Ended>;

/** How long a run that nobody disturbs works: milliseconds from its first word to its end. */
export async function timed(run: Run): Promise<number> {
  const { exit, stderr, worked } = await strike(run, undefined);
  expect(exit, stderr).toBe(0);
  return worked;
}

/** With what a run exits that a signal ended. */
const EXITS: Partial<Record<NodeJS.Signals, number | null>> = { SIGKILL: null, SIGINT: 130, SIGTERM: 143 };

export interface Struck extends Ended {
  /** It had done its work before the signal could end it. */
  late: boolean;
  /** Milliseconds from the signal to its end, 0 where it ended before; and from its first word. */
  took: number;
  worked: number;
}

/** Sends a signal so many milliseconds after a word of a run's; after its first: before that nobody could notice it. */
export async function strike(
  run: Run,
  moment: number | undefined,
  signal: NodeJS.Signals = 'SIGKILL',
  word = '',
): Promise<Struck> {
  let first: number | undefined;
  let sent: number | undefined;
  const ended = await run({
    onStderr: (said, child) => {
      if (first !== undefined || !said.includes(word)) return;
      first = performance.now();
      if (moment === undefined) return;
      setTimeout(() => {
        sent = performance.now();
        child.kill(signal);
      }, moment);
    },
  });
  const end = performance.now();
  return { ...ended, late: ended.exit !== EXITS[signal], took: end - (sent ?? end), worked: end - (first ?? end) };
}

/** The phase of which a run told last. */
export function phaseOf({ stderr }: Ended): string | undefined {
  const phases = stderr.split('\n').filter((line) => line.endsWith('...'));
  return phases.at(-1)?.split(' ')[0];
}

/**
 * Moments spread over a run's work, in milliseconds after its first word, drawn by chance within equal parts of it, and
 * what they were found to meet. Whoever finds that the run had ended by then says after how long it did, and the moments
 * that follow lie within that.
 */
export interface Moments extends Iterable<number> {
  note: (met: string | undefined) => void;
  ended: (ms: number) => void;
  /** Says how many of what were met; in thorough runs alone. */
  tell: (what: string) => void;
}

export function moments(count: number, work: number): Moments {
  const met = new Map<string, number>();
  const began = performance.now();
  let to = work;
  return {
    *[Symbol.iterator]() {
      for (const part of shuffled(count)) {
        if (performance.now() - began > LOOP_MS) return;
        yield ((part + Math.random()) / count) * to;
      }
    },
    ended: (ms) => {
      to = Math.min(to, ms);
    },
    note: (what) => met.set(what ?? '', (met.get(what ?? '') ?? 0) + 1),
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
  run: (place: Place, options: Partial<CallOptions>) => Promise<Ended>;
  /** What strikes, one after the other; SIGKILL where nothing else is said. */
  signals?: readonly NodeJS.Signals[];
  /** Expects of a place what must be so after a signal, and after a run that ended before it. */
  check: (place: Place, struck: Struck) => unknown;
  /** Expects that a plain run makes the place what an undisturbed one would have. */
  mend: (place: Place) => Promise<void>;
}

/** So many runs are disturbed one after the other before one is left to end: the next strikes what the last one left. */
const IN_A_ROW = 8;
/** What a run finds done already it doesn't do again, and its end comes so much sooner. */
const SOONER = 0.8;

/** Strikes at every moment of a loop, and mends each place once it has been struck often enough. */
export async function disturb<Place>(loop: Moments, disturbance: Disturbance<Place>): Promise<void> {
  const { begin, run, check, mend, signals = ['SIGKILL'] } = disturbance;
  let now: { place: Place; times: number } | undefined;
  let strikes = 0;
  for (const moment of loop) {
    now ??= { place: begin(), times: 0 };
    const { place } = now;
    const at = now.times === 0 ? moment : moment * SOONER;
    const struck = await strike((options) => run(place, options), at, signals[strikes % signals.length]);
    strikes += 1;
    loop.note(struck.late ? 'too late' : phaseOf(struck));
    await check(place, struck);
    if (struck.late && now.times === 0) loop.ended(struck.worked);
    now.times += 1;
    if (!struck.late && now.times < IN_A_ROW) continue;
    await mend(place);
    now = undefined;
  }
  if (now !== undefined) await mend(now.place);
}

/**
 * Kills a command so many times, at moments spread over its work. `exits`: how it may end where a kill comes too late; `what`
 * is told of thorough runs.
 */
export async function killOften<Place>(
  count: number,
  what: string,
  exits: readonly number[],
  { check, ...disturbance }: Disturbance<Place>,
): Promise<void> {
  const loop = moments(count, await timed((options) => disturbance.run(disturbance.begin(), options)));
  await disturb(loop, {
    ...disturbance,
    check: (place, struck) => {
      expect([null, ...exits]).toContain(struck.exit);
      return check(place, struck);
    },
  });
  loop.tell(what);
}
