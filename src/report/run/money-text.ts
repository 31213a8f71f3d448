import { readable } from '../../core/money.js';
import type { RunResult } from '../../settle/run-result.js';
import { wordOf } from '../../summary/code-words.js';
import { countOf } from '../../text/count.js';
import { plainTable } from '../../text/plain-table.js';
import { inLanguage, type Language } from '../../words/said.js';
import { tellIn } from '../../words/say.js';
import { budgetRows } from '../budget-text.js';

type Paint = (style: 'bold' | 'red' | 'yellow' | 'green' | 'dim', text: string) => string;

/** What is paid, part by part, and what each reason takes of it. */
export function moneyTable(
  { manifest, breakdown, budget, programme }: RunResult,
  paint: Paint,
  language: Language,
): string {
  const { summary } = programme;
  const tell = tellIn(language);
  const { totals } = manifest;
  const amount = (name: string): string => readable(String(totals[name]));
  const minus = (name: string): string => (/^0(\.0+)?$/.test(String(totals[name])) ? amount(name) : `-${amount(name)}`);
  const forfeits = breakdown?.forfeitedBy.filter(({ amount: taken }) => !/^0(\.0+)?$/.test(taken)) ?? [];
  const why = forfeits.map(({ reason, anchors, amount: taken, words }) => [
    `    ${words === undefined ? wordOf(programme, reason, language) : inLanguage(words, language)}`,
    `-${readable(taken)}`,
    countOf(anchors, '{n} anchor', '{n} anchors').in(language),
  ]);
  const rows = summary.rows.flatMap(({ label, total, minus: taken, reasons }, at) => [
    [
      inLanguage(label, language),
      taken ? minus(total) : amount(total),
      at === 0
        ? tell('CNY')
        : reasons && breakdown?.forfeitsOverlap
          ? tell('what several reasons take stands under each')
          : '',
    ],
    ...(reasons ? why : []),
  ]);
  const payable = [paint('bold', tell('Total payable')), paint('bold', amount('total')), paint('bold', tell('CNY'))];
  return plainTable([...rows, payable, ...budgetRows(budget, paint, language)], [1]);
}
