import type { Page, PageColumn, PageFigure, PageSection, PageText } from '../../../page/model.js';
import { cellsOfRecord } from '../../../verify/packet/facts.js';
import { type PacketData, RUN_FACTS } from '../../../verify/packet/packet-data.js';
import type { Policy } from '../../interface/policy.js';
import { policyRules } from '../book/words/policy-rules.js';
import type { Words } from '../book/words/words.js';
import { both, withinText } from '../pages/both.js';
import { PART_NAMES } from '../policy/parts.js';
import type { IncentivePolicy } from '../policy/to-policy.js';

/** By the names of a file's columns. */
export type PacketRow = Readonly<Record<string, string>>;

/** What an agency is paid, and by which rules, for people. The rows themselves stand in the page as data. */
export function packetPage(packet: PacketData, policy: Policy): Page {
  const incentive = policy as IncentivePolicy;
  return {
    ...packetTitle(packet),
    sections: [coverSection(packet), statementSection(packet, incentive), rulesOf(incentive)],
  };
}

/** Whose the packet is, and of which run. */
export function packetTitle(packet: PacketData): Pick<Page, 'title' | 'about'> {
  const facts = factsOf(packet);
  const [named] = unitRows(packet, 'inputs/agencies.csv');
  const name = withinText(named?.name ?? '');
  const { id } = packet.unit;
  return {
    title: both((words) => `${id}${name === '' ? '' : ` ${name}`} · ${words.pick(['settlement', '结算单'])}`),
    about: both(
      (words) => `${facts.policy_id} · ${periodIn(facts, words)} · ${words.pick(['run', '批次'])} ${facts.run_id}`,
    ),
  };
}

function factsOf({ shared }: PacketData): PacketRow {
  return Object.fromEntries(cellsOf(shared.files.find(({ file }) => file === RUN_FACTS)?.records ?? []));
}

function periodIn({ period_from, period_to }: PacketRow, words: Words): string {
  return words.pick([`${period_from} to ${period_to}`, `${period_from} 至 ${period_to}`]);
}

/** What is due, and what that stands on. */
export function coverSection(packet: PacketData): PageSection {
  const { cover, close, proof } = packet;
  const money = (label: readonly [string, string], text: string): PageFigure => ({ label, kind: 'money', text });
  return {
    name: 'cover',
    title: ['Due', '应付'],
    blocks: [
      {
        figures: [
          money(['Total of the period', '本期应付合计'], cover.total),
          money(['Closed before', '此前已关账'], cover.closed_before),
          { ...money(['Due now', '本次应付'], cover.due), strong: true },
        ],
      },
      { note: closedIn(close, factsOf(packet)) },
      { note: sealIn(close, proof) },
      { note: HOW },
    ],
  };
}

function closedIn(close: PacketData['close'], { as_of }: PacketRow): PageText {
  if (close === null)
    return [
      `Provisional: settled up to ${as_of}, and nobody has closed it. Amounts may still change.`,
      `暂估：结算至 ${as_of}，尚未关账，金额仍可能变动。`,
    ];
  const { revision, closed_at, closed_by } = close;
  return [
    `Closed by ${withinText(closed_by)} at ${closed_at}, revision ${revision}.`,
    `由 ${withinText(closed_by)} 于 ${closed_at} 关账，第 ${revision} 版。`,
  ];
}

function sealIn(close: PacketData['close'], proof: string | null): PageText {
  if (proof !== null)
    return [
      `Every row hangs on the root that was closed: ${close?.root}. Compare it with the root that you were told by another way.`,
      `全部行均归入关账时的根值：${close?.root}。请与另行获知的根值核对。`,
    ];
  if (close === null) return ['It bears no seal.', '无封印。'];
  return [
    'It bears no seal: the run was closed by a release that made none.',
    '无封印：关账时的程序版本尚不生成封印。',
  ];
}

const HOW: PageText = [
  'All rows stand in this file as data. To recompute every amount from them, on any computer: settle verify FILE.',
  '全部行以数据形式存于本文件。可在任何电脑上重新计算每一笔金额：settle verify 文件名。',
];

/** What each anchor is paid. */
export function statementSection(packet: PacketData, policy: IncentivePolicy): PageSection {
  const money = (head: Parameters<Words['head']>[0]): PageColumn => ({
    head: both((words) => words.head(head)),
    kind: 'money',
    total: true,
  });
  const parts = PART_NAMES.map((part) => money(part));
  const columns: PageColumn[] = [
    { head: both((words) => words.head('anchor_id')), kind: 'id' },
    { head: both((words) => words.head('nickname')), kind: 'text' },
    { head: both((words) => words.head('status')), kind: 'text' },
    { head: both((words) => words.head('valid_sessions')), kind: 'count', total: true },
    { head: both((words) => words.head('valid_days')), kind: 'count' },
    ...parts,
    money('forfeited'),
    money('total'),
    { head: both((words) => words.head('reasons')), kind: 'note' },
  ];
  const rows = unitRows(packet, 'settlement.csv').map((row): PageText[] => [
    ...['anchor_id', 'nickname'].map((name) => row[name] ?? ''),
    both((words) => words.status(row.status ?? '')),
    ...['valid_sessions', 'valid_days', ...PART_NAMES, 'forfeited', 'total'].map((name) => row[name] ?? ''),
    both((words) => words.reasons(row.reasons ?? '', policy)),
  ]);
  return {
    name: 'anchors',
    title: ['By anchor (CNY)', '主播明细（元）'],
    blocks: [
      { table: { name: 'anchors', caption: ['What each anchor is paid', '每位主播的应付金额'], columns, rows } },
    ],
  };
}

/** The same in every packet of a run. */
const known = new WeakMap<IncentivePolicy, PageSection>();

function rulesOf(policy: IncentivePolicy): PageSection {
  const section = known.get(policy) ?? rulesSection(policy);
  known.set(policy, section);
  return section;
}

/** Every value of the policy, in words. */
export function rulesSection(policy: IncentivePolicy): PageSection {
  const [english, chinese] = both((words) => JSON.stringify(policyRules(policy, words))).map(
    (text) => JSON.parse(text) as ReturnType<typeof policyRules>,
  );
  const rows = (english ?? []).map((rule, at): PageText[] => {
    const other = chinese?.[at] ?? rule;
    return [rule.clause, [rule.rule, other.rule], rule.from, [rule.value, other.value]];
  });
  const columns = (['clause', 'rule', 'from', 'value_in_words'] as const).map(
    (head): PageColumn => ({ head: both((words) => words.head(head)), kind: head === 'from' ? 'date' : 'note' }),
  );
  return {
    name: 'policy',
    title: both((words) => words.sheet('policy')),
    blocks: [{ table: { name: 'policy', caption: ['The rules, clause by clause', '规则口径'], columns, rows } }],
  };
}

/** The unit's rows of a file, by the names of its columns. */
export function unitRows({ shared, groups }: Pick<PacketData, 'shared' | 'groups'>, file: string): PacketRow[] {
  const [header = []] = cellsOf(shared.files.find((each) => each.file === file)?.records ?? []);
  const records = groups.flatMap(({ files }) => files.find((each) => each.file === file)?.records ?? []);
  return cellsOf(records).map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

function cellsOf(records: readonly string[]): string[][] {
  return records.map(cellsOfRecord);
}
