import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { loadFolder } from '../../src/load/load.js';
import { loadPolicy } from '../../src/policy/load-policy.js';
import { writePolicyTables } from '../../src/policy/tables.js';
import { runAudits } from '../../src/rules/audits.js';
import { runRules } from '../../src/rules/rules.js';
import { sqlFilesIn } from '../../src/sql-files.js';
import { Warehouse } from '../../src/warehouse.js';
import { SAMPLE_POLICY } from './relations.js';

/** Every audit lets a sound settlement pass, and finds what is wrong in one that was falsified. */

const SAMPLES = fileURLToPath(new URL('../../data-samples/2023-11', import.meta.url));

/** The settled samples, restated: one anchor's total was a yuan less before, for a late session. */
async function settledSamples(scratch: string): Promise<Warehouse> {
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [SAMPLES] });
  await loadFolder(warehouse, { folder: SAMPLES, scratch, now: 0, encoding: undefined, onFile: () => undefined });
  await warehouse.run('COMMIT');
  const { policy } = await loadPolicy(SAMPLE_POLICY);
  await writePolicyTables(warehouse, policy, { asOf: policy.period.to, knownLoad: 1 });
  await runRules(warehouse, () => undefined);
  const late = "anchor_id, DATE '2023-11-05' AS settlement_date, 'watch_time' AS part";
  await warehouse.run(`CREATE TEMP TABLE late_anchor AS SELECT min(anchor_id) AS anchor_id FROM anchor_settlement WHERE status = 'payable';
    CREATE TEMP TABLE a_amount AS SELECT anchor_id, total - CASE WHEN anchor_id IN (FROM late_anchor) THEN 1.00 ELSE 0.00 END AS amount FROM anchor_settlement;
    CREATE TEMP TABLE adjustment AS SELECT ${late}, 1.00 AS delta FROM late_anchor;
    CREATE TEMP TABLE cause_line AS SELECT ${late}, 1.00 AS amount, 'sessions_late' AS cause FROM late_anchor;
    CREATE TEMP TABLE compared_program AS SELECT true AS same`);
  return warehouse;
}

