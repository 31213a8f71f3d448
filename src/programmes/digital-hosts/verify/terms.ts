import type { Differences } from '../../../verify/differences.js';

/** The policy as it is written: what was asked of a session on a day. */

type Written = Record<string, Record<string, unknown> | undefined>;

export interface Terms {
  /** Beijing dates, both included; `to` is the evaluation date. */
  from: string;
  to: string;
  dayOf: 'start' | 'end';
  approvedBy: 'before_start' | 'by_start';
  withdrawnDuring: 'stands' | 'lacks';
  freezes: 'anchor' | 'merchant';
  /** The value of a key on a date; undefined before its first day. */
  on: (section: string, key: string, date: string) => unknown;
  /** Every word that the policy names for a kind on any day. */
  named: (section: string) => string[];
}

interface Entry {
  from: string;
  value: unknown;
}

const entriesOf = (value: unknown): Entry[] | undefined => (value as { dated?: Entry[] } | null)?.dated;

/** Each key that may be dated, and what its values are. */
const KEYS: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  merchant: { kinds: Array.isArray },
  supplier: { listed: isTruth },
  host: { human_driven: isTruth, human_likeness: isTruth, generation_filed: isTruth },
  live: { kinds: Array.isArray },
  admission: { parts: Array.isArray },
  otherwise: { measures: Array.isArray, freeze_days: Number.isInteger },
};

function isTruth(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** Undefined, and a difference, where the policy says something else. */
export function termsOf(policy: unknown, asOf: string, differences: Differences): Terms | undefined {
  const written = policy as Written;
  const wrong = faultOf(written);
  if (wrong !== undefined) {
    differences.add('policy.yaml', wrong, '', JSON.stringify(policy), 'the terms of digital hosts');
    return undefined;
  }
  return {
    from: written.period?.from as string,
    to: asOf,
    dayOf: written.session?.day_of as Terms['dayOf'],
    approvedBy: written.admission?.approved as Terms['approvedBy'],
    withdrawnDuring: written.admission?.withdrawn_during as Terms['withdrawnDuring'],
    freezes: written.otherwise?.freezes as Terms['freezes'],
    on: (section, key, date) => {
      const value = written[section]?.[key];
      const entries = entriesOf(value);
      return entries === undefined ? value : entries.findLast(({ from }) => from <= date)?.value;
    },
    named: (section) => {
      const value = written[section]?.kinds;
      return (entriesOf(value)?.map((entry) => entry.value) ?? [value]).flat() as string[];
    },
  };
}

/** The first key that doesn't say what it must. */
function faultOf(written: Written): string | undefined {
  const words: [string, string, readonly string[]][] = [
    ['session', 'day_of', ['start', 'end']],
    ['admission', 'approved', ['before_start', 'by_start']],
    ['admission', 'withdrawn_during', ['stands', 'lacks']],
    ['otherwise', 'freezes', ['anchor', 'merchant']],
  ];
  if (typeof written.period?.from !== 'string') return 'period.from';
  for (const [section, key, known] of words)
    if (!known.includes(String(written[section]?.[key]))) return `${section}.${key}`;
  for (const [section, keys] of Object.entries(KEYS))
    for (const [key, fits] of Object.entries(keys)) {
      const value = written[section]?.[key];
      if (!(entriesOf(value)?.map((entry) => entry.value) ?? [value]).every(fits)) return `${section}.${key}`;
    }
  return undefined;
}
