import type { BookSheet } from '../../../book/sheet.js';
import type { Bilingual } from '../../../page/model.js';
import type { Language } from '../../../text/language.js';
import type { BookedRun, Booker } from '../../interface/book.js';
import type { List, Listing } from '../lists.js';
import { codesSaid } from '../said.js';
import { readTotals, rowsOfList } from './read-list.js';

/** A sheet of what the run counts, and one for each list. */
export function bookerOf(own: Listing): Booker {
  return {
    title: ({ policy }, { language }) => `${policy.id} ${inOne(own.title, language)}`,
    sheets: async (run, { language }) => [
      countsSheet(own, run, language),
      ...own.lists.map((list) => listSheet(own, list, run, language)),
    ],
  };
}

const inOne = ([en, zh]: Bilingual, language: Language): string => (language === 'zh' ? zh : en);

function titleOf({ title }: Listing, { policy, run_id }: BookedRun, language: Language): [string, string] {
  return [`${policy.id} ${inOne(title, language)}`, run_id];
}

function countsSheet(own: Listing, run: BookedRun, language: Language): BookSheet {
  const totals = readTotals(run);
  return {
    name: inOne(['Summary', '汇总'], language),
    title: titleOf(own, run, language),
    columns: [
      { head: inOne(['What', '项目'], language), kind: 'text' },
      { head: inOne(['Count', '数量'], language), kind: 'count' },
    ],
    rows: own.counts.map(({ total, words }) => [inOne(words, language), String(totals[total])]),
    filter: false,
  };
}

function listSheet(own: Listing, list: List, run: BookedRun, language: Language): BookSheet {
  const shown = (cell: string, place: number): string =>
    list.columns[place]?.kind === 'codes' && cell !== '' ? inOne(codesSaid(cell, own), language) : cell;
  return {
    name: inOne(list.title, language),
    title: titleOf(own, run, language),
    columns: list.columns.map(({ head, kind }) => ({
      head: inOne(head, language),
      kind: kind === 'codes' ? 'note' : kind,
    })),
    rows: rowsOfList(run, list).map((row) => row.map(shown)),
    filter: true,
  };
}
