import { join, resolve } from 'node:path';
import { SettleError } from '../../core/errors.js';
import type { Manifest } from '../../emit/manifest.js';
import { readPublished } from '../../emit/run-folder.js';
import { loadPolicy } from '../../policy/load-policy.js';
import type { AnchorChange, Months, MonthsCompared } from '../../programmes/interface/months.js';
import { programmeFor } from '../../programmes/registry.js';
import { say } from '../../words/say.js';
import { type Published, publishedRun } from '../published.js';

/** The two runs, where both are named outright and settle different periods. */
export function runsOfTwoPeriods(
  out: string,
  first: string,
  second: string | undefined,
): { a: Published; b: Published } | undefined {
  const words = [first, second];
  if (second === undefined || words.some((word) => word === 'closed' || word === 'latest')) return undefined;
  const [a, b] = [publishedRun(resolve(out), first), publishedRun(resolve(out), second)];
  const [one, other] = [a.manifest.period, b.manifest.period];
  return one.from === other.from && one.to === other.to ? undefined : { a, b };
}

/** A published run, as it is told which. */
export interface PeriodRun {
  run_id: string;
  policy: string;
  period: Manifest['period'];
  as_of: string;
  run_dir: string;
}

/** Two runs of two periods, and what changed from one to the other. */
export interface TwoPeriods extends MonthsCompared {
  a: PeriodRun;
  b: PeriodRun;
}

/** Why one period's total isn't the other's, from their run folders alone, and in which words it is told. */
export async function compareMonths(a: Published, b: Published): Promise<{ found: TwoPeriods; months: Months }> {
  const months = await monthsOf(a, b);
  for (const { dir } of [a, b]) await readPublished(dir);
  return { found: { a: nameOf(a), b: nameOf(b), ...(await months.compare(a, b)) }, months };
}

/** Two months of one kind of policy have the same parts. */
async function monthsOf(a: Published, b: Published): Promise<Months> {
  const [one, other] = [
    (await loadPolicy(join(a.dir, 'policy.yaml'))).policy,
    (await loadPolicy(join(b.dir, 'policy.yaml'))).policy,
  ];
  if (one.rules !== other.rules)
    throw new SettleError(
      'usage',
      say('the two runs were settled by other rules: {a} and {b}', { a: one.rules, b: other.rules }),
      {
        mend: say('Give two runs by the same rules.'),
      },
    );
  const months = await programmeFor(one).months?.();
  if (months !== undefined) return months;
  throw new SettleError('usage', say("periods aren't compared by the rules {rules}", { rules: one.rules }), {
    mend: say('Give two runs of the same period.'),
  });
}

function nameOf({ dir, manifest: { run_id, policy, period, as_of } }: Published): PeriodRun {
  return { run_id, policy: policy.id, period, as_of, run_dir: dir };
}

/** A line of CSV per anchor that has a row in either; ids and amounts need no quotes. Parts that are nought are left out. */
export function monthsCsv(anchors: readonly AnchorChange[]): string {
  const lines = anchors.map(({ anchor_id, agency_a, agency_b, a, b, delta, parts }) => {
    const said = Object.entries(parts).filter(([, amount]) => amount !== '0.00');
    return [
      anchor_id,
      agency_a ?? '',
      agency_b ?? '',
      a,
      b,
      delta,
      said.map((part) => part.join(':')).join(';'),
    ].join();
  });
  return `${['anchor_id,agency_a,agency_b,a,b,delta,parts', ...lines.sort()].join('\n')}\n`;
}
