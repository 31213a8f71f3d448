import type { OpenedProgramme } from '../../../opened/programme.js';
import type { PageText } from '../../../page/model.js';
import type { Difference } from '../../../verify/differences.js';
import { type PacketData, POLICY_TEXT } from '../../../verify/packet/packet-data.js';
import { HEADS, type Head } from '../book/words/heads.js';
import { both, withinText } from '../pages/both.js';
import type { IncentivePolicy } from '../policy/to-policy.js';
import { anchorSections } from './anchor-sections.js';
import { chartSection } from './chart-section.js';
import { factSaid } from './fact-said.js';
import { coverSection, packetTitle, rulesSection, statementSection, unitRows } from './packet-page.js';
import { rowSections } from './row-sections.js';
import { writtenPolicy } from './written-policy.js';

/** The incentive's part of a packet that is opened in a browser; who verifies it is named beside. */
export const OPENED: Omit<OpenedProgramme, 'verifySlice'> = {
  page: (data) => ({
    ...packetTitle(data),
    sections: [
      () => [coverSection(data)],
      () => chartSection(unitRows(data, 'settlement.csv'), unitRows(data, 'days.csv')),
      () => [statementSection(data, policyOf(data))],
      ...rowSections(data, () => policyOf(data)),
      () => [rulesSection(policyOf(data))],
    ],
  }),
  statement: (data, anchor) => anchorSections(data, anchor, policyOf(data)),
  anchors: (data) =>
    unitRows(data, 'settlement.csv').map(({ anchor_id = '', nickname = '' }) => [anchor_id, withinText(nickname)]),
  placeSaid,
  factSaid,
};

function policyOf({ shared }: PacketData): IncentivePolicy {
  return writtenPolicy(shared.files.find(({ file }) => file === POLICY_TEXT)?.records.join('\n') ?? '');
}

/** Where a difference lies, as the sections of the page are called. */
const PLACES: Readonly<Record<string, PageText>> = {
  run: ['facts of the run', '批次信息'],
  'policy.yaml': ['policy', '规则口径'],
  'settlement.csv': ['by anchor', '主播明细'],
  'days.csv': ['days', '每日'],
  'sessions.csv': ['sessions', '场次'],
  'adjustments.csv': ['adjustments', '调整'],
  'unsettled.csv': ['unsettled', '未结算'],
  'quarantine.csv': ['quarantine', '隔离行'],
  'notices.csv': ['notices', '提醒'],
  'inputs/agencies.csv': ['agency', '机构'],
  'inputs/anchors.csv': ['anchors', '主播资料'],
  'inputs/ineligible.csv': ['ineligible anchors', '不可结算记录'],
  'inputs/penalties.csv': ['penalties', '处罚'],
  'inputs/scarcity.csv': ['scarcity indices', '内容稀缺度指数'],
  'inputs/control.csv': ['control desk', '中控清单'],
};

function placeSaid({ file, column }: Difference): readonly [file: PageText, column: PageText] {
  const head = Object.hasOwn(HEADS, column) ? both((words) => words.head(column as Head)) : column;
  return [Object.hasOwn(PLACES, file) ? (PLACES[file] ?? file) : file, head];
}
