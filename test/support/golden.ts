import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { filesIn } from './workspace.js';

/**
 * Compares a run folder with the files that were expected of it. What a program may word as it likes, the message of
 * a quarantined row and the note of a statement's line, is the last column and is left out of the comparison.
 */

/** A file that isn't what was expected, and its first difference in words. */
export interface Changed {
  file: string;
  what: string;
}

const WORDED: Record<string, string> = { 'quarantine.csv': 'message' };
const worded = (file: string): string | undefined => (file.startsWith('anchors/') ? 'note' : WORDED[file]);

/** `expected`: a folder of tables, statements, accounting.json and totals.json. */
export function compareRun(expected: string, runDir: string): Changed[] {
  const wanted = filesIn(expected).filter((file) => file.endsWith('.csv'));
  const changed = wanted.map((file) => ({ file, what: compareFile(expected, runDir, file) }));
  for (const file of filesIn(runDir)) {
    if (file.startsWith('anchors/') && !wanted.includes(file)) changed.push({ file, what: 'nobody expected it' });
  }
  changed.push({ file: 'manifest.json', what: compareManifest(expected, runDir) });
  return changed.filter((one): one is Changed => one.what !== undefined);
}

function compareFile(expected: string, runDir: string, file: string): string | undefined {
  if (!existsSync(join(runDir, file))) return 'there is no such file';
  const want = readFileSync(join(expected, file), 'utf8');
  const got = readFileSync(join(runDir, file), 'utf8');
  const left = worded(file);
  if (left === undefined) return want === got ? undefined : firstDifference(want, got);
  const rows = records(got);
  if (toCsv(rows) !== got) return 'quotes that nothing needs, or other line ends than LF';
  if (rows[0]?.at(-1) !== left) return `the last column is not ${left}`;
  const rest = toCsv(rows.map((row) => row.slice(0, -1)));
  return want === rest ? undefined : firstDifference(want, rest);
}

function compareManifest(expected: string, runDir: string): string | undefined {
  const manifest = JSON.parse(readFileSync(join(runDir, 'manifest.json'), 'utf8'));
  for (const part of ['accounting', 'totals']) {
    const want = JSON.parse(readFileSync(join(expected, `${part}.json`), 'utf8'));
    const names = new Set([...Object.keys(want), ...Object.keys(manifest[part])]);
    for (const name of names) {
      const [a, b] = [want[name], manifest[part][name]].map((value) => JSON.stringify(value));
      if (a !== b) return `${part}.${name}: expected ${a}, got ${b}`;
    }
  }
  return undefined;
}

function records(text: string): string[][] {
  return parse(text, { relax_column_count: true, record_delimiter: '\n' });
}

function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function firstDifference(want: string, got: string): string {
  const [wanted, found] = [records(want), records(got)];
  for (let at = 0; at < Math.max(wanted.length, found.length); at += 1) {
    const [a, b] = [wanted[at], found[at]];
    if (a === undefined || b === undefined) return `record ${at + 1}: expected ${a ?? 'none'}, got ${b ?? 'none'}`;
    const column = Array.from({ length: Math.max(a.length, b.length) }, (_, cell) => cell).find(
      (cell) => a[cell] !== b[cell],
    );
    if (column === undefined) continue;
    const name = wanted[0]?.[column] ?? `cell ${column + 1}`;
    return `record ${at + 1} (${a.slice(0, 3).join(' ')}), ${name}: expected ${a[column]}, got ${b[column]}`;
  }
  return 'the same cells, but other quotes or line ends';
}

/** Leaves the files that differ where a person can look at them, and says what and where. */
export function keepChanged(name: string, runDir: string, changed: readonly Changed[]): string {
  const kept = join(tmpdir(), `settlement-${name}-changed`);
  rmSync(kept, { recursive: true, force: true });
  for (const { file } of changed) {
    if (!existsSync(join(runDir, file))) continue;
    mkdirSync(dirname(join(kept, file)), { recursive: true });
    writeFileSync(join(kept, file), readFileSync(join(runDir, file)));
  }
  return `${changed.map(({ file, what }) => `${file}: ${what}`).join('\n')}\nThe files as they came out are in ${kept}`;
}
