import { parse as parseYaml } from 'yaml';
import { readRecords, recordText } from '../csv.js';
import type { Differences } from '../differences.js';
import { Folder, sha256 } from '../folder.js';
import { byteOrder } from '../forms.js';
import { otherNotices, type SeenFiles } from './file-notices.js';

/** Run folders that hold lists alone: what every second implementation of such a programme asks of a folder, whatever it judges. */

/** A file of the folder, with the header that it must have. */
export interface ListFile {
  file: string;
  header: string;
}

export interface ListManifest {
  run_id: string;
  policy: { id: string; sha256: string };
  period: { from: string; to: string };
  as_of: string;
  inputs: SeenFiles['inputs'];
  severities?: SeenFiles['severities'];
  outputs: { file: string; sha256: string; rows: number }[];
  accounting: Record<string, number>;
  totals: Record<string, string | number>;
  notices: { attention: number; info: number };
  finished_at: string;
}

export interface OpenedLists {
  manifest: ListManifest;
  /** The policy as it is written. */
  policy: unknown;
  /** Each file's rows, without the header; of notices those of the programme's own codes. */
  rows: (file: string) => readonly (readonly string[])[];
}

const MANIFEST = 'manifest.json';
const POLICY = 'policy.yaml';
/** Files that every run has, besides a programme's own. */
const COMMON: readonly ListFile[] = [
  { file: 'notices.csv', header: 'code,severity,file,subject,count,value,message' },
  { file: 'quarantine.csv', header: 'file,line,column,code,value,message' },
];

/** Opens a folder and holds its files against its manifest; undefined where manifest or policy can't be read. */
export function openLists(
  runDir: string,
  files: readonly ListFile[],
  differences: Differences,
): OpenedLists | undefined {
  const folder = new Folder(runDir, differences);
  const manifest = manifestOf(folder.whole(MANIFEST), differences);
  const bytes = folder.whole(POLICY);
  if (manifest === undefined || bytes === undefined) return undefined;
  differences.compare(POLICY, '', 'sha256', sha256(bytes), manifest.policy.sha256);
  const read = new Map<string, readonly (readonly string[])[]>();
  for (const { file, header } of [...files, ...COMMON]) {
    const data = folder.whole(file);
    if (data === undefined) continue;
    const rows = rowsOf(file, header, data.toString('utf8'), differences);
    read.set(file, rows);
    const said = manifest.outputs.find((output) => output.file === file);
    differences.compare(MANIFEST, file, 'sha256', said?.sha256 ?? 'nothing', sha256(data));
    differences.compare(MANIFEST, file, 'rows', String(said?.rows ?? 'nothing'), String(rows.length));
  }
  for (const { file } of manifest.outputs)
    if (!read.has(file)) differences.add(MANIFEST, file, '', 'an output', 'no such file');
  folder.reportExcess();
  const policy = policyOf(bytes, differences);
  if (policy === undefined) return undefined;
  const rows = (file: string): readonly (readonly string[])[] => read.get(file) ?? [];
  checkCounts(manifest, rows, differences);
  read.set('notices.csv', otherNotices(rows('notices.csv'), manifest, differences));
  return { manifest, policy, rows };
}

function manifestOf(data: Buffer | undefined, differences: Differences): ListManifest | undefined {
  if (data === undefined) return undefined;
  const text = data.toString('utf8');
  try {
    const manifest = JSON.parse(text) as ListManifest;
    const [bare = '', digits = ''] = manifest.finished_at.split('.');
    const unsealed = `${JSON.stringify({ ...manifest, finished_at: `${bare}.000000` }, null, 2)}\n`;
    const seal = (BigInt(`0x${sha256(unsealed).slice(0, 16)}`) % 1_000_000n).toString().padStart(6, '0');
    differences.compare(MANIFEST, 'finished_at', '', digits, seal);
    const whole = [manifest.inputs, manifest.outputs].every(Array.isArray) && manifest.policy.sha256 && manifest.totals;
    if (!whole || !manifest.period.from || !manifest.accounting || !manifest.notices)
      throw new TypeError('parts are missing');
    return manifest;
  } catch (error) {
    differences.add(MANIFEST, '', '', String(error), 'a manifest that can be read');
    return undefined;
  }
}

