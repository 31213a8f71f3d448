import Table from 'cli-table3';

const FRAME = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
];

/** Rows in columns without a frame, two spaces apart and indented; `right` are the columns that end flush, as amounts do. */
export function plainTable(rows: string[][], right: readonly number[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const table = new Table({
    chars: { ...Object.fromEntries(FRAME.map((part) => [part, ''])), middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: Array.from({ length: width }, (_, at) => (right.includes(at) ? 'right' : 'left')),
  });
  table.push(...rows);
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}
