import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { SettleError } from '../../core/errors.js';
import { decimal, fixed, ZERO } from '../../core/money.js';
import { type Difference, Differences } from '../differences.js';
import { byteOrder, isTime } from '../forms.js';
import { checkAfterLoss } from './check-after-loss.js';
import { checkReview } from './check-review.js';
import { carriedOf, linesOf, type SaidClose } from './closes.js';
import { type Item, type Paid, type Settled, settlePayee } from './ledger.js';
import { type Cells, readFields, readTable, type Table } from './tables.js';

/** What was found of a batch of payments. */
export interface BatchReport {
  /** Its folder, below the output folder. */
  batch: string;
  payees: number;
  differences: Difference[];
  count: number;
}

export const BATCH_FILE = 'batch.json';
const PAYMENTS = 'payee_type,payee_id,name,bank,account,due,paid_later,taken_back,carried_in,to_pay,carried_out,remark';
const WITHHELD = 'payee_type,payee_id,close_no,anchor_id,date,part,amount,reason,withheld_in,released_in,against';
const AMOUNTS = ['due', 'paid_later', 'taken_back', 'carried_in', 'to_pay', 'carried_out'] as const;
const MOST = 100;

type Fields = Record<string, unknown>;

/** A second implementation of payments: seal, chain and every sum, from the batch's folder, those before it, and the closed runs. */
export function verifyBatch(folder: string, most = MOST): BatchReport {
  const dir = resolve(folder);
  const differences = new Differences(most);
  const found = readFields(join(dir, BATCH_FILE));
  if (found === undefined)
    throw new SettleError('usage', `${folder} is no folder of a batch: its ${BATCH_FILE} is missing or can't be read`, {
      file: join(folder, BATCH_FILE),
      mend: 'Give the folder of a batch, or its id. To list them: settle payments list',
    });
  const { fields } = found;
  const payments = sealed(dir, 'payments.csv', PAYMENTS, fields, differences);
  const withheld = sealed(dir, 'withheld.csv', WITHHELD, fields, differences);
  checkFiles(dir, differences);
  differences.compare(BATCH_FILE, 'batch_no', '', basename(dir), String(fields.batch_no).padStart(4, '0'));
  differences.compare(BATCH_FILE, 'programme', '', String(fields.programme), basename(dirname(dir)));
  if (!isTime(String(fields.made_at))) differences.add(BATCH_FILE, 'made_at', '', String(fields.made_at), 'a time');
  const before = checkChain(dir, fields, differences);
  const out = dirname(dirname(dirname(dir)));
  const items = closesOf(fields).flatMap((close) => linesOf(out, close, differences));
  items.push(...carriedOf(before?.rows ?? [], differences));
  const settled = settleAll(items, fields);
  checkPayments(payments?.rows ?? [], settled, differences);
  const expected = [...settled].flatMap(([, { withheld: rows }]) => rows);
  checkRows(withheld?.rows ?? [], expected, differences);
  checkTotals(fields, settled, differences);
  checkAfterLoss(dirname(dir), fields, differences);
  checkReview(join(dir, 'review.json'), { of: 'batch', sha256: found.sha256, by: String(fields.made_by) }, differences);
  const batch = [basename(dirname(dirname(dir))), basename(dirname(dir)), basename(dir)].join('/');
  return { batch, payees: settled.size, differences: differences.list, count: differences.count };
}

/** A table, which must be what batch.json has sealed. */
function sealed(
  dir: string,
  file: string,
  header: string,
  { files }: Fields,
  differences: Differences,
): Table | undefined {
  const table = readTable(join(dir, file), file, differences, header);
  const entries = Array.isArray(files) ? (files as Fields[]) : [];
  const entry = entries.find((each) => each.file === file);
  differences.compare(file, '', 'sha256', table?.sha256 ?? 'none', String(entry?.sha256));
  differences.compare(file, '', 'rows', String(table?.rows.length), String(entry?.rows));
  return table;
}

function checkFiles(dir: string, differences: Differences): void {
  const known = [BATCH_FILE, 'payments.csv', 'withheld.csv', 'review.json'];
  for (const name of readdirSync(dir).filter((each) => !known.includes(each)))
    differences.add(name, '', '', 'a file', 'no such file');
}

/** The batches before, down to the first: each is the one that its successor says, and none takes a close again, or leaves one out. Gives what the last carries over. */
function checkChain(dir: string, fields: Fields, differences: Differences): Table | undefined {
  const taken = new Map<unknown, unknown>(closesOf(fields).map(({ sha256 }) => [sha256, fields.batch_no]));
  let [at, next] = [Number(fields.batch_no), fields];
  while (at > 1) {
    const previous = (next.previous ?? {}) as Fields;
    const file = `${String(at - 1).padStart(4, '0')}/${BATCH_FILE}`;
    const found = readFields(join(dirname(dir), file));
    differences.compare(file, 'sha256', '', found?.sha256 ?? 'none', String(previous.sha256));
    differences.compare(file, 'batch_no', '', String(found?.fields.batch_no), String(at - 1));
    for (const { sha256, close_no } of found === undefined ? [] : closesOf(found.fields)) {
      if (taken.has(sha256))
        differences.add(
          BATCH_FILE,
          `close ${close_no}`,
          '',
          `in batch ${at - 1} and ${taken.get(sha256)}`,
          'in one batch',
        );
      taken.set(sha256, at - 1);
    }
    if (found === undefined) break;
    [at, next] = [at - 1, found.fields];
  }
  if (at === 1 && next.previous !== null)
    differences.add(BATCH_FILE, 'previous', '', 'a batch', 'none before the first');
  checkLeftOut(dir, fields, taken, differences);
  const last = join(dirname(dir), String(Number(fields.batch_no) - 1).padStart(4, '0'), 'withheld.csv');
  return existsSync(last) ? readTable(last, 'withheld.csv of the batch before', differences, WITHHELD) : undefined;
}

