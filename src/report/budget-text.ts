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

/** The same in one line, as a mail has it; none without a budget. */
export function budgetLine(state: BudgetState | null, tell: ReturnType<typeof tellIn>): string[] {
  if (state === null) return [];
  const { budget, used, left, projected } = state;
  const plain: Paint = (_style, text) => text;
  const share = percentOf(used, state);
  const said = tell('budget {budget} CNY, used {share}, {left}', {
    budget: readable(budget),
    share: share === undefined ? readable(used) : `${share} %`,
    left: leftText(left, plain, tell),
  });
  if (projected === null) return [said];
  const values = { said, total: readable(projected.total), left: leftText(projected.left, plain, tell) };
  return [tell('{said} (projected {total}, {left})', values)];
}

function leftText(left: string, paint: Paint, tell: ReturnType<typeof tellIn>): string {
  if (!isOver(left)) return tell('left {amount}', { amount: readable(left) });
  return paint('red', tell('over budget by {amount}', { amount: readable(left.slice(1)) }));
}
