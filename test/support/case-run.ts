import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { noticesOf, READER } from '../verify/notices-fixture.js';

/**
 * Builds the run folder that a case's expected figures belong to: a run made without the program, so that the
 * verification is tested against figures that neither implementation computed.
 */

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, '../..');
/** The cases' place, and the place beside the repository that they come from. */
export const CASES = [resolve(repository, 'test/cases'), resolve(repository, '../shared/cases')].find(existsSync) ?? '';

export const read = (path: string): string => readFileSync(path, 'utf8');
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const byteOrder = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export interface Input {
  file: string;
  kind: string;
  sha256: string;
  rows: number;
  quarantined: number;
  reading?: { created_by?: string; doubtful?: string; encoding?: string; int96?: string; reader: number };
}

export interface Manifest {
  run_id: string;
  program: { name: string; version: string; build?: string };
  policy: { id: string; sha256: string };
  period: { from: string; to: string };
  as_of: string;
  inputs: Input[];
  outputs: { file: string; sha256: string; rows: number }[];
  accounting: Record<string, number>;
  totals: Record<string, number | string>;
  notices?: { attention: number; info: number };
  severities?: Record<string, { severity: string; reason: string }>;
  warnings: string[];
  database?: string;
  started_at: string;
  finished_at: string;
}

/** The cases that end in a run folder. */
export function settlingCases(): string[] {
  return readdirSync(CASES).filter((name) => existsSync(join(CASES, name, 'expected', 'settlement.csv')));
}

export function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

export function fromCsv(text: string): string[][] {
  return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
}