/** Every close of the programme up to this batch's last is in it or in one before it. */
function checkLeftOut(
  dir: string,
  fields: Fields,
  taken: ReadonlyMap<unknown, unknown>,
  differences: Differences,
): void {
  const out = dirname(dirname(dirname(dir)));
  const last = Math.max(0, ...closesOf(fields).map(({ close_no }) => Number(close_no)));
  const folders = (path: string): string[] =>
    readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory() && !/^[._]/.test(name));
  for (const policy of folders(out)) {
    for (const run of folders(join(out, policy))) {
      const close = readFields(join(out, policy, run, 'close.json'));
      if (close === undefined || programmeOf(close.fields) !== fields.programme || Number(close.fields.close_no) > last)
        continue;
      if (!taken.has(close.sha256))
        differences.add(
          BATCH_FILE,
          `close ${close.fields.close_no}`,
          '',
          'in no batch',
          'in this one, or one before it',
        );
    }
  }
}

function programmeOf({ programme, policy }: Fields): unknown {
  return programme ?? String(Object(policy).id).replace(/-\d{4}-\d{2}$/, '');
}

function closesOf({ closes }: Fields): SaidClose[] {
  return Array.isArray(closes) ? closes.map((close) => Object(close) as SaidClose) : [];
}

function settleAll(items: readonly Item[], { batch_no, minimum }: Fields): Map<string, Settled> {
  const byPayee = new Map<string, Item[]>();
  for (const item of items) {
    const own = byPayee.get(item.payee);
    if (own === undefined) byPayee.set(item.payee, [item]);
    else own.push(item);
  }
  const least = /^\d+\.\d\d$/.test(String(minimum)) ? String(minimum) : '0.00';
  return new Map([...byPayee].map(([payee, own]) => [payee, settlePayee(own, Number(batch_no), least)]));
}

function checkPayments(rows: readonly Cells[], settled: ReadonlyMap<string, Settled>, differences: Differences): void {
  const keys = rows.map(({ payee_type, payee_id }) => `${payee_type},${payee_id}`);
  const expected = [...settled.keys()].sort(byteOrder);
  if (keys.join('\n') !== expected.join('\n')) {
    const missing = expected.filter((key) => !keys.includes(key));
    for (const key of missing) differences.add('payments.csv', key, '', 'no line', 'a line');
    if (missing.length === 0)
      differences.add('payments.csv', '', '', 'other lines, or another order', 'a line for each payee, in order');
  }
  for (const [at, row] of rows.entries()) {
    const key = keys[at] as string;
    const paid = settled.get(key)?.paid;
    if (paid === undefined)
      differences.add('payments.csv', key, '', 'a line', 'no line: nothing is due and nothing owed');
    else checkPayment(key, row, paid, differences);
  }
}

function checkPayment(key: string, row: Cells, paid: Paid, differences: Differences): void {
  for (const name of AMOUNTS) differences.compare('payments.csv', key, name, row[name] ?? '', paid[name]);
  const remarks = (row.remark ?? '').split(';').filter((remark) => remark !== '');
  // What is told of an account depends on the exports, which aren't here; of which account it may be told doesn't.
  const ofAccount = paid.to_pay === '0.00' ? '' : row.account === '' ? 'no_account' : 'account_rounded';
  const told = remarks.filter((remark) => remark !== ofAccount);
  differences.compare('payments.csv', key, 'remark', told.join(';'), paid.remarks.join(';'));
}

function checkRows(rows: readonly Cells[], expected: readonly string[], differences: Differences): void {
  const found = rows.map((row) => Object.values(row).join());
  const wanted = new Set(expected);
  const there = new Set(found);
  for (const [at, row] of found.entries())
    if (!wanted.has(row)) differences.add('withheld.csv', `line ${at + 2}`, '', row, 'no such line');
  for (const row of expected) if (!there.has(row)) differences.add('withheld.csv', '', '', 'no such line', row);
  if (found.length !== there.size) differences.add('withheld.csv', '', '', 'a line twice', 'each line once');
}

function checkTotals({ totals }: Fields, settled: ReadonlyMap<string, Settled>, differences: Differences): void {
  const said = Object(totals) as Fields;
  differences.compare(BATCH_FILE, 'totals', 'payees', String(said.payees), String(settled.size));
  for (const name of AMOUNTS) {
    const sum = [...settled.values()].reduce((all, { paid }) => all.plus(decimal(paid[name])), ZERO);
    differences.compare(BATCH_FILE, 'totals', name, String(said[name]), fixed(sum, 2));
  }
}