const scratch = mkdtempSync(join(tmpdir(), 'settlement-audits-'));
const warehouse = await settledSamples(scratch);
afterAll(() => {
  warehouse.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** The audits that fail once this has been done to the relations. */
async function failing(falsify: string): Promise<string[]> {
  await warehouse.run('BEGIN');
  try {
    await warehouse.run(falsify);
    return (await runAudits(warehouse, true)).map(({ audit }) => audit);
  } finally {
    await warehouse.run('ROLLBACK');
  }
}

const OF_ONE = (table: string, sound = 'true'): string =>
  `WHERE rowid = (SELECT min(rowid) FROM ${table} WHERE ${sound})`;
const AGAIN = (table: string): string => `INSERT INTO ${table} SELECT * FROM ${table} ${OF_ONE(table)}`;

const FALSIFIED: [audit: string, what: string, sql: string][] = [
  ['adjustments_make_restated', 'a fen too much adjusted', 'UPDATE adjustment SET delta = 1.01'],
  ['adjustments_make_restated', 'an adjustment left out', 'DELETE FROM adjustment; DELETE FROM cause_line'],
  ['adjustments_make_restated', 'a fen that no cause explains', 'UPDATE cause_line SET amount = 0.99'],
  [
    'anchor_identities',
    'a fen too much in total',
    `UPDATE anchor_settlement SET total = total + 0.01 ${OF_ONE('anchor_settlement')}`,
  ],
  [
    'anchor_identities',
    'a fen that no cap withheld',
    `UPDATE anchor_settlement SET cap_withheld = cap_withheld + 0.01 ${OF_ONE('anchor_settlement')}`,
  ],
  [
    'anchor_identities',
    'less than nothing forfeited',
    `UPDATE anchor_settlement SET forfeited = forfeited - 100000, total = total + 100000 ${OF_ONE('anchor_settlement')}`,
  ],
  [
    'anchor_identities',
    'more forfeited than earned',
    `UPDATE anchor_settlement SET forfeited = forfeited + 100000, total = total - 100000 ${OF_ONE('anchor_settlement')}`,
  ],
  [
    'anchor_identities',
    'earnings of one who is out of scope',
    `UPDATE anchor_settlement SET status = 'out_of_scope' ${OF_ONE('anchor_settlement', 'total > 0')}`,
  ],
  ['anchors_make_total', 'a session too many', 'UPDATE run_total SET sessions = sessions + 1'],
  ['anchors_make_total', 'an anchor too few', 'UPDATE run_total SET anchors = anchors - 1'],
  ['anchors_make_total', 'a fen too little', 'UPDATE run_total SET watch_time_gross = watch_time_gross - 0.01'],
  ['causes_are_known', "what the program can't explain", "UPDATE cause_line SET cause = 'program'"],
  [
    'days_make_anchors',
    'an anchor paid a fen more than the days',
    `UPDATE anchor_settlement SET watch_time = watch_time + 0.01 ${OF_ONE('anchor_settlement')}`,
  ],
  [
    'days_make_anchors',
    'a day that pays more than its cap',
    `UPDATE day_amount SET cap = watch_time - 0.01 ${OF_ONE('day_amount', 'watch_time > 0')}`,
  ],
  [
    'days_make_anchors',
    'a day that pays less than nothing',
    `UPDATE day_amount SET watch_time = -0.01, withheld = gross + 0.01 ${OF_ONE('day_amount')}`,
  ],
  [
    'days_make_anchors',
    'less than nothing withheld',
    `UPDATE day_amount SET withheld = -0.01, watch_time = gross + 0.01 ${OF_ONE('day_amount')}`,
  ],
  [
    'days_make_anchors',
    'a fen that is neither paid nor withheld',
    `UPDATE day_amount SET withheld = withheld + 0.01 ${OF_ONE('day_amount')}`,
  ],
  ['no_binary_float', 'a floating column', 'CREATE TEMP TABLE inexact AS SELECT CAST(1 AS DOUBLE) AS price'],
  ['no_binary_float', 'a list of them', 'CREATE TEMP TABLE inexact AS SELECT [CAST(1 AS FLOAT)] AS prices'],
  ['one_line_a_session', 'a session twice', AGAIN('session_figure')],
  ['one_row_an_anchor', 'an anchor twice', AGAIN('anchor_settlement')],
  ['one_row_an_anchor', 'a reason twice', AGAIN('reason_compliance_code')],
  ['row_accounting', 'a row that is lost', 'UPDATE run_accounting SET rows_read = rows_read + 1'],
  ['row_accounting', 'a row that counts twice', 'UPDATE run_accounting SET quarantined = quarantined + 1'],
  [
    'sessions_make_days',
    "a fen more than the day's sessions",
    `UPDATE day_amount SET gross = gross + 0.01 ${OF_ONE('day_amount')}`,
  ],
  [
    'sessions_make_days',
    'a day of two rows',
    `INSERT INTO day_amount SELECT * REPLACE (0 AS gross, 0 AS withheld, 0 AS watch_time) FROM day_amount ${OF_ONE('day_amount')}`,
  ],
  ['sessions_make_days', 'a day without a row', `DELETE FROM day_amount ${OF_ONE('day_amount', 'gross = 0')}`],
  [
    'sessions_make_days',
    'an invalid session that earns',
    `CREATE TEMP TABLE earning AS SELECT * FROM session_figure ${OF_ONE('session_figure', 'NOT valid')};
    UPDATE session_figure SET amount = 0.01 WHERE session_id IN (SELECT session_id FROM earning);
    UPDATE day_amount SET gross = gross + 0.01, withheld = withheld + 0.01 WHERE (anchor_id, settlement_date) IN (SELECT (anchor_id, settlement_date) FROM earning)`,
  ],
];

test('a sound settlement passes every audit', async () => {
  expect(await warehouse.count('SELECT count(*) FROM session_line')).toBeGreaterThan(100);
  expect(await runAudits(warehouse, true)).toEqual([]);
});

test.each(FALSIFIED)('%s finds %s', async (audit, _, sql) => {
  expect(await failing(sql)).toContain(audit);
});

test('every audit is tried', () => {
  const audits = sqlFilesIn('40_audits').map((path) => basename(path, '.sql'));
  expect([...new Set(FALSIFIED.map(([audit]) => audit))]).toEqual(audits);
});
