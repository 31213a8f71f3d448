import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { type Fault, misfit } from './faults.js';

/** Bytes. Such a file is a few kilobytes; anything near this is another file. */
export const LARGEST = 1024 * 1024;

const LF = 0x0a;

export type Text = { text: string } | { fault: Fault };

function fault(line: number, column: number, found: Wording, expected: Wording): Text {
  return { fault: misfit({ line, column, key: '' }, found, expected) };
}

/** The file's text, where it is one at all. */
export function readText(bytes: Uint8Array, of: Wording): Text {
  if (bytes.length > LARGEST) return fault(1, 1, ...tooLarge(bytes.length, of));
  const text = decoded(bytes);
  if (text === undefined) {
    const line = firstBadLine(bytes);
    return fault(line, 1, say('bytes that are not UTF-8'), say('save it as a text file in UTF-8'));
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const before = text.slice(0, nul).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    const expected = say('{of} is a text file in UTF-8, without NUL characters', { of });
    return fault(before.length, column, say('a NUL character'), expected);
  }
  return { text };
}

/** What is found and what would be right where the file is too large. */
export function tooLarge(size: number, of: Wording): [found: Wording, expected: Wording] {
  return [
    say('a file of {size} bytes', { size }),
    say('{of} has at most 1 MB ({LARGEST} bytes); is this the right file?', { of, LARGEST }),
  ];
}

/** undefined where the bytes are not UTF-8. A byte order mark at the start is no part of the text. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** No UTF-8 sequence holds a line feed byte, so each line can be decoded alone. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(LF, start);
    const end = feed < 0 ? bytes.length : feed;
    if (decoded(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
  return line;
}
