import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/commands/run.js';
import { type MakeOptions, makePayments } from '../../src/paying/make.js';
import { idOf } from '../../src/payments/batch.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { sessionLine, sessionsCsv } from '../support/exports.js';
import { copyOf } from '../support/template.js';
import { SAMPLE_POLICY, SILENT, write } from '../support/workspace.js';

/** A place where two months are closed and paid: agency 12 and anchor 12, who are two, and an anchor of the agency. */

export interface Paid {
  folder: string;
  /** The ids of the batches. */
  batches: string[];
  /** The folders of the closed runs. */
  closed: string[];
}

export const places = (folder: string) => ({ out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') });
export const at = (day: string) => ({ ...SILENT, clock: () => Date.parse(`${day}T12:00:00+08:00`) });

const ANCHORS =
  'anchor_id,nickname,agency_id,account_kind,first_live_on\n12,独立,,content,2023-03-01\na1,一,12,content,2023-03-01\n';

/** November is closed and paid; then all of it is taken back from the agency; then December is closed, in which both earn. */
export async function paidMonths(): Promise<Paid> {
  const { folder, answer } = await copyOf('payments', fill);
  return { ...answer, folder };
}

async function fill(folder: string): Promise<Omit<Paid, 'folder'>> {
  mkdirSync(join(folder, 'exports'));
  const december = readFileSync(SAMPLE_POLICY, 'utf8')
    .replaceAll('2023-11', '2023-12')
    .replace('2023-12-30', '2023-12-31');
  writeFileSync(join(folder, 'december.yaml'), december);
  write(join(folder, 'exports'), {
    'anchors.csv': ANCHORS,
    'sessions-1.csv': sessionsCsv({ id: 's1', anchor: '12' }, { id: 's2', anchor: 'a1', dwell: '2000.00' }),
  });
  const november = await settleIn(folder, SAMPLE_POLICY, '2023-12-05');
  const batches = [await payIn(folder, '2023-12-06')];
  write(join(folder, 'exports'), {
    'sessions-2.csv': sessionsCsv({ id: 's2', anchor: 'a1', dwell: '2000.00', settleable: 'N' }),
  });
  const second = await settleIn(folder, SAMPLE_POLICY, '2023-12-15');
  batches.push(await payIn(folder, '2023-12-16'));
  const rows = [
    sessionLine({ id: 's3', anchor: 'a1', day: '2023-12-05', dwell: '2500.00' }),
    sessionLine({ id: 's4', anchor: '12', day: '2023-12-06', dwell: '500.00' }),
  ];
  write(join(folder, 'exports'), { 'sessions-3.csv': `${sessionsCsv()}${rows.join('\n')}\n` });
  const third = await settleIn(folder, join(folder, 'december.yaml'), '2024-01-05');
  batches.push(await payIn(folder, '2024-01-06', { minimumPayout: '5.01' }));
  return { batches, closed: [november, second, third].map(({ runDir }) => runDir) };
}

/** Runs a month and closes it that day. */
export async function settleIn(folder: string, policy: string, day: string, by = 'Wang Li'): Promise<RunResult> {
  const input = join(folder, 'exports');
  const result = await run({ policy, input, ...places(folder), strict: false, statements: false }, at(day));
  await closeAccepted(result.runDir, { ...places(folder), by }, at(day));
  return result;
}

/** Makes a batch that day; gives its id. */
export async function payIn(folder: string, day: string, more: Partial<MakeOptions> = {}): Promise<string> {
  const { made } = await makePayments({ ...places(folder), by: 'Wang Li', ...more }, at(day));
  const [one] = made as [(typeof made)[number]];
  return idOf({ batch: one.made.batch, sha256: one.sha256 });
}
