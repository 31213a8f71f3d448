import { z } from 'zod';
import { isDate } from '../core/beijing.js';
import { readable } from '../core/money.js';
import { nearest } from './nearest.js';

/**
 * The single values of a policy, and what a mapping and a list are. Every schema's message says what is
 * expected, as the end of a sentence that begins with what was found.
 */

/** Contract, "Inputs": the form of every id. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** A whole number of something, bounds included. */
export function whole(what: string, least: number, most: number) {
  const range = `${readable(String(least))} to ${readable(String(most))}`;
  const error = wholeWords(what, range);
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** What is expected of a whole number; `form` where it may have another. */
export function wholeWords(what: string, range: string, form = ''): string {
  return `expected ${what}: a whole number, ${range}, in plain digits without quotes${form}`;
}

/** Digits before and after the point that count: zeros in front and at the end are no digits too many. */
function digits(text: string): [before: number, after: number] {
  const point = text.indexOf('.');
  const end = point < 0 ? text.length : point;
  let first = 0;
  while (first < end && text[first] === '0') first++;
  let last = text.length;
  while (last > end + 1 && text[last - 1] === '0') last--;
  return [end - first, Math.max(0, last - end - 1)];
}

/** A decimal as a quoted text, so that no binary float ever holds it; it stays as it is written. */
export function decimals(example: string, most: { before: number; after: number }) {
  const room = `expected at most ${most.before} digits before the point and ${most.after} after it, e.g. "${example}"`;
  return z
    .string({ error: `expected a decimal in quotes, e.g. "${example}"` })
    .refine((text) => /^\d+(\.\d+)?$/.test(text), {
      error: `expected digits with at most one point between them, no sign, exponent or separator, e.g. "${example}"`,
      abort: true,
    })
    .refine((text) => digits(text)[0] <= most.before && digits(text)[1] <= most.after, { error: room, abort: true });
}

const DATE_WORDS = 'expected a valid date as YYYY-MM-DD, in the years 2000 to 2099';
export const date = z.string({ error: DATE_WORDS }).refine(isDate, { error: DATE_WORDS });

const ID_WORDS =
  'expected an id: 1 to 64 of the characters A-Z a-z 0-9 _ . -, the first a letter or digit; put quotes around an id of digits';
export const id = z.string({ error: ID_WORDS }).regex(ID, { error: ID_WORDS });

/** One of some words. */
export function word<const W extends string>(words: readonly W[]) {
  return z.enum(words, { error: words.length === 1 ? `expected ${words[0]}` : `expected one of ${words.join(', ')}` });
}

/** A list; `some` where an empty one would make no sense. */
export function list<T extends z.ZodType>(item: T, what: string, size: 'any' | 'some' = 'any') {
  const error = `expected a list of ${what}`;
  const items = z.array(item, { error });
  return size === 'any' ? items : items.min(1, { error: `${error}, at least one` });
}

const REMARK_WORDS = 'expected a text or a list of texts; put quotes around one that YAML reads as something else';
const remark = z.union([z.string(), z.array(z.string({ error: 'expected a text; put quotes around it' }))], {
  error: REMARK_WORDS,
});

/** A mapping of exactly these keys, and `clause` and `note` wherever somebody wishes to explain; `onlyDated` is said of a value that is dated and can't be. */
export function mapping<S extends z.ZodRawShape>(shape: S, onlyDated: string) {
  const known = Object.keys(shape);
  const open = z.object(
    { ...shape, clause: remark.optional(), note: remark.optional() },
    { error: `expected a mapping with the ${known.length === 1 ? 'key' : 'keys'} ${known.join(', ')}` },
  );
  const stranger = z.custom<never>(() => false, {
    error: (issue) => strangerWords(String(issue.path?.at(-1)), known, onlyDated),
    params: { unknownKey: true },
  });
  return open.catchall(stranger) as unknown as typeof open;
}

/** What to do about a key that its mapping doesn't know. */
function strangerWords(key: string, known: readonly string[], onlyDated: string): string {
  if (key === 'dated') return onlyDated;
  if (key === '<<') return 'merge keys are not allowed in a policy: write the keys out';
  const near = nearest(key, [...known, 'clause', 'note']);
  const keys = `known keys: ${known.join(', ')}`;
  return near === undefined ? keys : `did you mean ${near}? (${keys})`;
}
