import { readable } from '../core/money.js';
import { megabytes } from '../disk/file-sizes.js';
import type { Reason } from '../runs/prunable.js';
import type { Pruned } from '../runs/pruned.js';
import { printableLine } from '../text/terminal.js';

const WORDS: Record<Reason, (days: number) => string> = {
  closed: () => 'closed',
  paid: () => 'paid by a batch',
  accepted: () => 'something of it was accepted',
  last: () => 'the last of its policy and period',
  compared: () => 'what nights compare new data with',
  recent: (days) => `ended within ${days} ${days === 1 ? 'day' : 'days'}`,
};

/** What was deleted and what that gives back, and why the other runs stay. */
export function pruneText({ deleted, kept, others, freed, keep_days, dry_run }: Pruned): string {
  const lines: string[] = [];
  if (deleted.length > 0) lines.push(dry_run ? 'Would be deleted' : 'Deleted');
  for (const { policy, run_id, finished_at, bytes } of deleted)
    lines.push(`  ${policy}  ${run_id}  ended ${finished_at}  ${megabytes(bytes)}`);
  if (kept.length > 0) lines.push('Stays');
  for (const { policy, run_id, finished_at, why } of kept)
    lines.push(
      `  ${policy}  ${run_id}  ended ${finished_at}  ${why.map((reason) => WORDS[reason](keep_days)).join('; ')}`,
    );
  if (others.length > 0) lines.push('Left alone, for no run can be read there');
  for (const path of others) lines.push(`  ${path}`);
  const all = `${counted(freed.runs, 'run')}, ${counted(freed.files, 'file')}, ${megabytes(freed.bytes)}`;
  lines.push(
    freed.runs === 0 ? 'Nothing to delete: every run is needed.' : `${dry_run ? 'Would free' : 'Freed'}: ${all}`,
  );
  return `${lines.map(printableLine).join('\n')}\n`;
}

function counted(number: number, thing: string): string {
  return `${readable(String(number))} ${number === 1 ? thing : `${thing}s`}`;
}
