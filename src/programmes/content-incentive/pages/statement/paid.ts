import type { PageSection } from '../../../../page/model.js';
import type { BookedRun } from '../../../interface/book.js';
import type { PaidBefore, StatementAsked } from '../../../interface/pages.js';
import { paidSection, type RevisionTotal, revisionsOf } from '../paid.js';
import { adjustmentsOf, closedRow, type OfAnchor } from './read.js';

/** Of a restatement: what of an anchor was closed before, and what is to be paid or taken back now; of one without a settled session, nothing. */
export async function paidOf(run: BookedRun, asked: StatementAsked): Promise<PaidBefore> {
  const total = (await closedRow(run.dir, asked.anchor))?.total ?? '0.00';
  const lines = await adjustmentsOf(run.dir, asked.anchor);
  const revisions = await revisionsOfAnchor(asked);
  return {
    sections: run.restated ? [paidSection(total, lines, revisions)] : [],
    answer: { revisions, lines },
  };
}

/** The same of what is read already. */
export async function paidSections(run: BookedRun, found: OfAnchor, asked: StatementAsked): Promise<PageSection[]> {
  if (!run.restated) return [];
  return [paidSection(found.row?.total ?? '0.00', found.adjustments, await revisionsOfAnchor(asked))];
}

function revisionsOfAnchor({ anchor, earlier }: StatementAsked): Promise<RevisionTotal[]> {
  return revisionsOf(earlier, async (dir) => (await closedRow(dir, anchor))?.total ?? '0.00');
}
