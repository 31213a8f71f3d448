import { letters, type MarkedCell } from './sheet.js';

/** Cells as XML. A number is the decimal's own text, which no binary float has held. */

/** A cell can hold so many characters. */
const MOST_CHARACTERS = 32_767;
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** The day that spreadsheets count from, for the days since March 1900. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as XML holds it. What XML can't hold stands as `_xHHHH_`, and a text that looks so already is kept apart from it. */
export function xmlText(text: string): string {
  if (!/[&<>"_\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text)) return text;
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (odd) =>
      /[\t\n]/.test(odd) ? odd : `_x${odd.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[&<>"]/g, (mark) => ENTITIES[mark] as string);
}

/** A cell of text; it stays one, whatever it begins with. */
export function textXml(at: string, style: number, text: string): string {
  const kept = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(kept)}</t></is></c>`;
}

/** A cell of a number, with the formula that gives it where there is one. */
export function numberCell(at: string, style: number, text: string, formula?: string): string {
  if (!DECIMAL.test(text)) throw new TypeError(`not a decimal: ${JSON.stringify(text)}`);
  const kept = formula === undefined ? '' : `<f>${xmlText(formula)}</f>`;
  return `<c r="${at}" s="${style}">${kept}<v>${text}</v></c>`;
}

const serials = new Map<string, string>();

/** A date as the number of its day; one that is none stays a text. */
function dateCell(at: string, style: number, text: string): string {
  const known = serials.get(text);
  if (known !== undefined) return numberCell(at, style, known);
  const day = /^20\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text) return textXml(at, style, text);
  const serial = String((day - DAY_ZERO) / DAY);
  serials.set(text, serial);
  return numberCell(at, style, serial);
}

/** A cell by its kind, in a style. A blank one has borders alone. */
export function cellXml(column: number, row: number, style: number, cell: MarkedCell & { kind: string }): string {
  const at = `${letters(column)}${row}`;
  if (cell.text === '') return `<c r="${at}" s="${style}"/>`;
  if (cell.kind === 'date') return dateCell(at, style, cell.text);
  if (cell.kind === 'id' || cell.kind === 'text' || cell.kind === 'note') return textXml(at, style, cell.text);
  return numberCell(at, style, cell.text, cell.formula);
}
