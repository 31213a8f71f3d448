import { type BudgetState, isOver, percentOf } from '../core/budget.js';
import { readable } from '../core/money.js';

type Paint = (style: 'red', text: string) => string;

/** Rows of a summary's table: the budget, what of it is left, and what it may come to. */
export function budgetRows(state: BudgetState | undefined, paint: Paint): string[][] {
  if (state === undefined) return [];
  const { budget, used, left, projected } = state;
  const share = percentOf(used, state);
  const rows = [
    [
      'Budget',
      readable(budget),
      `CNY; used ${share === undefined ? readable(used) : `${share} %`}, ${leftText(left, paint)}`,
    ],
  ];
  if (projected === null) return rows;
  const said = `an estimate for the period's end, ${leftText(projected.left, paint)}:`;
  return [
    ...rows,
    [
      '  projected',
      readable(projected.total),
      `${said}\nwatch time per day as so far, bonuses and forfeits as they stand`,
    ],
  ];
}

function leftText(left: string, paint: Paint): string {
  return isOver(left) ? paint('red', `over budget by ${readable(left.slice(1))}`) : `left ${readable(left)}`;
}
