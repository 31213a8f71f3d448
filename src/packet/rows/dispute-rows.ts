import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { type Close, DISPUTES } from '../../close/close-file.js';
import { SettleError } from '../../core/errors.js';
import { isSamePeriod } from '../../core/programme.js';
import { type KeptDispute, keptDisputes } from '../../disputes/kept-disputes.js';
import type { Manifest } from '../../emit/manifest.js';
import { guarded } from '../../verify/forms.js';
import { DISPUTE_COLUMNS, DISPUTE_ROWS, type DisputeRow } from '../../verify/packet/dispute-rows.js';
import { say } from '../../words/say.js';
import { piecesOf, type UnitShares } from './share-out.js';

/**
 * What packets of a run show of disputes: of a closed run exactly what its close holds, so that its packets stay as they
 * are; of any other all of its period. undefined: the close was made by a build whose packets show none.
 */
export function disputesShown(out: string, manifest: Manifest, close: Close | undefined): KeptDispute[] | undefined {
  const ofClose = close?.packets?.disputes;
  if (close?.packets !== undefined && ofClose === undefined) return undefined;
  const kept = keptDisputes(out).filter((each) => isSamePeriod(each, manifest));
  if (ofClose === undefined) return kept;
  const known = new Map(kept.map((each) => [each.id, each]));
  return ofClose.map(({ id, answered }) => {
    const dispute = known.get(id);
    if (dispute === undefined || (answered && dispute.answer === null)) throw gone(out, id);
    return answered ? dispute : { ...dispute, answer: null };
  });
}

function gone(out: string, id: string): SettleError {
  return new SettleError('differs', say('dispute {id} is gone, or its answer, which the close holds', { id }), {
    file: join(out, DISPUTES, id),
    mend: say('Put it back from a backup, or from the warehouse: {RESTORE}', { RESTORE: 'settle close --restore' }),
  });
}

/** Adds disputes to a run's rows, each to whoever made it; the last file of all. */
export function shareDisputes(shares: UnitShares, disputes: readonly KeptDispute[]): void {
  const file = shares.files.length;
  shares.files = [...shares.files, { file: DISPUTE_ROWS }];
  shares.headers.set(DISPUTE_ROWS, DISPUTE_COLUMNS.join());
  for (const kept of disputes) {
    const { unit, anchor_id: anchor } = kept.dispute;
    const agency = unit.kind === 'agency' ? unit.id : '';
    piecesOf(shares, { agency, anchor }).push({ file, text: recordOf(kept) });
  }
}

function recordOf({ id, received_at, dispute, answer }: KeptDispute): string {
  const { run_id, anchor_id, session_id, date, claim } = dispute;
  const row: DisputeRow = {
    ...{ dispute_id: id, received_at, run_id, anchor_id, session_id: session_id ?? '', date: date ?? '', claim },
    answered_at: answer?.answered_at ?? '',
    answered_by: answer?.answered_by ?? '',
    accepted: answer === null ? '' : answer.accepted ? 'Y' : 'N',
    answer: answer?.text ?? '',
    rows: answer?.rows.map(({ file, line }) => `${file}:${line}`).join('; ') ?? '',
    paying_run_id: answer?.run_id ?? '',
  };
  const cells = DISPUTE_COLUMNS.map((column) => guarded(row[column]));
  return stringify([cells], { record_delimiter: '\n', quote_record_delimiter: true, eof: false });
}
