import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundClose } from '../../src/close/close-file.js';
import { workspace, write } from '../support/workspace.js';

/** A close of a month, as far as notices of the place ask about it: its policy, and its run's anchors with their agencies. */
export function closeOf(
  month: string,
  policy: { id: string; sha256: string },
  anchors: Record<string, string> = {},
): FoundClose {
  const dir = join(workspace(), month);
  mkdirSync(dir);
  const rows = Object.entries(anchors).map(
    ([anchor, agency]) => `${month}-01,${month}-28,${anchor},"a, b",${agency},payable\n`,
  );
  write(dir, { 'settlement.csv': `period_from,period_to,anchor_id,nickname,agency_id,status\n${rows.join('')}` });
  return {
    close: {
      ...{ close_no: 1, revision: 1, run_id: month, policy, period: { from: `${month}-01`, to: `${month}-28` } },
      ...{ as_of: `${month}-28`, manifest_sha256: '', totals: {}, quarantine_accepted: null, closed_at: '' },
      ...{ closed_by: 'Wang Li', note: '', previous: null },
    },
    sha256: month,
    path: join(dir, 'close.json'),
  };
}
