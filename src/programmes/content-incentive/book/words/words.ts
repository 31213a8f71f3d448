import type { Language } from '../../../../text/language.js';
import { subjectZh, valueZh } from '../../../exports/notices-zh.js';
import type { BookedRun } from '../../../interface/book.js';
import { termZh } from '../../explain/words/terms-zh.js';
import { SENTENCES_ZH } from '../../explain/words/words-zh.js';
import type { IncentivePolicy } from '../../policy/to-policy.js';
import { HEADS, type Head, SHEETS, type SheetName } from './heads.js';
import { BOOK_NOTICES_ZH, CAUSES, FIXES_ZH, SEVERITIES, STATUSES } from './terms.js';

/** A book's words in one language; codes that nobody knows stand as they are. */
export type Words = ReturnType<typeof wordsIn>;

export function wordsIn(language: Language) {
  const zh = language === 'zh';
  const pick = ([english, chinese]: readonly [string, string]): string => (zh ? chinese : english);
  const known = (words: Record<string, readonly [string, string]>, code: string): string =>
    Object.hasOwn(words, code) ? pick(words[code] as readonly [string, string]) : code;
  const comma = zh ? '、' : ', ';
  const semicolon = zh ? '；' : '; ';
  const list = (codes: string, say: (code: string) => string): string =>
    codes === '' ? '' : codes.split(';').map(say).join(semicolon);
  const kinds = (all: readonly string[]): string =>
    all.map((kind) => (zh ? termZh(kind, 'kind') : plain(kind))).join(comma);
  return {
    zh,
    comma,
    pick,
    kinds,
    head: (name: Head): string => pick(HEADS[name]),
    sheet: (name: SheetName): string => pick(SHEETS[name]),
    total: pick(['Total', '合计']),
    chart: pick(['From watch time to what is payable, CNY', '应付金额构成（元）']),
    causeOf: (cause: string): string => (zh ? termZh(cause, 'reason') : plain(cause)),
    flag: (text: string): string => (text === 'Y' ? pick(['yes', '是']) : text === 'N' ? pick(['no', '否']) : text),
    agency: (id: string): string => (id === '' ? pick(['independent', '无机构']) : id),
    status: (code: string): string => known(STATUSES, code),
    severity: (code: string): string => known(SEVERITIES, code),
    part: (code: string): string => known(HEADS, code),
    reasons: (codes: string, policy: IncentivePolicy): string =>
      list(codes, (code) => reasonIn(code, policy, { zh, kinds })),
    rule: (rule: RuleInWords): string => ruleIn(rule, { zh, kinds }),
    causes: (text: string): string =>
      list(text, (each) => {
        const [cause = '', amount = ''] = each.split(':');
        return `${known(CAUSES, cause)} ${amount}`;
      }),
    faults: (codes: string): string => list(codes, (code) => (zh ? termZh(code, 'fault') : plain(code))),
    column: (name: string): string => (zh ? termZh(name, 'column') : name),
    needs: (codes: string, english: string): string => (zh ? needsZh(codes, english) : english),
    notice: (code: string): string => (zh ? BOOK_NOTICES_ZH[code]?.title : undefined) ?? plain(code),
    noticeSubject: (code: string, subject: string): string => (zh ? subjectZh(code, subject) : subject),
    noticeValue: (code: string, value: string): string => (zh ? valueZh(code, value) : value),
    noticeFix: (code: string, english: string): string => (zh ? (BOOK_NOTICES_ZH[code]?.fix ?? '') : english),
    withheldOf: (level: string): string => pick([`　days of top level ${level}`, `　最高等级 ${level} 的日期`]),
    anchors: (count: number): string => pick([`${count} ${count === 1 ? 'anchor' : 'anchors'}`, `${count} 位主播`]),
    overlap: pick([
      'counted once; an amount that several reasons take stands under each of them',
      '每笔只计一次；几个原因同时适用的金额在各原因下分别列示',
    ]),
    remark: (name: 'unsettled' | 'quarantine' | 'notices'): string => pick(REMARKS[name]),
    projectedBy: pick([
      'an estimate: watch time per day as so far, bonuses and forfeits as they stand',
      '估算：时长激励按已过日期的日均推算，激励奖金与不予发放按目前金额',
    ]),
    comparedWith: ({ run_id, policy }: BookedRun): string =>
      pick([`Compared with ${policy.id}, run ${run_id}`, `上期：${policy.id}，批次 ${run_id}`]),
    title: (name: string, run: BookedRun, agency: string | undefined, called?: string): readonly [string, string] =>
      titleIn(pick, name, run, agency, called),
  };
}