/** The records of an export that are rows, each with the line on which it starts: one of blank cells is none. */
function rowsOf(text: string): { line: number; cells: string[] }[] {
  const records = parse(text, { bom: true, relax_column_count: true, raw: true }) as unknown as {
    record: string[];
    raw: string;
  }[];
  let line = 1;
  const rows = records.map(({ record: cells, raw }) => {
    const start = line;
    line += raw.split('\n').length - (raw.endsWith('\n') ? 1 : 0);
    return { line: start, cells };
  });
  return rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

const KINDS = ['sessions', 'anchors', 'penalties', 'scarcity', 'agencies'];
const COLUMNS: Record<string, [english: string, chinese: string][]> = {
  anchors: [
    ['anchor_id', '主播ID'],
    ['nickname', '主播昵称'],
    ['agency_id', '机构ID'],
    ['account_kind', '账号类型'],
    ['first_live_on', '首播日期'],
    ['newcomer_certified_on', '新咖认证日期'],
    ['person_id', '出镜主播ID'],
    ['compliance_code', '合规安全码'],
  ],
  penalties: [
    ['penalty_id', '处罚ID'],
    ['anchor_id', '主播ID'],
    ['agency_id', '机构ID'],
    ['session_id', '场次ID'],
    ['kind', '处罚类型'],
    ['penalized_at', '处罚时间'],
    ['status', '处罚状态'],
  ],
  scarcity: [
    ['track', '赛道'],
    ['effective_from', '生效日期'],
    ['scarcity_index', '内容稀缺度指数'],
  ],
};
const WORDS: Record<string, string> = {
  ...{
    内容型: 'content',
    绿码: 'green',
    黄码: 'yellow',
    红码: 'red',
    生效: 'upheld',
    撤销: 'revoked',
    录播: 'recorded',
  },
  ...{ 挂机: 'idle', 多开: 'multi_stream', 低俗色情: 'vulgar', 价值导向: 'off_value', 虚假交易: 'fake_trade' },
  ...{ 重复账号: 'duplicate_account', 机构聚集: 'agency_clustering' },
};

/** A date with all its digits. */
function day(text: string): string {
  return text.replaceAll('/', '-').replace(/-(\d)(?!\d)/g, '-0$1');
}

function beijing(time: string): string {
  const [, date = '', clock = '', zone] = /^(\S{10})[ T](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?$/.exec(time) ?? [];
  const full = `${day(date)}T${clock.length === 5 ? `${clock}:00` : clock}`;
  if (zone === undefined) return full.replace('T', ' ');
  const shifted = new Date(Date.parse(full + zone) + 8 * 3_600_000).toISOString();
  return shifted.slice(0, 19).replace('T', ' ');
}

/** A cell as a run folder's input shows it. */
function normalised(column: string, cell: string): string {
  const trimmed = cell.trim() === '\\N' ? '' : cell.trim();
  const text = WORDS[trimmed] ?? trimmed;
  if (column === 'compliance_code') return text || 'green';
  if (column === 'status') return text || 'upheld';
  if (column === 'penalized_at') return beijing(text);
  if (column === 'effective_from' || column.endsWith('_on')) return day(text);
  if (column === 'scarcity_index') return Number(text).toFixed(3);
  if (column === 'nickname' || column === 'track') return /^[=+\-@]/.test(text) ? `'${text}` : text;
  return text;
}

interface Export {
  file: string;
  kind: string;
  data: Buffer;
  encoding: string;
  /** The header and the records, each with the line on which it starts. */
  rows: { line: number; cells: string[] }[];
}

function readExports(folder: string): Export[] {
  const base = (file: string): string => file.replace(/\.csv(\.gz)?$/i, '');
  const kindOf = (file: string): string | undefined => KINDS.find((start) => file.toLowerCase().startsWith(start));
  const names = readdirSync(folder).filter((file) => /\.csv(\.gz)?$/i.test(file) && kindOf(file) !== undefined);
  names.sort((a, b) => byteOrder(base(a), base(b)) || byteOrder(a, b));
  return names.map((file) => {
    const data = readFileSync(join(folder, file));
    const bytes = /\.gz$/i.test(file) ? gunzipSync(data) : data;
    const encoding = isUtf8(bytes) ? 'utf-8' : 'gb18030';
    const text = new TextDecoder(encoding).decode(bytes);
    return { file, kind: kindOf(file) ?? '', data, encoding, rows: rowsOf(text) };
  });
}

/** The standing, sound rows of a kind: the later file's row of a key wins, rows that the case quarantines are left out. */
function standing(exports: Export[], kind: string, quarantined: ReadonlySet<string>): string[][] {
  const columns = COLUMNS[kind] ?? [];
  const found = new Map<string, string[]>();
  for (const { file, rows } of exports.filter((one) => one.kind === kind)) {
    const header = rows[0]?.cells.map((name) => name.trim()) ?? [];
    const places = columns.map(([english, chinese]) =>
      header.findIndex((name) => name === english || name === chinese),
    );
    const seen = new Set<string>();
    for (const { line, cells } of rows.slice(1)) {
      if (quarantined.has(`${file} ${line}`)) continue;
      const row = columns.map(([column], i) => normalised(column, cells[places[i] ?? -1] ?? ''));
      const key = kind === 'scarcity' ? `${row[0]} ${row[1]}` : (row[0] ?? '');
      if (seen.has(key)) continue;
      seen.add(key);
      found.set(key, [...row, file, String(line)]);
    }
  }
  return [...found.entries()].sort(([a], [b]) => byteOrder(a, b)).map(([, row]) => row);
}

function inputFiles(exports: Export[], expected: string, asOf: string): Record<string, string> {
  const quarantined = new Set(
    fromCsv(read(join(expected, 'quarantine.csv')))
      .slice(1)
      .map(([file, line]) => `${file} ${line}`),
  );
  const settlement = fromCsv(read(join(expected, 'settlement.csv'))).slice(1);
  const settled = new Set(settlement.map((row) => row[2]));
  const agencies = new Set(settlement.map((row) => row[4]).filter((agency) => agency !== ''));
  const rows: Record<string, string[][]> = {
    anchors: standing(exports, 'anchors', quarantined).filter((row) => settled.has(row[0])),
    penalties: standing(exports, 'penalties', quarantined).filter((row) => settled.has(row[1]) || agencies.has(row[2])),
    scarcity: standing(exports, 'scarcity', quarantined).filter((row) => (row[1] ?? '') <= asOf),
  };
  return Object.fromEntries(
    Object.entries(rows).map(([kind, body]) => {
      const header = [...(COLUMNS[kind] ?? []).map(([english]) => english), 'source_file', 'source_line'];
      return [`inputs/${kind}.csv`, toCsv([header, ...body])];
    }),
  );
}

/** The case's statements with the column that the case leaves open. */
function copyStatements(expected: string, run: string): void {
  const from = join(expected, 'anchors');
  if (!existsSync(from)) return;
  cpSync(from, join(run, 'anchors'), { recursive: true });
  for (const path of statementPaths(run)) {
    const rows = fromCsv(read(join(run, path)));
    const noted = rows.map((row, i) => [
      ...row,
      i === 0 ? 'note' : row[0] === 'day' ? '' : `why "${row[0]}", in words`,
    ]);
    writeFileSync(join(run, path), toCsv(noted));
  }
}

export function statementPaths(run: string): string[] {
  if (!existsSync(join(run, 'anchors'))) return [];
  const names = readdirSync(join(run, 'anchors'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.csv')).map((name) => `anchors/${name}`);
}

/** What the first version's folders lack: how files were read, and notices. */
const FIRST_VERSION = '0.1.0';
/** The versions whose manifests name neither the digest of the program nor the database. */
const WITHOUT_BUILD = [FIRST_VERSION, '0.2.0'];

export interface RunOptions {
  statements?: boolean;
  version?: string;
}

const UNSETTLED = ['file', 'line', 'session_id', 'anchor_id', 'agency_id', 'ended_at', 'codes', 'needs'];

/** A line for each quarantined row of sessions: its distinct codes, sorted, and of its cells those that can be read. */
function unsettledOf(quarantine: string[][], files: ReadonlySet<string>): string[][] {
  const rows = new Map<string, { codes: Set<string>; session: string; anchor: string }>();
  for (const [file = '', line = '', column = '', code = '', value = ''] of quarantine.slice(1)) {
    if (!files.has(file)) continue;
    const row = rows.get(`${file} ${line}`) ?? { codes: new Set(), session: '', anchor: '' };
    rows.set(`${file} ${line}`, row);
    row.codes.add(code);
    if (code === 'conflicting_duplicate' && column === 'session_id') row.session = value;
    if (code === 'unknown_anchor' && column === 'anchor_id') row.anchor = value;
  }
  const lines = [...rows].map(([place, { codes, session, anchor }]) => {
    const at = place.lastIndexOf(' ');
    const sorted = [...codes].sort(byteOrder).join(';');
    return [place.slice(0, at), place.slice(at + 1), session, anchor, '', '', sorted, ''];
  });
  return [UNSETTLED, ...lines];
}

/** Makes a run folder of a case in a new place; the caller removes it. */
export function buildRun(name: string, options: RunOptions = {}): string {
  const from = join(CASES, name);
  const expected = join(from, 'expected');
  const run = mkdtempSync(join(tmpdir(), 'verify-'));
  mkdirSync(join(run, 'inputs'));
  const policyText = read(join(from, 'policy.json'));
  const policy = JSON.parse(policyText) as { id: string; period: { from: string; to: string } };
  const args = read(join(from, 'args')).split('\n');
  const asOf = args.includes('--as-of') ? (args[args.indexOf('--as-of') + 1] ?? '') : policy.period.to;
  writeFileSync(join(run, 'policy.yaml'), policyText);
  for (const file of ['settlement.csv', 'days.csv', 'sessions.csv']) cpSync(join(expected, file), join(run, file));
  const faults = fromCsv(read(join(expected, 'quarantine.csv')));
  const told = faults.map((row, i) => [...row, i === 0 ? 'message' : `what is wrong: ${row[3]}`]);
  writeFileSync(join(run, 'quarantine.csv'), toCsv(told));
  if (options.statements ?? true) copyStatements(expected, run);
  const exports = readExports(join(from, 'input'));
  const sessionFiles = new Set(exports.filter(({ kind }) => kind === 'sessions').map(({ file }) => file));
  const isFirst = options.version === FIRST_VERSION;
  if (!isFirst) writeFileSync(join(run, 'unsettled.csv'), toCsv(unsettledOf(faults, sessionFiles)));
  for (const [file, text] of Object.entries(inputFiles(exports, expected, asOf))) writeFileSync(join(run, file), text);
  const { version = '0.3.0' } = options;
  const hasBuild = !WITHOUT_BUILD.includes(version);
  const manifest: Manifest = {
    run_id: '',
    program: { name: 'settlement', version, ...(hasBuild ? { build: '0123456789abcdef' } : {}) },
    policy: { id: policy.id, sha256: '' },
    period: { from: policy.period.from, to: policy.period.to },
    as_of: asOf,
    inputs: exports.map(({ file, kind, data, encoding, rows }) => {
      const lines = faults.filter((row) => row[0] === file).map((row) => row[1]);
      const input = { file, kind, sha256: sha256(data), rows: rows.length - 1, quarantined: new Set(lines).size };
      return version === FIRST_VERSION ? input : { ...input, reading: { encoding, reader: READER } };
    }),
    outputs: [],
    accounting: JSON.parse(read(join(expected, 'accounting.json'))) as Record<string, number>,
    totals: JSON.parse(read(join(expected, 'totals.json'))) as Record<string, number | string>,
    ...(version === FIRST_VERSION ? {} : { notices: { attention: 0, info: 0 } }),
    warnings: ['the scarcity table is "old"'],
    ...(hasBuild ? { database: 'DuckDB 1.5.6' } : {}),
    started_at: '2023-12-01 09:00:00',
    finished_at: '2023-12-01 09:00:01.000000',
  };
  if (manifest.notices !== undefined) writeFileSync(join(run, 'notices.csv'), toCsv(noticesOf(run, manifest)));
  sealRun(run, manifest, options.statements ?? true);
  return run;
}

/** Changes the manifest, and writes the notices that belong to the folder as it is then. */
export function noticeAgain(run: string, change: (manifest: Manifest) => void = () => undefined): void {
  const manifest = readManifest(run);
  change(manifest);
  writeFileSync(join(run, 'notices.csv'), toCsv(noticesOf(run, manifest)));
  sealRun(run, manifest);
}

export function readManifest(run: string): Manifest {
  return JSON.parse(read(join(run, 'manifest.json'))) as Manifest;
}

/** Writes the manifest with the hashes, counts, id and seal that belong to the folder's files as they are. */
export function sealRun(run: string, manifest = readManifest(run), statements = hadStatements(manifest)): void {
  const files = ['days.csv', 'inputs/anchors.csv', 'inputs/penalties.csv', 'inputs/scarcity.csv'];
  const later = ['notices.csv', 'quarantine.csv', 'sessions.csv', 'settlement.csv', 'unsettled.csv'];
  manifest.outputs = [];
  if (statements) {
    const paths = statementPaths(run).sort(byteOrder);
    const lines = paths.map((path) => `${sha256(readFileSync(join(run, path)))}  ${path}\n`);
    manifest.outputs.push({ file: 'anchors/', sha256: sha256(lines.join('')), rows: paths.length });
  }
  const named = ['inputs/agencies.csv', 'inputs/control.csv', 'inputs/ineligible.csv', ...later].filter((name) =>
    existsSync(join(run, name)),
  );
  for (const file of [...files, ...named].sort(byteOrder)) {
    const data = readFileSync(join(run, file));
    manifest.outputs.push({ file, sha256: sha256(data), rows: fromCsv(data.toString()).length - 1 });
  }
  const notices = manifest.notices === undefined ? [] : fromCsv(read(join(run, 'notices.csv'))).slice(1);
  for (const severity of manifest.notices === undefined ? [] : (['attention', 'info'] as const))
    Object.assign(manifest.notices ?? {}, { [severity]: notices.filter((row) => row[1] === severity).length });
  manifest.policy.sha256 = sha256(readFileSync(join(run, 'policy.yaml')));
  const lines = [
    `program ${manifest.program.version}`,
    ...(manifest.program.build === undefined ? [] : [`build ${manifest.program.build}`]),
    `policy ${manifest.policy.sha256}`,
    `as_of ${manifest.as_of}`,
    `statements ${statements ? 'yes' : 'no'}`,
    ...manifest.inputs.flatMap((input) => inputLines(input, notices)),
    ...Object.entries(manifest.severities ?? {}).map(([code, { severity }]) => `severity ${severity} ${code}`),
  ];
  manifest.run_id = `${manifest.as_of}-${sha256(`${lines.join('\n')}\n`).slice(0, 16)}`;
  writeSealed(run, manifest);
}

/** What a run id derives from of one input. */
function inputLines({ file, sha256: hash, reading }: Input, notices: string[][]): string[] {
  const shrank = notices.filter(([code, , name]) => code === 'file_shrank' && name === file);
  const read = reading === undefined ? '' : `${JSON.stringify(reading)} `;
  return [`input ${hash} ${read}${file}`, ...shrank.map(([, , , , count]) => `shrank ${count} ${file}`)];
}

function hadStatements(manifest: Manifest): boolean {
  return manifest.outputs.some(({ file }) => file === 'anchors/');
}

/** Writes the manifest with its seal, and nothing else made to fit. */
export function writeSealed(run: string, manifest: Manifest): void {
  const text = (digits: string): string => {
    const finished_at = manifest.finished_at.replace(/\d{6}$/, digits);
    return `${JSON.stringify({ ...manifest, finished_at }, null, 2)}\n`;
  };
  const seal = (BigInt(`0x${sha256(text('000000')).slice(0, 16)}`) % 1_000_000n).toString().padStart(6, '0');
  writeFileSync(join(run, 'manifest.json'), text(seal));
}

export function remove(run: string): void {
  rmSync(run, { recursive: true, force: true });
}
