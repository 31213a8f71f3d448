import { readable } from '../core/money.js';
import type { Said } from '../words/said.js';
import { say, type Template } from '../words/say.js';

/** Templates that have the number as their only value. */
type Counted<T extends string = Template> = T extends `{n} ${infer What}`
  ? What extends `${string}{${string}`
    ? never
    : T
  : never;

/** A number and what is countOf: `countOf(1204, '{n} row', '{n} rows')`. */
export function countOf(number: number, one: Counted, many: Counted): Said {
  return say(number === 1 ? one : many, { n: readable(String(number)) });
}
