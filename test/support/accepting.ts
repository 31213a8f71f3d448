import { accept } from '../../src/commands/accept.js';
import { type CloseOptions, close } from '../../src/commands/close.js';
import type { Context } from '../../src/context/context.js';
import { noticesIn } from '../../src/notices/read-notices.js';
import { publishedRun } from '../../src/runs/published.js';
import { SILENT } from './workspace.js';

type Closing = Pick<CloseOptions, 'out' | 'warehouse' | 'by'> & Partial<CloseOptions>;

/** Somebody has looked at the notices of a run, and at anchors of closed periods that have another agency now, though not at its quarantined rows. */
export async function acceptNotices(run: string, options: Closing, context: Context = SILENT): Promise<void> {
  const { dir } = publishedRun(options.out, run);
  const attention = (noticesIn(dir) ?? []).filter(({ severity }) => severity === 'attention');
  const open = [...new Set(attention.map(({ code }) => code))];
  const { out, warehouse, by } = options;
  // What an earlier run had too is accepted by now, which is no fault here.
  const orNothing = (error: unknown): void => {
    if (!/^nothing that is open|^nothing is open/.test((error as Error).message)) throw error;
  };
  const accepting = (only: string[]) => accept(run, { out, warehouse, by, only }, context);
  if (open.length > 0)
    await accepting(open).catch(async () => {
      for (const code of open) await accepting([code]).catch(orNothing);
    });
  const ofPlace = { out, warehouse, by, place: true, only: ['agency_changed'] };
  await accept(undefined, ofPlace, context).catch(orNothing);
}

/** Closes a run whose notices somebody has accepted. */
export async function closeAccepted(run: string, options: Closing, context: Context = SILENT) {
  await acceptNotices(run, options, context);
  return close(run, options, context);
}
