import Table from 'cli-table3';

/** Pages are made for a terminal of 100 columns. */
const WIDTH = 100;

/** How what is wider than a word is laid out. */
export interface Paper {
  /** A line that wraps where the paper ends, each further one indented. */
  wrapped: (text: string, indent: string) => string;
  /** A table within the page. */
  listing: (head: string[], aligns: Align[], rows: string[][]) => string;
  /** A table of figures. */
  columns: (head: string[], aligns: Align[], rows: string[][]) => string[];
  /** Labels and figures below each other, a remark behind. */
  figures: (rows: Line[]) => string[];
}

/** Columns that a text takes on a terminal: East Asian characters take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
        char,
      )
        ? 2
        : 1;
  return width;
}

export type Align = 'left' | 'right';

/** A table within the page: the last column gives way first, then whatever is wider than others, and wraps. */
function listing(head: string[], aligns: Align[], rows: string[][]): string {
  const widest = (at: number): number => Math.max(...[head, ...rows].map((row) => widthOf(row[at] ?? '')));
  const widths = fitted(head.map((_, at) => widest(at)));
  const table = new Table({ head, colAligns: aligns, style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push(row.map((cell, at) => fold(cell, widths[at] ?? 0, '')));
  return table.toString();
}

function fitted(natural: readonly number[]): number[] {
  const widths = [...natural];
  const over = (): number => widths.reduce((sum, width) => sum + width + BORDER, 1) - WIDTH;
  const last = widths.length - 1;
  widths[last] = Math.max(Math.min(LEAST, widths[last] ?? 0), (widths[last] ?? 0) - Math.max(0, over()));
  while (over() > 0) {
    const at = widths.indexOf(Math.max(...widths));
    widths[at] = (widths[at] ?? 0) - 1;
  }
  return widths;
}

/** A table of figures: no lines, because amounts need the room. */
function columns(head: string[], aligns: Align[], rows: string[][]): string[] {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => widthOf(row[at] ?? ''))));
  const padded = (cell: string, at: number): string => {
    const space = ' '.repeat((widths[at] ?? 0) - widthOf(cell));
    return aligns[at] === 'right' ? space + cell : cell + space;
  };
  return [head, ...rows].map((row) => `  ${row.map(padded).join('  ')}`.trimEnd());
}

/** A cell's spaces and its line. */
const BORDER = 3;
/** Less than this no column is narrowed to. */
const LEAST = 12;

/** A line that wraps at the page's edge, each further one indented. */
function wrapped(text: string, indent: string): string {
  return fold(text, WIDTH, indent);
}

function fold(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text, width - indent.length)) {
    if (line.trim() !== '' && widthOf(line) + widthOf(word.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += word;
  }
  return [...lines, line.trimEnd()].join('\n');
}

/** Words with the spaces behind them; a Chinese character is a word of its own, and one that is too long is cut. */
function wordsOf(text: string, width: number): string[] {
  return spaced(text).flatMap((word) => {
    if (widthOf(word.trimEnd()) <= width) return [word];
    return word.match(new RegExp(`.{1,${Math.max(1, Math.floor(width / 2))}}`, 'gu')) ?? [word];
  });
}

const CJK = '\\u2e80-\\ua4cf\\uff00-\\uffef';
const [OPENING, CLOSING] = ['（「', '，。；：、）」'];
/** Closing marks never begin a line, opening ones never end it, and a number keeps its unit. */
const WORD = new RegExp(
  `[${OPENING}]*(?:(?:[\\d.,]+ )?(?![${OPENING}${CLOSING}])[${CJK}]|[^\\s${CJK}]+)[${CLOSING}]*\\s*|[${OPENING}${CLOSING}]+\\s*|\\s+`,
  'gu',
);

function spaced(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** A line of figures. */
export type Line = [label: string, figure: string, remark: string];

/** Labels and figures below each other: the labels left, the figures right, a remark behind. */
function figures(rows: Line[]): string[] {
  const labels = Math.max(...rows.map(([label]) => widthOf(label)));
  const amounts = Math.max(...rows.map(([, figure]) => widthOf(figure)));
  return rows.map(([label, figure, remark]) => {
    const [after, before] = [' '.repeat(labels - widthOf(label)), ' '.repeat(amounts - widthOf(figure))];
    return wrapped(`  ${label}${after}  ${before}${figure}  ${remark}`, '      ');
  });
}

export const TERMINAL: Paper = { wrapped, listing, columns, figures };
