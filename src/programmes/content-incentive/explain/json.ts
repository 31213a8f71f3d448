import type { Datum, Explanation, Phrase, Test } from './model.js';
import { voice as inLanguage, type Voice } from './page/say.js';

/**
 * The explanation as one object. Names are the files' and the policy's words in every language; values of tests are plain
 * (seconds, counts, CNY, dates), and texts follow the language.
 */
export function objectOf(explained: Explanation, voice: Voice): object {
  const { figures, unsettled: _, ...rest } = explained;
  const reasons = rest.rules.filter(({ stands }) => stands);
  const settled = figures === null ? { status: null, total: null } : { ...figures, reasons: undefined };
  return plain({ ...rest, ...counted(settled), reasons }, voice) as object;
}

/** Counts are numbers, amounts texts. */
function counted(figures: Record<string, string | null | undefined>): object {
  const counts = ['valid_sessions', 'valid_seconds', 'valid_days'];
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, counts.includes(name) ? Number(value) : value]),
  );
}

function plain(value: unknown, voice: Voice): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, voice));
  if (typeof value !== 'object' || value === null) return value;
  if (isPhrase(value)) return voice.say(value);
  if (isTest(value)) return testOf(value, voice);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each, voice)]));
}

function isPhrase(value: object): value is Phrase {
  return 'say' in value && 'with' in value;
}

function isTest(value: object): value is Test {
  return 'clause' in value && 'test' in value && 'holds' in value;
}

function testOf({ clause, test, value, threshold, holds, margin, change }: Test, voice: Voice): object {
  return {
    clause,
    test,
    value: bare(value, voice),
    threshold: bare(threshold, voice),
    holds,
    margin: margin === null ? null : voice.say(margin),
    change: change === null ? null : voice.say(change),
  };
}

const ENGLISH = inLanguage('en');

/** A value without its unit, which the test's name tells; names, codes and flags are the same in every language. */
function bare(datum: Datum | null, voice: Voice): string | null {
  if (datum === null) return null;
  if (typeof datum === 'string') return datum;
  if ('seconds' in datum) return String(datum.seconds);
  if ('minutes' in datum) return String(datum.minutes);
  if ('money' in datum) return datum.money;
  if ('amount' in datum) return datum.amount;
  if ('notBefore' in datum) return datum.notBefore;
  if ('flag' in datum || 'terms' in datum || 'imposed' in datum) return ENGLISH.say(datum);
  return 'count' in datum ? String(datum.count) : voice.say(datum);
}
