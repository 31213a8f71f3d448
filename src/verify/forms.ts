import { dayNumber, secondsOf } from './calendar.js';

/**
 * The one form that each kind of cell has in the outputs (contract, "Inputs" and "Outputs"). A cell that says the right
 * thing in another form is a difference too: other programs compare the files byte by byte.
 */

const LONGEST_ID = 64;
/** 1 for the characters that an id may hold, 2 for those that it may begin with. */
const ID_CHARACTERS = new Uint8Array(128);
for (const character of '_.-') ID_CHARACTERS[character.charCodeAt(0)] = 1;
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789') {
  ID_CHARACTERS[character.charCodeAt(0)] = 2;
}

const WHOLE = /^(?:0|[1-9]\d{0,14})$/;
const FORMULA = /^[=+\-@\t\r\n]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** Read by a table, as there are millions. */
export function isId(text: string): boolean {
  const { length } = text;
  if (length === 0 || length > LONGEST_ID || ID_CHARACTERS[text.charCodeAt(0)] !== 2) return false;
  for (let i = 1; i < length; i += 1) if (!ID_CHARACTERS[text.charCodeAt(i)]) return false;
  return true;
}

/** Digits alone, no zero in front, small enough to count with. */
export function isWhole(text: string): boolean {
  return WHOLE.test(text);
}

/** The number that a text in the form of `isWhole` says, -1 in any other; read by digits, as there are millions. */
export function wholeOf(text: string): number {
  const { length } = text;
  if (length === 0 || length > 15 || (length > 1 && text.charCodeAt(0) === 48)) return -1;
  let value = 0;
  for (let i = 0; i < length; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

export function isFlag(text: string): boolean {
  return text === 'Y' || text === 'N';
}

export function isLevel(text: string): boolean {
  return text.length <= 2 && WHOLE.test(text) && text !== '0';
}

export function isDay(text: string): boolean {
  return dayNumber(text) >= 0;
}

export function isTime(text: string): boolean {
  return secondsOf(text) >= 0;
}

/** Whether a cell lacks the guard without which a spreadsheet would take it for a formula. */
export function isUnguarded(text: string): boolean {
  return FORMULA.test(text);
}

/** Whether a cell bears the guard; the guard is lossy, so the text may have begun with `'` by itself. */
export function isGuarded(text: string): boolean {
  return text.startsWith("'") && FORMULA.test(text.slice(1));
}

/** Trimmed text without control characters, of at most `longest` characters; blank text is none. */
export function isText(text: string, longest: number): boolean {
  if (text === '' || CONTROL.test(text) || /^ | $/.test(text)) return false;
  return text.length <= longest || [...text].length <= longest;
}

/** As `isText`, for a column that carries the formula guard, which is not counted. */
export function isGuardedText(text: string, longest: number): boolean {
  if (isUnguarded(text)) return false;
  return isGuarded(text) ? isText(text.slice(1), longest) : isText(text, longest);
}

/** UTF-16 order puts characters beyond U+FFFF before those of U+E000 to U+FFFF; UTF-8 bytes don't. */
function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** Compares two texts in the byte order of their UTF-8. */
export function byteOrder(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** A text as a text column shows it. */
export function guarded(text: string): string {
  return isUnguarded(text) ? `'${text}` : text;
}
