import { megabytes } from '../disk/file-sizes.js';
import type { Reason } from '../runs/prunable.js';
import type { Pruned } from '../runs/pruned.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { joined, type Language, type Wording } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

const WORDS: Record<Reason, (days: number) => Wording> = {
  closed: () => say('closed'),
  paid: () => say('paid by a batch'),
  accepted: () => say('something of it was accepted'),
  last: () => say('the last of its policy and period'),
  compared: () => say('what nights compare new data with'),
  recent: (days) => say(days === 1 ? 'ended within {days} day' : 'ended within {days} days', { days }),
};

/** What was deleted and what that gives back, and why the other runs stay. */
export function pruneText(
  { deleted, kept, others, freed, keep_days, dry_run }: Pruned,
  language: Language = 'en',
): string {
  const tell = tellIn(language);
  const lines: string[] = [];
  if (deleted.length > 0) lines.push(dry_run ? tell('Would be deleted') : tell('Deleted'));
  for (const { policy, run_id, finished_at, bytes } of deleted)
    lines.push(
      tell('  {policy}  {run_id}  ended {finished_at}  {more}', {
        policy,
        run_id,
        finished_at,
        more: megabytes(bytes),
      }),
    );
  if (kept.length > 0) lines.push(tell('Stays'));
  for (const { policy, run_id, finished_at, why } of kept)
    lines.push(
      tell('  {policy}  {run_id}  ended {finished_at}  {more}', {
        policy,
        run_id,
        finished_at,
        more: joined(
          why.map((reason) => WORDS[reason](keep_days)),
          '; ',
          '；',
        ),
      }),
    );
  if (others.length > 0) lines.push(tell('Left alone, for no run can be read there'));
  for (const path of others) lines.push(`  ${path}`);
  const all = joined([
    countOf(freed.runs, '{n} run', '{n} runs'),
    countOf(freed.files, '{n} file', '{n} files'),
    megabytes(freed.bytes),
  ]);
  if (freed.runs === 0) lines.push(tell('Nothing to delete: every run is needed.'));
  else lines.push(dry_run ? tell('Would free: {all}', { all }) : tell('Freed: {all}', { all }));
  return `${lines.map(printableLine).join('\n')}\n`;
}
