import { isUtf8 } from 'node:buffer';
import type { Differences } from '../../../../verify/differences.js';
import { type Folder, sha256 } from '../../../../verify/folder.js';
import { isDay, isTime } from '../../../../verify/forms.js';
import type { Severity } from '../../../../verify/place-codes.js';
import { kindOf } from '../columns.js';
import { PART_NAMES } from '../parts.js';
import { type Reading, readLowered, readNotices, readReading } from './manifest-notices.js';
import { type Fields, MANIFEST, ManifestReader } from './manifest-reader.js';

export { MANIFEST } from './manifest-reader.js';

/** The version whose run folders have no notices, and don't say how a file was read. */
const FIRST_VERSION = '0.1.0';

/** The versions whose manifests name neither the digest of the program's sources nor the database. */
const WITHOUT_BUILD: readonly unknown[] = [FIRST_VERSION, '0.2.0'];

/** What every run folder holds besides from the next version on; others the manifest may list. */
const SINCE_NOTICES: readonly string[] = ['notices.csv', 'unsettled.csv'];

export interface ManifestInput {
  file: string;
  kind: string;
  sha256: string;
  rows: number;
  quarantined: number;
  /** How the file was read; undefined in a folder of the first version. */
  reading: Reading | undefined;
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
  /** Anchors have the agency of the day, not the closed one; undefined in a folder of a build that didn't tell. */
  transfer: boolean | undefined;
}

/** The manifest as the checks use it; what it lacks or says in another form is reported and stands here as nothing. */
export interface Manifest {
  runId: string;
  version: string;
  /** Of the program's sources; undefined in a folder of a version that didn't say it. */
  build: string | undefined;
  policyId: string;
  policySha256: string;
  /** Undefined where it isn't said: the policy says it, too. */
  programme: string | undefined;
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
  /** Lines of notices.csv by severity; undefined in a folder of the first version. */
  notices: Record<Severity, number> | undefined;
  /** Codes of notices whose severity the settings lower, in the manifest's order. */
  lowered: ReadonlyMap<string, Severity>;
}

/** The manifest's keys in their order; `has` tells which of those that not every manifest has this one does. */
function keysOf(has: Record<'programme' | 'restates' | 'notices' | 'severities' | 'database', boolean>): string[] {
  return [
    ...['run_id', 'program', 'policy', ...(has.programme ? ['programme'] : []), 'period', 'as_of'],
    ...[...(has.restates ? ['restates'] : []), 'inputs', 'outputs'],
    ...['accounting', 'totals', ...(has.notices ? ['notices'] : []), ...(has.severities ? ['severities'] : [])],
    ...['warnings', ...(has.database ? ['database'] : []), 'started_at', 'finished_at'],
  ];
}

const RESTATES = ['close_no', 'revision', 'policy_id', 'run_id', 'sha256', 'lines', 'delta'];
const ACCOUNTING = ['rows_read', 'settled', 'outside_period', 'superseded', 'collapsed', 'quarantined'];
const TOTALS = [
  ...['anchors', 'sessions', 'valid_sessions', 'watch_time_gross', 'cap_withheld', ...PART_NAMES],
  ...['forfeited', 'total'],
];

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

