import { INELIGIBLE_CAUSES } from '../../exports/words.js';
import { PART_NAMES, type Part } from './parts.js';

/**
 * Why a session isn't valid, and what stands against an anchor: each reason is declared here, once, with its words. The SQL
 * rules find them; explanation, workbook and policy know them from here. What verifies has a list of its own.
 */

/** An optional or required Y/N column of the sessions that stands for a reason of its own. */
interface Flag {
  column: string;
  /** What it says of a valid session. */
  must: boolean;
  /** The test's name, and the head of the column in a workbook. */
  en: { test: string; head: string };
  /** The column's name, and what it says where it is set, and where it isn't. */
  zh: { test: string; set: string; unset: string };
}

interface SessionReason {
  reason: string;
  clause: string;
  zh: string;
  flag?: Flag;
}

/** P6: what another programme found against the anchor, in the order of the contract; a policy asks for each by its cause. */
const INELIGIBLE = [
  { reason: 'frozen', clause: 'P6', zh: INELIGIBLE_CAUSES.frozen },
  { reason: 'unadmitted_digital_host', clause: 'P6', zh: INELIGIBLE_CAUSES.unadmitted_digital_host },
  { reason: 'expelled', clause: 'P6', zh: INELIGIBLE_CAUSES.expelled },
] as const satisfies readonly (SessionReason & { reason: keyof typeof INELIGIBLE_CAUSES })[];

export type IneligibleCause = (typeof INELIGIBLE)[number]['reason'];
export const INELIGIBLE_REASONS: readonly IneligibleCause[] = INELIGIBLE.map(({ reason }) => reason);

export function isCause(reason: string): reason is IneligibleCause {
  return INELIGIBLE_REASONS.some((cause) => cause === reason);
}

/** In the order of the contract, in which they stand in a cell. `punished` stands with the penalty's kind behind it. */
export const SESSION_REASONS = [
  { reason: 'out_of_scope', clause: 'C1', zh: '不在适用范围' },
  { reason: 'too_short', clause: 'C3', zh: '时长不足' },
  {
    reason: 'not_settleable',
    clause: 'C3',
    zh: '场次不结算',
    flag: {
      column: 'settleable',
      must: true,
      en: { test: 'settleable', head: 'Settleable' },
      zh: { test: '场次是否结算', set: '场次是否结算=是', unset: '场次是否结算=否' },
    },
  },
  { reason: 'punished', clause: 'C3', zh: '处罚' },
  {
    reason: 'suspended',
    clause: 'C3',
    zh: '中途暂停',
    flag: {
      column: 'suspended',
      must: false,
      en: { test: 'suspended midway', head: 'Suspended' },
      zh: { test: '中途暂停', set: '已中途暂停', unset: '未中途暂停' },
    },
  },
  { reason: 'replay_deleted', clause: 'C3', zh: '回放提前删除' },
  {
    reason: 'opted_out',
    clause: 'C3',
    zh: '放弃结算',
    flag: {
      column: 'opted_out',
      must: false,
      en: { test: 'opted out', head: 'Opted out' },
      zh: { test: '放弃结算', set: '已放弃结算', unset: '未放弃结算' },
    },
  },
  ...INELIGIBLE,
] as const satisfies readonly SessionReason[];

export type FlaggedReason = Extract<(typeof SESSION_REASONS)[number], { flag: unknown }>;
/** A session reason that is found otherwise than by a flag. */
export type JudgedReason = Exclude<(typeof SESSION_REASONS)[number], FlaggedReason>['reason'];
export type FlagColumn = FlaggedReason['flag']['column'];

/** In the order of their columns. */
export const FLAGS = SESSION_REASONS.flatMap((each) => ('flag' in each ? [each.flag] : []));

/** Something for each flag, under its column. */
export function eachFlag<T>(of: (flag: FlaggedReason['flag']) => T): Record<FlagColumn, T> {
  return Object.fromEntries(FLAGS.map((flag) => [flag.column, of(flag)])) as Record<FlagColumn, T>;
}

/** What can stand against an anchor by a rule of the programme's own; which parts a penalty rule takes is the policy's. */
interface AnchorReason {
  /** The SQL rule that finds it. */
  rule: string;
  /** Of `compliance_code` the code stands behind it. */
  reason: string;
  clause: string;
  zh: string;
  /** Of `expelled` none: the policy names them. */
  takes: readonly Part[];
}

/** Its name is a penalty rule's in an older policy, which has no such key (sense.ts). */
export const EXPELLED = 'expelled';

export const ANCHOR_REASONS: readonly AnchorReason[] = [
  { rule: 'compliance_code', reason: 'compliance_code', clause: 'C12', zh: '合规安全码', takes: PART_NAMES },
  {
    rule: 'low_level_share',
    reason: 'low_level_share',
    clause: 'C11',
    zh: '低等级占比超限',
    takes: ['attendance_bonus'],
  },
  {
    rule: 'once_per_person',
    reason: 'person_already_rewarded',
    clause: 'C10',
    zh: '同一出镜主播已获激励',
    takes: ['newcomer_bonus'],
  },
  { rule: 'expelled', reason: 'expelled', clause: 'P6', zh: INELIGIBLE_CAUSES.expelled, takes: [] },
];

/** What no penalty rule may be called: its id is a reason too. A code has a colon, which no id has. */
export const RESERVED: readonly string[] = [
  'out_of_scope',
  ...ANCHOR_REASONS.map(({ reason }) => reason).filter((reason) => !['compliance_code', EXPELLED].includes(reason)),
];
