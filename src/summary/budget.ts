import { datesBetween } from '../core/beijing.js';
import { type BudgetState, type Budgets, budgetState } from '../core/budget.js';
import { programmeOf } from '../core/programme.js';
import type { Manifest } from '../emit/manifest.js';
import type { ProgrammeSummary } from '../programmes/interface/summary.js';

/** Of a run, as its manifest says it. */
type Run = Pick<Manifest, 'policy' | 'programme' | 'period' | 'as_of' | 'totals'>;

/** The budget of a run's programme and month, the one that its period begins in; undefined: there is none. */
export function budgetFor(run: Run, budgets: Budgets | undefined): string | undefined {
  return budgets?.[programmeOf(run)]?.[run.period.from.slice(0, 7)];
}

/** What of the budget is used and left; where the run stops before the period's end, also what the period may come to. */
export function budgetOf(
  run: Run,
  budgets: Budgets | undefined,
  { projected }: Pick<ProgrammeSummary, 'projected'>,
): BudgetState | undefined {
  const budget = budgetFor(run, budgets);
  const { period, as_of, totals } = run;
  if (budget === undefined || totals.total === undefined) return undefined; // who pays nobody uses none
  const days = { elapsed: datesBetween(period.from, as_of).length, all: datesBetween(period.from, period.to).length };
  return budgetState(budget, String(totals.total), as_of < period.to ? projected(totals, days) : null);
}
