import { isUtf8 } from 'node:buffer';
import { kindOf } from './columns.js';
import type { Differences } from './differences.js';
import { type Folder, sha256 } from './folder.js';
import { isDay, isTime } from './forms.js';

export const MANIFEST = 'manifest.json';

export interface ManifestInput {
  file: string;
  kind: string;
  sha256: string;
  rows: number;
  quarantined: number;
}

export interface ManifestOutput {
  file: string;
  sha256: string;
  rows: number;
}

/** The close that a run restates, and what its adjustments come to. */
export interface Restates {
  closeNo: number;
  revision: number;
  policyId: string;
  runId: string;
  sha256: string;
  lines: number;
  /** CNY, as text; it may be negative. */
  delta: string;
}

/** The manifest as the checks use it; what it lacks or says in another form is reported and stands here as nothing. */
export interface Manifest {
  runId: string;
  version: string;
  policyId: string;
  policySha256: string;
  periodFrom: string;
  periodTo: string;
  asOf: string;
  /** Absent where the period wasn't closed before. */
  restates: Restates | undefined;
  inputs: ManifestInput[];
  outputs: ManifestOutput[];
  accounting: Record<string, number>;
  /** Money as text, counts as numbers: as published. */
  totals: Record<string, unknown>;
}

const KEYS = [
  ...['run_id', 'program', 'policy', 'period', 'as_of', 'inputs', 'outputs', 'accounting', 'totals', 'warnings'],
  ...['started_at', 'finished_at'],
];
const RESTATED_KEYS = KEYS.flatMap((key) => (key === 'as_of' ? [key, 'restates'] : [key]));
const RESTATES = ['close_no', 'revision', 'policy_id', 'run_id', 'sha256', 'lines', 'delta'];
const ACCOUNTING = ['rows_read', 'settled', 'outside_period', 'superseded', 'collapsed', 'quarantined'];
const TOTALS = [
  ...['anchors', 'sessions', 'valid_sessions', 'watch_time_gross', 'cap_withheld', 'watch_time', 'attendance_bonus'],
  ...['newcomer_bonus', 'forfeited', 'total'],
];

type Fields = Record<string, unknown>;

/** Reads unknown values of the manifest; each has one right form. */
class ManifestReader {
  constructor(private readonly differences: Differences) {}

  report(key: string, found: unknown, expected: string): void {
    const text = found === undefined ? 'nothing' : (JSON.stringify(found) ?? String(found));
    this.differences.add(MANIFEST, key, '', text, expected);
  }

  /** An object with exactly these keys in this order. */
  object(key: string, value: unknown, keys: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report(key, value, `an object of ${keys.join(', ')}`);
      return {};
    }
    const found = Object.keys(value);
    if (found.join(' ') !== keys.join(' ')) this.report(key, found.join(', '), keys.join(', '));
    return { ...value };
  }

  list(key: string, value: unknown): unknown[] {
    if (Array.isArray(value)) return value;
    this.report(key, value, 'a list');
    return [];
  }

  text(key: string, value: unknown, sound: (text: string) => boolean, expected: string): string {
    if (typeof value === 'string' && sound(value)) return value;
    this.report(key, value, expected);
    return typeof value === 'string' ? value : '';
  }

  count(key: string, value: unknown): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    this.report(key, value, 'a count');
    return 0;
  }

  digest(key: string, value: unknown): string {
    return this.text(key, value, (text) => /^[0-9a-f]{64}$/.test(text), 'a sha256 in hexadecimal');
  }
}

/**
 * The two times, and the seal in the second: its six digits after the point are a digest of the manifest with zeros in
 * their place, so that any changed byte of the manifest is found, and two runs differ in nothing but the times.
 */
function checkTimes(text: string, manifest: Fields, reader: ManifestReader): void {
  const started = reader.text('started_at', manifest.started_at, isTime, 'a time');
  const isSealed = (time: string): boolean => isTime(time.slice(0, 19)) && /^\.\d{6}$/.test(time.slice(19));
  const finished = reader.text('finished_at', manifest.finished_at, isSealed, 'a time with six decimals');
  if (finished.slice(0, 19) < started) reader.report('finished_at', finished, `not before ${started}`);
  const place = /\.(\d{6})"\n\}\n$/.exec(text);
  if (place === null) return;
  const at = place.index + 1;
  const unsealed = `${text.slice(0, at)}000000${text.slice(at + 6)}`;
  const seal = (BigInt(`0x${sha256(unsealed).slice(0, 16)}`) % 1_000_000n).toString().padStart(6, '0');
  if (place[1] !== seal) reader.report('finished_at', place[1], `the seal of this manifest, ${seal}`);
}

