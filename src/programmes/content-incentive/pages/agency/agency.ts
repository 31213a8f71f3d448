import { sumOf } from '../../../../book/sum.js';
import { difference } from '../../../../core/money.js';
import type { BookedRun } from '../../../interface/book.js';
import type { AgencyAsked, AgencyExplained } from '../../../interface/pages.js';
import { type CsvRow, rowsIn } from '../../book/read.js';
import { figuresOf } from '../../book/sheets/figures.js';
import { paidSection, revisionsOf } from '../paid.js';
import { capFigures } from '../read/days.js';
import { sessionFigures } from '../read/sessions.js';
import { reasonSection } from '../sections/reasons.js';
import { anchorSection, unsettledSection } from '../sections/tables.js';
import { totalsSection } from '../sections/totals.js';
import { readShown, withinText } from '../shown.js';
import { readAgency } from './read.js';
import { cappedSection, hittingSection } from './tables.js';

/**
 * How an agency's amount comes about, or that of all anchors without one: what each anchor brings, what was withheld and
 * forfeited, the penalties that hit, and of a restatement what was closed. From the run folder alone.
 */
export async function agencyExplained(run: BookedRun, { agency, earlier }: AgencyAsked): Promise<AgencyExplained> {
  const shown = await readShown(run, { agency, against: undefined });
  const { book } = shown;
  const sessions = await sessionFigures(book);
  const { byLevel } = await capFigures(book);
  const withheld = new Map([...byLevel].map(([level, capped]) => [level, capped.withheld]));
  const figures = await figuresOf(book, undefined, { ...sessions, valid_sessions: sessions.valid, withheld });
  const { capped, penalties, adjustments } = await readAgency(book, agency);
  const total = figures.sums.total ?? '0.00';
  const revisions = await revisionsOf(earlier, (dir) => totalIn(dir, agency));
  const name = withinText(book.names.get(agency) ?? '');
  return {
    page: {
      title: shown.both((words) =>
        [agency === '' ? words.pick(['Independent anchors', '无机构主播']) : agency, name]
          .filter((part) => part !== '')
          .join(' ')
          .concat(' · ', words.pick(['how the amount came about', '计算过程'])),
      ),
      about: shown.both((words) => `${book.policy.id} · ${words.title('', run, undefined)[1]}`),
      sections: [
        totalsSection(shown, figures, undefined),
        ...(run.restated ? [paidSection(total, adjustments, revisions, 'of several')] : []),
        anchorSection(shown),
        cappedSection(capped),
        reasonSection(shown, sessions, figures),
        hittingSection(penalties, book),
        await unsettledSection(shown),
      ],
    },
    answer: {
      ...{ agency_id: agency === '' ? null : agency, name: name === '' ? null : name },
      ...{ figures: { ...figures.counts, ...figures.sums }, anchors: book.anchors },
      ...{ capped_days: capped, forfeits: figures.forfeits },
      penalties: penalties.map(({ row, reasons }) => ({ ...row, reasons })),
      restated: run.restated ? { closed: closedOf(total, adjustments), total, revisions, lines: adjustments } : null,
    },
  };
}

function closedOf(total: string, adjustments: readonly CsvRow[]): string {
  return difference(total, sumOf(adjustments.map(({ delta }) => delta ?? '0')));
}

async function totalIn(dir: string, agency: string): Promise<string> {
  const totals: string[] = [];
  for await (const row of rowsIn(dir, 'settlement.csv'))
    if ((row.agency_id ?? '') === agency) totals.push(row.total ?? '0');
  return sumOf(totals);
}
