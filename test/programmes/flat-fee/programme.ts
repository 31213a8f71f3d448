import { fileURLToPath } from 'node:url';
import { SESSIONS } from '../../../src/programmes/exports/kinds.js';
import type { Programme } from '../../../src/programmes/interface/programme.js';
import { SHARED_IN_WAREHOUSE, SHARED_STEPS } from '../../../src/programmes/interface/settling.js';
import { POLICY } from './policy.js';

const folder = (name: string): string => fileURLToPath(new URL(`sql/${name}`, import.meta.url));
const query = (name: string): string => folder(`emit/${name}.sql`);

/** A fee for each valid session (F1: settleable, and long enough; F2: the policy's fee). Only the tests know it. */
export const FLAT_FEE: Programme = {
  name: 'flat-fee',
  kinds: [SESSIONS],
  policy: POLICY,
  sql: {
    settlement: [...SHARED_STEPS, folder('rules')],
    inWarehouse: SHARED_IN_WAREHOUSE,
    since: ['since', folder('since')],
    comparison: ['comparison', folder('comparison')],
    audits: ['audits', folder('audits')],
    warnings: query('warnings'),
  },
  outputs: [
    { file: 'fees.csv', query: query('fees'), anchor: 1 },
    { file: 'notices.csv', query: 'emit/notices.sql', words: ['message'] },
    { file: 'quarantine.csv', query: 'emit/quarantine.sql', words: ['message'] },
    { file: 'settlement.csv', query: query('settlement'), anchor: 3 },
    { file: 'adjustments.csv', query: 'emit/adjustments.sql', anchor: 1, restated: true },
  ],
  statements: undefined,
  comparison: {
    causes: [
      {
        cause: 'sessions_late',
        changes: "SELECT count(*) FROM entering_session WHERE cause = 'sessions_late'",
        asOf: 'later',
      },
      {
        cause: 'sessions_corrected',
        changes: "SELECT count(*) FROM entering_session WHERE cause = 'sessions_corrected'",
      },
      {
        cause: 'sessions_withdrawn',
        changes: "SELECT count(*) FROM leaving_session WHERE cause = 'sessions_withdrawn'",
        asOf: 'second',
      },
    ],
    amounts: (
      file,
    ) => `SELECT anchor_id, CAST(date AS DATE) AS settlement_date, 'fee' AS part, CAST(SUM(CAST(fee AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) AS amount
      FROM ${file('fees.csv')} GROUP BY anchor_id, date HAVING SUM(CAST(fee AS DECIMAL(38, 2))) <> 0`,
  },
  notices: { codes: {}, tables: () => ({}) },
  summary: {
    rows: [],
    projected: ({ total }) => String(total),
    readBreakdown: async () => ({
      unsettled: { sessions: 0, settled: 0, remark: '' },
      control: null,
      invalidBy: [],
      forfeitedBy: [],
      forfeitsOverlap: false,
      statuses: [],
    }),
    touched: (what, count) => `${count} ${what}`,
    warning: (text) => text,
    chinese: (code) => code,
  },
  verifier: async () => (await import('./verify.js')).verifyFees,
  explainer: async () => (await import('./explain.js')).EXPLAINER,
  months: undefined,
  booker: async () => (await import('./book.js')).BOOKER,
  pages: async () => (await import('./pages.js')).PAGES,
};
