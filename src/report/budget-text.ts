import { type BudgetState, isOver, percentOf } from '../core/budget.js';
import { readable } from '../core/money.js';
import type { Language } from '../words/said.js';
import { tellIn } from '../words/say.js';

type Paint = (style: 'red', text: string) => string;

/** Rows of a summary's table: the budget, what of it is left, and what it may come to. */
export function budgetRows(state: BudgetState | undefined, paint: Paint, language: Language = 'en'): string[][] {
  if (state === undefined) return [];
  const tell = tellIn(language);
  const { budget, used, left, projected } = state;
  const share = percentOf(used, state);
  const rows = [
    [
      tell('Budget'),
      readable(budget),
      tell('CNY; used {share}, {left}', {
        share: share === undefined ? readable(used) : `${share} %`,
        left: leftText(left, paint, tell),
      }),
    ],
  ];
  if (projected === null) return rows;
  const said = tell("an estimate for the period's end, {left}:", { left: leftText(projected.left, paint, tell) });
  return [
    ...rows,
    [
      tell('  projected'),
      readable(projected.total),
      `${said}\n${tell('watch time per day as so far, bonuses and forfeits as they stand')}`,
    ],
  ];
}

function leftText(left: string, paint: Paint, tell: ReturnType<typeof tellIn>): string {
  if (!isOver(left)) return tell('left {amount}', { amount: readable(left) });
  return paint('red', tell('over budget by {amount}', { amount: readable(left.slice(1)) }));
}
