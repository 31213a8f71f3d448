import { LOOP_MS, THOROUGH } from './month.js';

/**
 * Moments spread over a run's duration, drawn by chance within equal parts of it, and what they were found to meet.
 * Whoever finds that the run had ended by then says after how long, and the moments that follow lie within that.
 */
export interface Moments extends Iterable<number> {
  note: (met: string | undefined) => void;
  ended: (ms: number) => void;
  /** Says how many of what were met; in thorough runs alone. */
  tell: (what: string) => void;
}

export function moments(count: number, durationMs: number): Moments {
  const met = new Map<string, number>();
  const began = performance.now();
  let duration = durationMs;
  return {
    *[Symbol.iterator]() {
      for (const part of shuffled(count)) {
        if (performance.now() - began > LOOP_MS) return;
        yield ((part + Math.random()) / count) * duration;
      }
    },
    ended: (ms) => {
      duration = Math.min(duration, ms);
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
