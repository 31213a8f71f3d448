import { INELIGIBLE } from '../exports/kinds.js';
import type { Programme } from '../interface/programme.js';
import { SHARED_IN_WAREHOUSE, SHARED_STEPS } from '../interface/settling.js';
import { COMPARISON } from './comparison.js';
import { EXPORTS } from './exports.js';
import { noticeTables, OWN_NOTICES } from './notices.js';
import { NAME } from './policy/name.js';
import { ONLY_DATED, policyShape, SECTIONS } from './policy/schema.js';
import { sense } from './policy/sense.js';
import { asksIneligible, PART_COLUMNS, policyTables } from './policy/tables.js';
import { toPolicy } from './policy/to-policy.js';
import { comparedSteps } from './reach/compared.js';
import { SUMMARY } from './summary/summary.js';

const folder = (name: string): string => `${NAME}/${name}`;
const query = (name: string): string => `${NAME}/emit/${name}.sql`;

/** The incentive for content hosts (rulebook, C1 to C16). */
export const CONTENT_INCENTIVE: Programme = {
  name: NAME,
  kinds: EXPORTS,
  policy: {
    shape: policyShape,
    sense,
    policyOf: toPolicy,
    tables: policyTables,
    sections: SECTIONS,
    onlyDated: ONLY_DATED,
  },
  sql: {
    settlement: [...SHARED_STEPS, ...['session', 'day', 'anchor', 'control', 'signs', 'notices', 'emit'].map(folder)],
    inWarehouse: [...SHARED_IN_WAREHOUSE, folder('notices'), folder('emit')],
    since: ['since', folder('since')],
    comparison: ['comparison', folder('comparison')],
    derived: comparedSteps(),
    audits: ['audits', folder('audits')],
    unheeded: {
      ...{ steps: [folder('place')], reads: ['sessions', 'settlement'], of: INELIGIBLE },
      codes: ['ineligible_ignored'],
    },
    macros: [PART_COLUMNS],
    warnings: query('warnings'),
  },
  outputs: [
    { file: 'sessions.csv', query: query('sessions'), anchor: 2 },
    { file: 'days.csv', query: query('days'), anchor: 1 },
    { file: 'inputs/agencies.csv', query: query('inputs_agencies') },
    { file: 'inputs/anchors.csv', query: query('inputs_anchors') },
    { file: 'inputs/control.csv', query: query('inputs_control') },
    {
      file: 'inputs/ineligible.csv',
      query: query('inputs_ineligible'),
      asked: { by: asksIneligible, reads: INELIGIBLE },
    },
    { file: 'inputs/penalties.csv', query: query('inputs_penalties') },
    { file: 'inputs/scarcity.csv', query: query('inputs_scarcity') },
    { file: 'notices.csv', query: 'emit/notices.sql', words: ['message'] },
    { file: 'quarantine.csv', query: 'emit/quarantine.sql', words: ['message'] },
    { file: 'settlement.csv', query: query('settlement'), anchor: 3 },
    { file: 'unsettled.csv', query: query('unsettled'), words: ['needs', 'needs_zh'] },
    { file: 'adjustments.csv', query: 'emit/adjustments.sql', anchor: 1, restated: true },
  ],
  statements: query('statements'),
  comparison: COMPARISON,
  notices: { codes: OWN_NOTICES, tables: noticeTables },
  summary: SUMMARY,
  verifier: async () => (await import('./verify/verify.js')).verifyRun,
  explainer: async () => (await import('./explain/explainer.js')).EXPLAINER,
  months: async () => (await import('./months/months.js')).MONTHS,
  booker: async () => (await import('./book/booker.js')).BOOKER,
  pages: async () => (await import('./pages/pages.js')).PAGES,
  packets: async () => (await import('./packet/packets.js')).PACKETS,
  sliceVerifier: async () => (await import('./verify/slice/verify-slice.js')).verifySlice,
};