const REMARKS = {
  unsettled: ['Session rows that nobody is paid for, and what they lack', '未结算的场次行及其原因，补齐后重新结算'],
  quarantine: ['Rows that were left out for a fault, a line per fault', '因问题未采用的行，每个问题一行'],
  notices: [
    'What may not be what somebody meant; no figure is changed by it',
    '可能与本意不符之处，不影响已结算的数字',
  ],
} as const;

/** `out_of_scope` → `out of scope`. */
function plain(code: string): string {
  return code.replaceAll('_', ' ');
}

/** C12, C13: a rule of the policy's penalties. */
export type PenaltyRule = IncentivePolicy['disqualification']['penalties'][number];

/** What of it its words say. */
type RuleInWords = Pick<PenaltyRule, 'id' | 'kinds' | 'at_least' | 'of'>;

interface Tongue {
  zh: boolean;
  kinds: (all: readonly string[]) => string;
}

/** A reason of an anchor or a session; a rule of the policy by its penalties, for its id is the policy's own. */
function reasonIn(code: string, policy: IncentivePolicy, tongue: Tongue): string {
  const rule = policy.disqualification.penalties.find(({ id }) => id === code.replace(/^agency:/, ''));
  if (rule !== undefined) return ruleIn(rule, tongue);
  return tongue.zh ? termZh(code, 'reason') : plain(code).replace(':', ': ');
}

/** `vulgar-3（低俗色情，满 3 次）` */
export function ruleIn({ id, kinds: all, at_least, of }: RuleInWords, { zh, kinds }: Tongue): string {
  const whose = of === 'agency' ? (zh ? '机构处罚：' : 'agency: ') : '';
  return zh ? `${whose}${kinds(all)}满 ${at_least} 次（${id}）` : `${whose}${kinds(all)}, ${at_least} or more (${id})`;
}

const SETTLED_ELSEWHERE = /^nothing: (.*), line (\d+), settles the session/;

/** What has to come, by the faults; a row whose session another row settles needs nothing. */
function needsZh(codes: string, english: string): string {
  const [, file, line] = SETTLED_ELSEWHERE.exec(english) ?? [];
  if (file !== undefined && line !== undefined)
    return SENTENCES_ZH.settled_by.replace('{file}', () => file).replace('{line}', line);
  const fixes = codes.split(';').map((code) => (Object.hasOwn(FIXES_ZH, code) ? FIXES_ZH[code] : ''));
  return [...new Set(fixes)].filter((fix) => fix !== '').join('；');
}

function titleIn(
  pick: (both: readonly [string, string]) => string,
  name: string,
  { policy, run_id, as_of, closed, restated }: BookedRun,
  agency: string | undefined,
  called = '',
): readonly [string, string] {
  const whose =
    agency === undefined
      ? ''
      : ` · ${agency === '' ? pick(['independent anchors', '无机构主播']) : pick([`agency ${agency}`, `机构 ${agency}`])}${called && ` ${called}`}`;
  const { from, to } = policy.period;
  const period = pick([`${from} to ${to}`, `${from} 至 ${to}`]);
  const state =
    closed === null
      ? pick([
          restated ? 'adjusts a closed period; not closed' : 'not closed',
          restated ? '已关账月份的调整，尚未关账' : '尚未关账',
        ])
      : pick([
          `revision ${closed.revision}, closed by ${closed.by}, ${closed.at}`,
          `第 ${closed.revision} 次结算，关账人 ${closed.by}，${closed.at}`,
        ]);
  const head = `${policy.id}${whose}${name === '' ? '' : ` · ${name}`}`;
  return [
    head,
    pick([
      `${period} · run ${run_id} · as of ${as_of} · ${state} · CNY`,
      `${period} · 批次 ${run_id} · 截至 ${as_of} · ${state} · 单位：元`,
    ]),
  ];
}
