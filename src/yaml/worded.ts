import type { Said, Wording } from '../words/said.js';

/** What was said, by its English: a schema's message can only be a text. */
const SAID = new Map<string, Said>();

/** A wording as a schema's message; `saidBack` gives it again. */
export function worded(said: Wording): string {
  const text = String(said);
  if (typeof said !== 'string') SAID.set(text, said);
  return text;
}

/** What a schema's message was said with; one that nobody worded stands as it is. */
export function saidBack(message: string): Wording {
  return SAID.get(message) ?? message;
}
