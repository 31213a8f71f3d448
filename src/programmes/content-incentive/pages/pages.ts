import type { Page } from '../../../page/model.js';
import type { BookedRun } from '../../interface/book.js';
import type { Pages, ReportAsked } from '../../interface/pages.js';
import { figuresOf, type SummaryFigures } from '../book/sheets/figures.js';
import type { Words } from '../book/words/words.js';
import { agencyExplained } from './agency/agency.js';
import { capFigures } from './read/days.js';
import { sessionFigures } from './read/sessions.js';
import { agencySection } from './sections/agencies.js';
import { bonusSection } from './sections/bonuses.js';
import { capSection } from './sections/caps.js';
import { changeSection } from './sections/change.js';
import { concentrationSection } from './sections/concentration.js';
import { reasonSection } from './sections/reasons.js';
import { sessionSection } from './sections/sessions.js';
import { anchorSection, noticeSection, unsettledSection } from './sections/tables.js';
import { totalsSection } from './sections/totals.js';
import { readShown } from './shown.js';
import { paidOf } from './statement/paid.js';
import { statementOf } from './statement/statement.js';

/** The incentive on pages. */
export const PAGES: Pages = { report: reportPage, statement: statementOf, paid: paidOf, agency: agencyExplained };

async function reportPage(run: BookedRun, asked: ReportAsked): Promise<Page> {
  const shown = await readShown(run, asked);
  const { both, book } = shown;
  const { against, agency } = asked;
  const sessions = await sessionFigures(book);
  const caps = await capFigures(book);
  const withheld = new Map([...caps.byLevel].map(([level, capped]) => [level, capped.withheld]));
  const now = await figuresOf(book, undefined, { ...sessions, valid_sessions: sessions.valid, withheld });
  const before: SummaryFigures | undefined = against && (await figuresOf(book, against));
  const total = now.sums.total ?? '0.00';
  const titles = (words: Words) => words.title('', run, agency, book.names.get(agency ?? ''));
  return {
    title: both((words) => `${titles(words)[0]} · ${words.pick(['settlement report', '结算报告'])}`),
    about: both((words) => titles(words)[1]),
    sections: [
      totalsSection(shown, now, before),
      ...(against === undefined ? [] : [await changeSection(shown, against)]),
      await agencySection(shown, total),
      capSection(shown, caps),
      sessionSection(shown, sessions),
      reasonSection(shown, sessions, now),
      bonusSection(shown, sessions),
      concentrationSection(shown, total),
      anchorSection(shown),
      await unsettledSection(shown),
      // Notices may name other agencies, and what an agency is sent must not.
      ...(agency === undefined ? [await noticeSection(shown)] : []),
    ],
  };
}
