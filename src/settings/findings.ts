import { say } from '../words/say.js';
import type { Finding } from '../yaml/faults.js';
import { nearest } from '../yaml/nearest.js';

/** What is said of values of the settings file that have a form of their own. */

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key that isn't one of those known, with the nearest that is. */
export function unknownKey(path: readonly string[], known: readonly string[]): Finding {
  const near = nearest(path.at(-1) as string, known);
  const list = say('known here: {keys}', { keys: known.join(', ') });
  return {
    path,
    unknownKey: true,
    expected: near === undefined ? list : say('did you mean {near}? ({keys})', { near, keys: list }),
  };
}
