import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SettleError } from '../core/errors.js';
import { type Difference, Differences } from './differences.js';
import { checkKeptDisputes, DISPUTES } from './dispute/check-kept.js';
import { sha256 } from './folder.js';
import { byteOrder, isTime } from './forms.js';
import { checkReview } from './payments/check-review.js';
import { verifyBatch } from './payments/verify-batch.js';
import { isOfThePlace, SEVERITIES } from './place-codes.js';
import { fileRows } from './reading/file-rows.js';
import type { VerifyOptions, VerifyReport, VerifyRun } from './report.js';

/** An output folder as a whole: every run, the chain of all closes, and what stands beside the runs. */

/** A run folder's report, and where it lies. */
export interface RunReport extends VerifyReport {
  /** Below the output folder: `<policy id>/<run id>`. */
  run: string;
  closed: boolean;
}

export interface PlaceReport {
  runs: RunReport[];
  closes: number;
  batches: number;
  disputes: number;
  /** Of what belongs to no one run: the chain of closes, and the files beside the runs. */
  differences: Difference[];
  /** All differences, of the runs too. */
  count: number;
}

const MANIFEST = 'manifest.json';
const CLOSE = 'close.json';
/** Beside the runs. */
const PLACE_HEADER = 'code,severity,file,subject,count,value,message';
const PLACE_FILE = 'notices-place.csv';
const ACCEPTED = 'accepted.json';
/** What was paid, programme by programme. */
const PAYMENTS = '_payments';

type Fields = Record<string, unknown>;

/** A `close.json` as it lies in a run folder. */
interface Close {
  run: string;
  sha256: string;
  fields: Fields;
}

/** Verifies all of it; `onRun` is called with each run's report as it is made. Only what is no folder is refused. */
export async function verifyPlace(
  out: string,
  verifyRun: VerifyRun,
  options: VerifyOptions & { onRun?: (run: RunReport) => void } = {},
): Promise<PlaceReport> {
  if (!statSync(out, { throwIfNoEntry: false })?.isDirectory()) {
    throw new SettleError('usage', `${out} is not a folder of run folders`, {
      file: out,
      mend: 'Give the folder that --out of settle run named: settle verify --all --out DIR',
    });
  }
  const most = options.most ?? 100;
  const differences = new Differences(most);
  const policies = foldersIn(out, '', differences).filter((name) => name !== PAYMENTS && name !== DISPUTES);
  const names = policies.flatMap((policy) => foldersIn(out, policy, differences).map((run) => `${policy}/${run}`));
  const runs: RunReport[] = [];
  for (const run of names) {
    const report = await verifyOne(verifyRun, out, run, { ...options, most });
    runs.push(report);
    options.onRun?.(report);
  }
  const closes = names.flatMap((run) => closeIn(out, run));
  checkNumbers(closes, differences);
  for (const run of names) checkRestated(out, run, closes, differences);
  await checkPlaceFile(out, differences);
  checkAccepted(out, differences);
  const batches = checkPaid(out, closes, differences);
  const disputes = checkKeptDisputes(
    out,
    closes.map(({ fields }) => fields),
    differences,
  );
  const count = runs.reduce((sum, report) => sum + report.count, differences.count);
  return { runs, closes: closes.length, batches, disputes, differences: differences.list, count };
}

