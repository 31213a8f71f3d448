import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { makeKindTables } from '../../src/load/kind-tables.js';
import { loadFolder } from '../../src/load/load.js';
import { writeNoticeTables } from '../../src/notices/tables.js';
import { loadPolicy } from '../../src/policy/load-policy.js';
import { writePolicyTables } from '../../src/policy/tables.js';
import { sqlFilesIn } from '../../src/program/sql-files.js';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { runAudits } from '../../src/rules/audits.js';
import { NOTHING_PINNED } from '../../src/rules/pinned.js';
import { runRules } from '../../src/rules/rules.js';
import { SAMPLE_POLICY } from '../support/steps/relations.js';

/** Every audit lets a sound settlement pass, and finds what is wrong in one that was falsified. */

const SAMPLES = fileURLToPath(new URL('../../data-samples/2023-11', import.meta.url));

/** The settled samples, restated: one anchor's total was a yuan less before, for a late session. */
async function settledSamples(scratch: string): Promise<Warehouse> {
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [SAMPLES] });
  await makeKindTables(warehouse, 'stored');
  await loadFolder(warehouse, { folder: SAMPLES, scratch, now: 0, encoding: undefined, onFile: () => undefined });
  await warehouse.run('COMMIT');
  const { policy } = await loadPolicy(SAMPLE_POLICY);
  await writePolicyTables(warehouse, policy, { asOf: policy.period.to, knownLoad: 1, pinned: NOTHING_PINNED });
  await writeNoticeTables(warehouse, policy, []);
  await runRules(warehouse, CONTENT_INCENTIVE, () => undefined);
  const late = "anchor_id, DATE '2023-11-05' AS settlement_date, 'watch_time' AS part";
  await warehouse.run(`CREATE TEMP TABLE late_anchor AS SELECT min(anchor_id) AS anchor_id FROM anchor_settlement WHERE status = 'payable';
    CREATE TEMP TABLE a_amount AS SELECT anchor_id, total - CASE WHEN anchor_id IN (FROM late_anchor) THEN 1.00 ELSE 0.00 END AS amount FROM anchor_settlement;
    CREATE TEMP TABLE a_anchor AS SELECT anchor_id, agency_id FROM anchor_settlement;
    CREATE TEMP TABLE adjustment AS SELECT ${late}, agency_id, 1.00 AS delta FROM late_anchor JOIN anchor_settlement USING (anchor_id);
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
    return (await runAudits(warehouse, CONTENT_INCENTIVE, true)).map(({ audit }) => audit);
  } finally {
    await warehouse.run('ROLLBACK');
  }
}

const OF_ONE = (table: string, sound = 'true'): string =>
  `WHERE rowid = (SELECT min(rowid) FROM ${table} WHERE ${sound})`;
const CHANGED = (table: string, set: string, sound?: string): string =>
  `UPDATE ${table} SET ${set} ${OF_ONE(table, sound)}`;
const ANCHOR = (set: string, sound?: string): string => CHANGED('anchor_settlement', set, sound);
const DAY = (set: string, sound?: string): string => CHANGED('day_amount', set, sound);
const AGAIN = (table: string): string => `INSERT INTO ${table} BY NAME SELECT * FROM ${table} ${OF_ONE(table)}`;

/** By audit: what is wrong, and the SQL that makes it so. */
const FALSIFIED: Record<string, Record<string, string>> = {
  adjustments_make_restated: {
    'a fen too much adjusted': 'UPDATE adjustment SET delta = 1.01',
    'an adjustment of another agency': "UPDATE adjustment SET agency_id = 'MCN-99'",
    'a move between agencies without a line': `UPDATE a_anchor SET agency_id = 'MCN-99' ${OF_ONE('a_anchor', 'anchor_id IN (FROM late_anchor)')}`,
    'an adjustment left out': 'DELETE FROM adjustment; DELETE FROM cause_line',
    'a fen that no cause explains': 'UPDATE cause_line SET amount = 0.99',
  },
  anchor_identities: {
    'a fen too much in total': ANCHOR('total = total + 0.01'),
    'a fen that no cap withheld': ANCHOR('cap_withheld = cap_withheld + 0.01'),
    'less than nothing forfeited': ANCHOR('forfeited = forfeited - 100000, total = total + 100000'),
    'more forfeited than earned': ANCHOR('forfeited = forfeited + 100000, total = total - 100000'),
    'a part that nobody is paid': `UPDATE anchor_part SET earned = earned + 0.01 ${OF_ONE('anchor_part', "part = 'attendance_bonus'")}`,
    'watch time that is none of the parts': `DELETE FROM anchor_part ${OF_ONE('anchor_part', "part = 'watch_time'")}`,
    'earnings of one who is out of scope': ANCHOR("status = 'out_of_scope'", 'total > 0'),
  },
  anchors_make_total: {
    'a session too many': 'UPDATE run_total SET sessions = sessions + 1',
    'an anchor too few': 'UPDATE run_total SET anchors = anchors - 1',
    'a fen too little': 'UPDATE run_total SET watch_time_gross = watch_time_gross - 0.01',
  },
  causes_are_known: { "what the program can't explain": "UPDATE cause_line SET cause = 'program'" },
  days_make_anchors: {
    'an anchor paid a fen more than the days': ANCHOR('watch_time = watch_time + 0.01'),
    'a day that pays more than its cap': DAY('cap = watch_time - 0.01', 'watch_time > 0'),
    'a day that pays less than nothing': DAY('watch_time = -0.01, withheld = gross + 0.01'),
    'less than nothing withheld': DAY('withheld = -0.01, watch_time = gross + 0.01'),
    'a fen that is neither paid nor withheld': DAY('withheld = withheld + 0.01'),
  },
  no_binary_float: {
    'a floating column': 'CREATE TEMP TABLE inexact AS SELECT CAST(1 AS DOUBLE) AS price',
    'a list of them': 'CREATE TEMP TABLE inexact AS SELECT [CAST(1 AS FLOAT)] AS prices',
  },
  one_line_a_session: { 'a session twice': AGAIN('session_figure') },
  one_row_an_anchor: {
    'an anchor twice': AGAIN('anchor_settlement'),
    'a part twice': AGAIN('anchor_part'),
    'a reason twice': AGAIN('reason_compliance_code'),
  },
  row_accounting: {
    'a row that is lost': 'UPDATE run_accounting SET rows_read = rows_read + 1',
    'a row that counts twice': 'UPDATE run_accounting SET quarantined = quarantined + 1',
  },
  sessions_make_days: {
    "a fen more than the day's sessions": DAY('gross = gross + 0.01'),
    'a day of two rows': `INSERT INTO day_amount BY NAME
      SELECT * REPLACE (0 AS gross, 0 AS withheld, 0 AS watch_time) FROM day_amount ${OF_ONE('day_amount')}`,
    'a day without a row': `DELETE FROM day_amount ${OF_ONE('day_amount', 'gross = 0')}`,
    'an invalid session that earns': `
      CREATE TEMP TABLE earning AS SELECT * FROM session_figure ${OF_ONE('session_figure', 'NOT valid')};
      UPDATE session_figure SET amount = 0.01 WHERE session_id IN (SELECT session_id FROM earning);
      UPDATE day_amount SET gross = gross + 0.01, withheld = withheld + 0.01
       WHERE (anchor_id, settlement_date) IN (SELECT (anchor_id, settlement_date) FROM earning)`,
  },
  unsettled_are_named: {
    'a session that nobody waits for': 'UPDATE run_accounting SET quarantined = quarantined + 1',
    'one that stands twice': 'INSERT INTO unsettled_session (file_no, line) VALUES (1, 2)',
  },
};
const CASES = Object.entries(FALSIFIED).flatMap(([audit, wrong]) =>
  Object.entries(wrong).map(([what, sql]) => [audit, what, sql] as const),
);

test('a sound settlement passes every audit', async () => {
  expect(await warehouse.count('SELECT count(*) FROM session_line')).toBeGreaterThan(100);
  expect(await runAudits(warehouse, CONTENT_INCENTIVE, true)).toEqual([]);
});

test.each(CASES)('%s finds %s', async (audit, _, sql) => {
  expect(await failing(sql)).toContain(audit);
});

test('every audit is tried', () => {
  const audits = CONTENT_INCENTIVE.sql.audits.flatMap(sqlFilesIn).map((path) => basename(path, '.sql'));
  expect(Object.keys(FALSIFIED)).toEqual(audits.sort());
});
