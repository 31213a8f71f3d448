import { z } from 'zod';
import { isDate } from '../core/beijing.js';
import { readable } from '../core/money.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { nearest } from './nearest.js';
import { worded } from './worded.js';

/**
 * The single values of a policy, and what a mapping and a list are. Every schema's message says what is
 * expected, as the end of a sentence that begins with what was found.
 */

/** Contract, "Inputs": the form of every id. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** A whole number of something, bounds included. */
export function whole(what: Wording, least: number, most: number) {
  const range = say('{least} to {most}', { least: readable(String(least)), most: readable(String(most)) });
  const error = wholeWords(what, range);
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** What is expected of a whole number; `form` where it may have another. */
export function wholeWords(what: Wording, range: Wording, form: Wording = ''): string {
  const values = { what, range, form };
  return worded(say('expected {what}: a whole number, {range}, in plain digits without quotes{form}', values));
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
  const room = worded(
    say('expected at most {before} digits before the point and {after} after it, e.g. "{example}"', {
      ...most,
      example,
    }),
  );
  return z
    .string({ error: worded(say('expected a decimal in quotes, e.g. "{example}"', { example })) })
    .refine((text) => /^\d+(\.\d+)?$/.test(text), {
      error: worded(
        say('expected digits with at most one point between them, no sign, exponent or separator, e.g. "{example}"', {
          example,
        }),
      ),
      abort: true,
    })
    .refine((text) => digits(text)[0] <= most.before && digits(text)[1] <= most.after, { error: room, abort: true });
}

const DATE_WORDS = worded(say('expected a valid date as YYYY-MM-DD, in the years 2000 to 2099'));
export const date = z.string({ error: DATE_WORDS }).refine(isDate, { error: DATE_WORDS });

const ID_WORDS = worded(
  say(
    'expected an id: 1 to 64 of the characters A-Z a-z 0-9 _ . -, the first a letter or digit; put quotes around an id of digits',
  ),
);
export const id = z.string({ error: ID_WORDS }).regex(ID, { error: ID_WORDS });

/** One of some words. */
export function word<const W extends string>(words: readonly W[]) {
  const values = { words: words.join(', ') };
  return z.enum(words, {
    error: worded(say(words.length === 1 ? 'expected {words}' : 'expected one of {words}', values)),
  });
}

/** A list; `some` where an empty one would make no sense. */
export function list<T extends z.ZodType>(item: T, what: Wording, size: 'any' | 'some' = 'any') {
  const items = z.array(item, { error: worded(say('expected a list of {what}', { what })) });
  return size === 'any'
    ? items
    : items.min(1, { error: worded(say('expected a list of {what}, at least one', { what })) });
}

const REMARK_WORDS = worded(
  say('expected a text or a list of texts; put quotes around one that YAML reads as something else'),
);
const remark = z.union(
  [z.string(), z.array(z.string({ error: worded(say('expected a text; put quotes around it')) }))],
  {
    error: REMARK_WORDS,
  },
);

const KEY = 'expected a mapping with the key {keys}';
const KEYS = 'expected a mapping with the keys {keys}';

/** A mapping of exactly these keys, and `clause` and `note` wherever somebody wishes to explain; `onlyDated` is said of a value that is dated and can't be. */
export function mapping<S extends z.ZodRawShape>(shape: S, onlyDated: Wording) {
  const known = Object.keys(shape);
  const open = z.object(
    { ...shape, clause: remark.optional(), note: remark.optional() },
    { error: worded(say(known.length === 1 ? KEY : KEYS, { keys: known.join(', ') })) },
  );
  const stranger = z.custom<never>(() => false, {
    error: (issue) => strangerWords(String(issue.path?.at(-1)), known, onlyDated),
    params: { unknownKey: true },
  });
  return open.catchall(stranger) as unknown as typeof open;
}

/** What to do about a key that its mapping doesn't know. */
function strangerWords(key: string, known: readonly string[], onlyDated: Wording): string {
  if (key === 'dated') return worded(onlyDated);
  if (key === '<<') return worded(say('merge keys are not allowed in a policy: write the keys out'));
  const near = nearest(key, [...known, 'clause', 'note']);
  const keys = say('known keys: {keys}', { keys: known.join(', ') });
  return worded(near === undefined ? keys : say('did you mean {near}? ({keys})', { near, keys }));
}
