import type { z } from 'zod';
import { type Table, table } from '../../engine/table.js';
import type { Finding } from '../../yaml/faults.js';
import { list, mapping as mappingOf, whole, word } from '../../yaml/leaves.js';
import type { Policy, PolicyReader } from '../interface/policy.js';
import { datedFaults, dated as datedValue, type InForce, inForce } from '../listing/dated.js';
import { aboutKeys, aboutOf, exportWord, periodFaults, truth } from '../listing/policy.js';
import { saidBoth } from '../listing/said.js';
import { ADMITTED_PARTS } from './exports.js';

export const DIGITAL_NAME = 'digital-hosts';

/** The sections whose values may be dated. */
const SECTIONS = ['merchant', 'supplier', 'host', 'live', 'admission', 'otherwise'] as const;
const ONLY_DATED = saidBoth([
  `only a rule directly under ${SECTIONS.join(', ')} can be dated: approved, withdrawn_during and freezes are readings and can't`,
  `只有 ${SECTIONS.join('、')} 下的规则可按日期区分；approved、withdrawn_during、freezes 是对原文的理解，不能按日期区分`,
]);
const mapping = <S extends z.ZodRawShape>(shape: S) => mappingOf(shape, ONLY_DATED);
const dated = <T extends z.ZodType>(value: T) => datedValue(value, ONLY_DATED);
const wordsOf = <const W extends string>(words: readonly W[], en: string, zh: string) =>
  dated(list(word(words), saidBoth([en, zh]), 'any'));

/** D6: what follows where something lacks. */
export const MEASURES = ['warning', 'stop', 'freeze_live'] as const;

export const digitalShape = mapping({
  ...aboutKeys(DIGITAL_NAME, mapping),
  session: mapping({ day_of: word(['start', 'end']) }), // D2
  merchant: mapping({ kinds: dated(list(exportWord, saidBoth(['kinds of merchants', '商家类型']), 'some')) }), // D1
  supplier: mapping({ listed: dated(truth) }), // D2
  host: mapping({ human_driven: dated(truth), human_likeness: dated(truth), generation_filed: dated(truth) }), // D3
  live: mapping({ kinds: dated(list(exportWord, saidBoth(['kinds of live', '直播类型']), 'some')) }), // D4
  admission: mapping({
    parts: wordsOf(Object.keys(ADMITTED_PARTS) as (keyof typeof ADMITTED_PARTS)[], 'parts', '报备对象'), // D5
    approved: word(['before_start', 'by_start']), // D5
    withdrawn_during: word(['stands', 'lacks']), // D5
  }),
  otherwise: mapping({
    measures: wordsOf(MEASURES, 'measures', '处理'), // D6
    freeze_days: dated(whole(saidBoth(['days', '天']), 1, 36_500)), // D6
    freezes: word(['anchor', 'merchant']), // D6
  }),
});
type DigitalShape = z.output<typeof digitalShape>;

/** How the policy reads what its source leaves open; no value of it is dated. */
interface Readings {
  day_of: string;
  approved: string;
  withdrawn_during: string;
  freezes: string;
}

export interface DigitalPolicy extends Policy {
  readings: Readings;
  /** By `section.key`: the values of a rule, each with its days. */
  terms: Record<string, InForce[]>;
}

const FREEZE_DAYS = 'otherwise.freeze_days';
const READINGS = ['approved', 'withdrawn_during', 'freezes', 'clause', 'note'];

/** The words of a value; of true and false these themselves. */
const wordsIn = (value: unknown): string[] => [...new Set([value].flat().map(String))];

export const DIGITAL_POLICY: PolicyReader = {
  shape: digitalShape,
  sense: (value) => [...periodFaults(value), ...datedFaults(value, SECTIONS), ...freezeFaults(value)],
  policyOf: (read: DigitalShape): Omit<DigitalPolicy, 'rules'> => {
    const { session, admission, otherwise } = read;
    const terms = SECTIONS.flatMap((section) =>
      Object.entries(read[section])
        .filter(([key]) => !READINGS.includes(key))
        .map(([key, value]): [string, InForce[]] => [`${section}.${key}`, inForce(value)]),
    );
    const { approved, withdrawn_during } = admission;
    return {
      ...aboutOf(read),
      readings: { day_of: session.day_of, approved, withdrawn_during, freezes: otherwise.freezes },
      terms: Object.fromEntries(terms),
    };
  },
  tables: ({ readings, terms }: DigitalPolicy): Record<string, Table> => {
    const { [FREEZE_DAYS]: freezes = [], ...others } = terms;
    const text = 'VARCHAR';
    return {
      policy_digital_reading: table({ day_of: text, approved: text, withdrawn_during: text, freezes: text }, [
        readings,
      ]),
      policy_digital: table(
        { rule: text, word: text, from_date: 'DATE', before_date: 'DATE' },
        Object.entries(others).flatMap(([rule, entries]) =>
          entries.flatMap(({ from, before, value }) =>
            wordsIn(value).map((each) => ({ rule, word: each, from_date: from, before_date: before })),
          ),
        ),
      ),
      policy_digital_freeze: table(
        { days: 'INTEGER', from_date: 'DATE', before_date: 'DATE' },
        freezes.map(({ from, before, value }) => ({ days: value as number, from_date: from, before_date: before })),
      ),
    };
  },
  sections: ['session', ...SECTIONS],
  onlyDated: ONLY_DATED,
};

/** D6: a freeze from a day on which nobody says how long it lasts. */
function freezeFaults(value: unknown): Finding[] {
  const { measures, freeze_days: days } = (value as { otherwise?: Record<string, unknown> } | null)?.otherwise ?? {};
  if (typeof measures !== 'object' || measures === null || days === undefined || days === null) return [];
  const freezing = inForce(measures).find((each) => Array.isArray(each.value) && each.value.includes('freeze_live'));
  const first = inForce(days)[0]?.from;
  if (freezing === undefined || typeof first !== 'string' || first <= freezing.from) return [];
  return [
    {
      path: ['otherwise', 'freeze_days'],
      found: saidBoth([
        `days from ${first}, a freeze from ${freezing.from}`,
        `天数自 ${first}，冻结自 ${freezing.from}`,
      ]),
      expected: saidBoth(['expected days from as early on', '天数应不晚于冻结的起始日期']),
    },
  ];
}
