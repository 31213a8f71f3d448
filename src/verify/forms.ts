import { dayNumber, secondsOf } from './calendar.js';

/**
 * The one form that each kind of cell has in the outputs (contract, "Inputs" and "Outputs"). A cell that says the right
 * thing in another form is a difference too: other programs compare the files byte by byte.
 */

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const WHOLE = /^(?:0|[1-9]\d{0,14})$/;
const FORMULA = /^[=+\-@\t\r\n]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

export function isId(text: string): boolean {
  return ID.test(text);
}

/** Digits alone, no zero in front, small enough to count with. */
export function isWhole(text: string): boolean {
  return WHOLE.test(text);
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
