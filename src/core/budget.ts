import { type Amount, decimal, difference, fixed } from './money.js';

/** Budgets of a programme's months, as settle.yaml says them: by programme, then by month (`2023-11`), CNY as text. */
export type Budgets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A month's budget beside what a run of it comes to. Amounts are CNY, as text. */
export interface BudgetState {
  budget: string;
  /** The run's total. */
  used: string;
  /** Negative: over budget. */
  left: string;
  /** What the period may come to at its end, where the run stops before it: an estimate. */
  projected: { total: string; left: string } | null;
}

/** `projected`: an estimate of the total at the period's end; null where the run goes to that end. */
export function budgetState(budget: string, used: string, projected: string | null): BudgetState {
  const whole = fixed(decimal(budget), 2);
  return {
    budget: whole,
    used,
    left: difference(whole, used),
    projected: projected === null ? null : { total: projected, left: difference(whole, projected) },
  };
}

/** How much of the budget an amount is, in per cent with one place; undefined of no budget at all. */
export function percentOf(amount: string, { budget }: BudgetState): string | undefined {
  const whole: Amount = decimal(budget);
  return whole.isZero() ? undefined : fixed(decimal(amount).times(decimal('100')).dividedBy(whole), 1);
}

/** Whether more was used than there is, or will have been. */
export function isOver(left: string): boolean {
  return left.startsWith('-');
}
