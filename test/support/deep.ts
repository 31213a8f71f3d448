import { test } from 'vitest';

/**
 * What `npm test` leaves to `npm run test:deep`: a variation of what another test of the same file holds, or a history,
 * a kill loop or a comparison that takes its time. Every test without this tag runs in `npm test`.
 */
export const DEEP = { tags: 'deep' } as const;

/** The same for a test or a suite of a loop, of which `npm test` tries some. */
export function deepUnless(isQuick: boolean): { tags: 'deep'[] } {
  return { tags: isQuick ? [] : ['deep'] };
}

type Check<T> = (...row: T extends readonly unknown[] ? T : [T]) => void | Promise<void>;

/**
 * A table of variations, a test a row. `npm test` tries the first, or the rows at the places that are given; the others
 * are deep.
 */
export function variations<T extends readonly unknown[] | [unknown] | string | number | object>(
  rows: readonly T[],
  ...quick: number[]
): (name: string, check: Check<T>, timeout?: number) => void {
  const places = quick.length === 0 ? [0] : quick;
  const [kept, deep] = [true, false].map((isQuick) => rows.filter((_, at) => places.includes(at) === isQuick));
  return (name, check, timeout) => {
    const limit = timeout === undefined ? {} : { timeout };
    test.each(kept as never[])(name, limit, check as never);
    test.each(deep as never[])(name, { ...DEEP, ...limit }, check as never);
  };
}