function policyOf(bytes: Buffer, differences: Differences): unknown {
  try {
    return parseYaml(bytes.toString('utf8'));
  } catch (error) {
    differences.add(POLICY, '', '', String(error), 'a policy that can be read');
    return undefined;
  }
}

/** Records in the contract's one form of CSV; every other form is a difference. */
function rowsOf(file: string, header: string, text: string, differences: Differences): string[][] {
  const { records, fault } = readRecords(text);
  if (fault !== undefined) differences.add(file, '', '', fault, 'quotes around whole cells');
  const [head, ...rest] = records;
  differences.compare(file, 'line 1', '', head === undefined ? '' : recordText(head.record), header);
  const width = header.split(',').length;
  return rest.flatMap(({ record, raw }, at) => {
    differences.compare(file, `row ${at + 1}`, '', raw, `${recordText(record)}\n`);
    if (record.length === width) return [record];
    differences.add(file, `row ${at + 1}`, '', `${record.length} cells`, `${width} cells`);
    return [];
  });
}

/** What the manifest counts of rows that were left out, of rows that were read, and of notices. */
function checkCounts(
  { inputs, accounting, notices }: ListManifest,
  rows: OpenedLists['rows'],
  differences: Differences,
): void {
  const lines = new Set(rows('quarantine.csv').map(([file = '', line = '']) => `${line} ${file}`));
  for (const { file, quarantined } of inputs) {
    const found = [...lines].filter((key) => key.slice(key.indexOf(' ') + 1) === file).length;
    differences.compare(MANIFEST, file, 'quarantined', String(quarantined), String(found));
  }
  const { rows_read = 0, ...became } = accounting;
  const sum = Object.values(became).reduce((all, each) => all + each, 0);
  differences.compare(MANIFEST, 'accounting', 'rows_read', String(rows_read), String(sum));
  differences.compare(MANIFEST, 'accounting', 'quarantined', String(accounting.quarantined), String(lines.size));
  for (const severity of ['attention', 'info'] as const) {
    const found = rows('notices.csv').filter(([, said]) => said === severity).length;
    differences.compare(MANIFEST, 'notices', severity, String(notices[severity]), String(found));
  }
}

/** Holds a list against what it must be, row by row; `key` says how many cells in front name a row. */
export function compareList(
  file: string,
  { header, key }: { header: string; key: number },
  found: readonly (readonly string[])[],
  expected: readonly (readonly string[])[],
  differences: Differences,
  clause: (column: string) => string,
): void {
  const columns = header.split(',');
  const nameOf = (row: readonly string[]): string => row.slice(0, key).join(' ');
  const at = new Map(expected.map((row) => [nameOf(row), row]));
  for (const row of found) {
    const due = at.get(nameOf(row));
    if (due === undefined) {
      differences.add(file, nameOf(row), '', 'a row', 'no row, or only one');
      continue;
    }
    at.delete(nameOf(row));
    for (const [place, column] of columns.entries())
      differences.compare(file, nameOf(row), column, row[place] ?? '', due[place] ?? '', clause(column));
  }
  for (const name of at.keys()) differences.add(file, name, '', 'no row', 'a row');
  const order = found.map(nameOf).join('\n');
  if (at.size === 0 && found.length === expected.length)
    differences.compare(file, '', '', order, expected.map(nameOf).join('\n'));
}

/** That the rows of an input stand once each, in the order of their first cell. */
export function checkSorted(file: string, rows: readonly (readonly string[])[], differences: Differences): void {
  for (const [at, [id = '']] of rows.entries()) {
    const before = rows[at - 1]?.[0];
    if (before !== undefined && byteOrder(before, id) >= 0)
      differences.add(file, id, '', before, 'each key once, sorted');
  }
}

/** What the manifest counts, held against what was found. */
export function compareTotals(
  manifest: ListManifest,
  expected: Readonly<Record<string, number>>,
  differences: Differences,
): void {
  const names = new Set([...Object.keys(manifest.totals), ...Object.keys(expected)]);
  for (const name of names)
    differences.compare(
      MANIFEST,
      'totals',
      name,
      String(manifest.totals[name] ?? 'nothing'),
      String(expected[name] ?? 'nothing'),
    );
}