/** Folders in byte order, without those that are being written; what is neither a file nor a folder is a difference. */
function foldersIn(out: string, below: string, differences: Differences): string[] {
  const entries = readdirSync(join(out, below), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  for (const entry of entries) {
    if (entry.isFile() || entry.isDirectory()) continue;
    differences.add(join(below, entry.name), '', '', 'neither a file nor a folder', 'files and folders only');
  }
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort(byteOrder);
}

async function verifyOne(verifyRun: VerifyRun, out: string, run: string, options: VerifyOptions): Promise<RunReport> {
  const dir = join(out, run);
  const closed = existsSync(join(dir, CLOSE));
  try {
    return { run, closed, ...(await verifyRun(dir, options)) };
  } catch (error) {
    if (!(error instanceof SettleError)) throw error;
    const difference = { file: MANIFEST, key: '', column: '', found: 'no run folder', expected: 'a run folder' };
    return { run, closed, run_id: '', anchors: 0, sessions: 0, statements: 0, differences: [difference], count: 1 };
  }
}

/** Its form is looked at with the run; what can't be read has no place in the chain. */
function closeIn(out: string, run: string): Close[] {
  const path = join(out, run, CLOSE);
  if (!existsSync(path)) return [];
  const data = readFileSync(path);
  return [{ run, sha256: sha256(data), fields: fieldsOf(data) ?? {} }];
}

/** Closes are numbered from 1 and each number stands once; that each holds the one before is looked at with its run. */
function checkNumbers(closes: readonly Close[], differences: Differences): void {
  const numbers = new Map<unknown, Close[]>();
  for (const close of closes)
    numbers.set(close.fields.close_no, [...(numbers.get(close.fields.close_no) ?? []), close]);
  for (let number = 1; number <= closes.length; number += 1) {
    const found = numbers.get(number) ?? [];
    const runs = found.map(({ run }) => run).join(', ');
    if (found.length !== 1)
      differences.add(CLOSE, `close_no ${number}`, '', runs === '' ? 'no close' : runs, 'one close');
  }
}

/** A restatement adjusts a close that is there, and lies in the run folder that it names. */
function checkRestated(out: string, run: string, closes: readonly Close[], differences: Differences): void {
  const path = join(out, run, MANIFEST);
  const restates = existsSync(path) ? fieldsOf(readFileSync(path))?.restates : undefined;
  if (typeof restates !== 'object' || restates === null) return;
  const { policy_id, run_id, sha256: expected } = restates as Fields;
  const place = `${policy_id}/${run_id}`;
  const found = closes.find((close) => close.run === place);
  if (found?.sha256 === expected) return;
  differences.add(`${run}/${MANIFEST}`, 'restates', place, found?.sha256 ?? 'no close', String(expected));
}

async function checkPlaceFile(out: string, differences: Differences): Promise<void> {
  const path = join(out, PLACE_FILE);
  if (!existsSync(path)) return;
  const columns = PLACE_HEADER.split(',');
  const [code, severity] = ['code', 'severity'].map((name) => columns.indexOf(name)) as [number, number];
  const rows = fileRows(path, PLACE_FILE, PLACE_HEADER, differences);
  for (let row = rows.next(); row !== undefined; row = rows.next()) {
    const key = `line ${rows.rows + 1}`;
    if (!isOfThePlace(row[code] ?? ''))
      differences.add(PLACE_FILE, key, 'code', row[code] ?? '', 'a code of the place');
    if (!SEVERITIES.some((each) => each === row[severity]))
      differences.add(PLACE_FILE, key, 'severity', row[severity] ?? '', SEVERITIES.join(' or '));
  }
  rows.finish();
}

/** Every batch of every programme, and the reviews of closes. Gives how many batches there are. */
function checkPaid(out: string, closes: readonly Close[], differences: Differences): number {
  if (!existsSync(join(out, PAYMENTS))) return 0;
  const all = foldersIn(out, PAYMENTS, differences).flatMap((programme) =>
    foldersIn(out, join(PAYMENTS, programme), differences)
      .filter((name) => name !== 'reviews' && name !== 'losses')
      .map((name) => join(PAYMENTS, programme, name)),
  );
  for (const batch of all) {
    try {
      for (const { file, key, column, found, expected } of verifyBatch(join(out, batch)).differences)
        differences.add(`${batch}/${file}`, key, column, found, expected);
    } catch (error) {
      if (!(error instanceof SettleError)) throw error;
      differences.add(batch, '', '', 'no batch', 'a batch of payments');
    }
  }
  checkCloseReviews(out, closes, differences);
  return all.length;
}

/** A review of a close is of one that is there, and another person's than who closed it. */
function checkCloseReviews(out: string, closes: readonly Close[], differences: Differences): void {
  for (const programme of foldersIn(out, PAYMENTS, differences)) {
    const folder = join(PAYMENTS, programme, 'reviews');
    const names = existsSync(join(out, folder)) ? readdirSync(join(out, folder)) : [];
    for (const name of names.filter((each) => !each.startsWith('.'))) {
      const close = closes.find(
        ({ fields, sha256: hash }) => name === `close-${fields.close_no}-${hash.slice(0, 16)}.json`,
      );
      if (close === undefined) differences.add(join(folder, name), '', '', 'a review', 'a close that it is of');
      else
        checkReview(
          join(out, folder, name),
          { of: 'close', sha256: close.sha256, by: String(close.fields.closed_by) },
          differences,
        );
    }
  }
}

function checkAccepted(out: string, differences: Differences): void {
  const path = join(out, ACCEPTED);
  if (!existsSync(path)) return;
  const list = fieldsOf(readFileSync(path))?.acceptances;
  if (!Array.isArray(list)) {
    differences.add(ACCEPTED, '', 'acceptances', 'none that can be read', 'a list');
    return;
  }
  for (const [at, each] of list.entries()) {
    const { accepted_at, accepted_by, notices, rows } = Object(each) as Fields;
    const is = (holds: boolean, column: string, found: unknown, expected: string): void => {
      if (!holds) differences.add(ACCEPTED, `acceptances[${at}]`, column, JSON.stringify(found) ?? 'nothing', expected);
    };
    is(typeof accepted_at === 'string' && isTime(accepted_at), 'accepted_at', accepted_at, 'a time');
    is(typeof accepted_by === 'string' && accepted_by !== '', 'accepted_by', accepted_by, 'a name');
    is(Array.isArray(notices), 'notices', notices, 'a list');
    is(Array.isArray(rows), 'rows', rows, 'a list');
  }
}

function fieldsOf(data: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