function readInput(reader: ManifestReader, value: unknown, i: number, isFirst: boolean): ManifestInput {
  const key = `inputs[${i}]`;
  const keys = ['file', 'kind', 'sha256', 'rows', 'quarantined'];
  const entry = reader.object(key, value, isFirst ? keys : [...keys, 'reading']);
  const file = reader.text(`${key}.file`, entry.file, (name) => kindOf(name) !== undefined, 'an export');
  const input = {
    file,
    kind: reader.text(`${key}.kind`, entry.kind, (kind) => kind === kindOf(file), kindOf(file) ?? 'a kind'),
    sha256: reader.digest(`${key}.sha256`, entry.sha256),
    rows: reader.count(`${key}.rows`, entry.rows),
    quarantined: reader.count(`${key}.quarantined`, entry.quarantined),
    reading: isFirst ? undefined : readReading(reader, `${key}.reading`, entry.reading, file),
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
  const tells = typeof value === 'object' && value !== null && 'transfer' in value;
  const entry = reader.object('restates', value, tells ? [...RESTATES, 'transfer'] : RESTATES);
  const { transfer } = entry;
  if (tells && typeof transfer !== 'boolean') reader.report('restates.transfer', transfer, 'true or false');
  const isName = (text: string): boolean => /^[^/\0]+$/.test(text) && !text.startsWith('.');
  return {
    closeNo: reader.count('restates.close_no', entry.close_no),
    revision: reader.count('restates.revision', entry.revision),
    policyId: reader.text('restates.policy_id', entry.policy_id, isName, 'the id of a policy'),
    runId: reader.text('restates.run_id', entry.run_id, isName, 'the id of a run'),
    sha256: reader.digest('restates.sha256', entry.sha256),
    lines: reader.count('restates.lines', entry.lines),
    delta: reader.text('restates.delta', entry.delta, (text) => /^-?\d+\.\d\d$/.test(text), 'an amount'),
    transfer: typeof transfer === 'boolean' ? transfer : undefined,
  };
}

/** A digest cut to some length. */
function isBuild(text: string): boolean {
  return /^[0-9a-f]{16,64}$/.test(text);
}

function readFields(reader: ManifestReader, value: unknown): { manifest: Manifest; fields: Fields } {
  const given = (key: string): boolean => typeof value === 'object' && value !== null && key in value;
  const version = Object(Object(value).program).version;
  const [isFirst, hasBuild] = [version === FIRST_VERSION, !WITHOUT_BUILD.includes(version)];
  const program = reader.object('program', Object(value).program, ['name', 'version', ...(hasBuild ? ['build'] : [])]);
  const [restates, severities] = [given('restates'), given('severities') && !isFirst];
  const programme = hasBuild && given('programme');
  const since = { programme, notices: !isFirst, database: hasBuild };
  const fields = reader.object('', value, keysOf({ restates, severities, ...since }));
  const policy = reader.object('policy', fields.policy, ['id', 'sha256']);
  const period = reader.object('period', fields.period, ['from', 'to']);
  const accounting = reader.object('accounting', fields.accounting, ACCOUNTING);
  reader.text('program.name', program.name, (name) => name === 'settlement', 'settlement');
  if (hasBuild) reader.text('database', fields.database, (name) => /^\S+ \S/.test(name), 'a database with its version');
  reader.list('warnings', fields.warnings).forEach((warning, i) => {
    reader.text(`warnings[${i}]`, warning, () => true, 'text');
  });
  const manifest: Manifest = {
    runId: reader.text('run_id', fields.run_id, () => true, 'text'),
    version: reader.text('program.version', program.version, (version) => version !== '', 'a version'),
    build: hasBuild ? reader.text('program.build', program.build, isBuild, 'a digest in hexadecimal') : undefined,
    policyId: reader.text('policy.id', policy.id, () => true, 'text'),
    policySha256: reader.digest('policy.sha256', policy.sha256),
    programme: programme ? reader.text('programme', fields.programme, () => true, 'text') : undefined,
    periodFrom: reader.text('period.from', period.from, isDay, 'a date'),
    periodTo: reader.text('period.to', period.to, isDay, 'a date'),
    asOf: reader.text('as_of', fields.as_of, isDay, 'a date'),
    restates: restates ? readRestates(reader, fields.restates) : undefined,
    inputs: reader.list('inputs', fields.inputs).map((input, i) => readInput(reader, input, i, isFirst)),
    outputs: reader.list('outputs', fields.outputs).map((output, i) => readOutput(reader, output, i)),
    accounting: Object.fromEntries(ACCOUNTING.map((key) => [key, reader.count(`accounting.${key}`, accounting[key])])),
    totals: reader.object('totals', fields.totals, TOTALS),
    notices: isFirst ? undefined : readNotices(reader, fields.notices),
    lowered: severities ? readLowered(reader, fields.severities) : new Map(),
  };
  return { manifest, fields };
}

/** Whether a run folder holds a file that those of the first version lack. */
export function holds({ version, inputs, outputs }: Manifest, file: string): boolean {
  if (version === FIRST_VERSION) return false;
  if (file === 'inputs/control.csv' && inputs.some(({ kind }) => kind === 'control')) return true;
  return SINCE_NOTICES.includes(file) || outputs.some((output) => output.file === file);
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