function readInput(reader: ManifestReader, value: unknown, i: number): ManifestInput {
  const key = `inputs[${i}]`;
  const entry = reader.object(key, value, ['file', 'kind', 'sha256', 'rows', 'quarantined']);
  const file = reader.text(`${key}.file`, entry.file, (name) => kindOf(name) !== undefined, 'an export');
  const input = {
    file,
    kind: reader.text(`${key}.kind`, entry.kind, (kind) => kind === kindOf(file), kindOf(file) ?? 'a kind'),
    sha256: reader.digest(`${key}.sha256`, entry.sha256),
    rows: reader.count(`${key}.rows`, entry.rows),
    quarantined: reader.count(`${key}.quarantined`, entry.quarantined),
  };
  if (input.quarantined > input.rows) reader.report(`${key}.quarantined`, input.quarantined, `at most ${input.rows}`);
  return input;
}

function readOutput(reader: ManifestReader, value: unknown, i: number): ManifestOutput {
  const key = `outputs[${i}]`;
  const entry = reader.object(key, value, ['file', 'sha256', 'rows']);
  return {
    file: reader.text(`${key}.file`, entry.file, (name) => name !== '', 'a file'),
    sha256: reader.digest(`${key}.sha256`, entry.sha256),
    rows: reader.count(`${key}.rows`, entry.rows),
  };
}

function readRestates(reader: ManifestReader, value: unknown): Restates {
  const entry = reader.object('restates', value, RESTATES);
  const isName = (text: string): boolean => /^[^/\0]+$/.test(text) && !text.startsWith('.');
  return {
    closeNo: reader.count('restates.close_no', entry.close_no),
    revision: reader.count('restates.revision', entry.revision),
    policyId: reader.text('restates.policy_id', entry.policy_id, isName, 'the id of a policy'),
    runId: reader.text('restates.run_id', entry.run_id, isName, 'the id of a run'),
    sha256: reader.digest('restates.sha256', entry.sha256),
    lines: reader.count('restates.lines', entry.lines),
    delta: reader.text('restates.delta', entry.delta, (text) => /^-?\d+\.\d\d$/.test(text), 'an amount'),
  };
}

function readFields(reader: ManifestReader, value: unknown): { manifest: Manifest; fields: Fields } {
  const restated = typeof value === 'object' && value !== null && 'restates' in value;
  const fields = reader.object('', value, restated ? RESTATED_KEYS : KEYS);
  const program = reader.object('program', fields.program, ['name', 'version']);
  const policy = reader.object('policy', fields.policy, ['id', 'sha256']);
  const period = reader.object('period', fields.period, ['from', 'to']);
  const accounting = reader.object('accounting', fields.accounting, ACCOUNTING);
  reader.text('program.name', program.name, (name) => name === 'settlement', 'settlement');
  reader.list('warnings', fields.warnings).forEach((warning, i) => {
    reader.text(`warnings[${i}]`, warning, () => true, 'text');
  });
  const manifest: Manifest = {
    runId: reader.text('run_id', fields.run_id, () => true, 'text'),
    version: reader.text('program.version', program.version, (version) => version !== '', 'a version'),
    policyId: reader.text('policy.id', policy.id, () => true, 'text'),
    policySha256: reader.digest('policy.sha256', policy.sha256),
    periodFrom: reader.text('period.from', period.from, isDay, 'a date'),
    periodTo: reader.text('period.to', period.to, isDay, 'a date'),
    asOf: reader.text('as_of', fields.as_of, isDay, 'a date'),
    restates: restated ? readRestates(reader, fields.restates) : undefined,
    inputs: reader.list('inputs', fields.inputs).map((input, i) => readInput(reader, input, i)),
    outputs: reader.list('outputs', fields.outputs).map((output, i) => readOutput(reader, output, i)),
    accounting: Object.fromEntries(ACCOUNTING.map((key) => [key, reader.count(`accounting.${key}`, accounting[key])])),
    totals: reader.object('totals', fields.totals, TOTALS),
  };
  return { manifest, fields };
}

/** Reads manifest.json and checks what it must be by itself: its form, its keys and its seal; undefined without one. */
export function readManifest(folder: Folder, differences: Differences): Manifest | undefined {
  const data = folder.whole(MANIFEST);
  if (data === undefined) return undefined;
  const reader = new ManifestReader(differences);
  if (!isUtf8(data)) reader.report('', 'bytes that are not UTF-8', 'UTF-8');
  const text = data.toString('utf8');
  let value: unknown;
  let oneForm: string;
  try {
    value = JSON.parse(text);
    oneForm = `${JSON.stringify(value, null, 2)}\n`;
  } catch (error) {
    reader.report('', String(error), 'JSON');
    return undefined;
  }
  if (oneForm !== text) reader.report('', 'other spaces, or another order of keys', 'JSON as settle run writes it');
  const { manifest, fields } = readFields(reader, value);
  checkTimes(text, fields, reader);
  return manifest;
}
