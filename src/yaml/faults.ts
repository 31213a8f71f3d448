import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';

/** Where a value stands in the file: `['period', 'from']`, `['tiers', 0, 'amount']`. */
export type Path = readonly (string | number)[];

/** What is wrong with one value, before its line is looked up. */
export interface Finding {
  path: Path;
  /** What stands there; without it, the text of the file says. */
  found?: Wording;
  /** What would be right. */
  expected: Wording;
  /** The key itself is the fault, whatever its value. */
  unknownKey?: boolean;
  /** Where in the text, if not at the path's own place: the second of two equal keys. */
  offset?: number;
}

/** One fault of a file, for a person who reads the file in an editor: lines and columns count from 1. */
export interface Fault {
  line: number;
  column: number;
  /** `tiers[0].amount`; empty where the file as a whole is at fault. */
  key: string;
  found: string;
  expected: string;
  message: string;
  /** The message in either language. */
  said: Wording;
}

/** A fault of what was found where something else is right. */
export function misfit(at: Pick<Fault, 'line' | 'column' | 'key'>, found: Wording, expected: Wording): Fault {
  return faultSaid(at, found, expected, say('found {found}; {expected}', { found, expected }));
}

/** A fault in whichever words. */
export function faultSaid(
  { line, column, key }: Pick<Fault, 'line' | 'column' | 'key'>,
  found: Wording,
  expected: Wording,
  said: Wording,
): Fault {
  return { line, column, key, found: String(found), expected: String(expected), message: String(said), said };
}

const PLAIN_KEY = /^\w[\w-]*$/;

/** The path as people write it. Two different paths never read the same, so that it serves as an index too. */
export function keyText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (PLAIN_KEY.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** A text in quotes, control characters made visible, cut where a person stops reading. */
export function quoted(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(shown).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
