import { lossText } from '../payments/loss-text.js';
import type { Loss } from '../payments/losses.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { say, type tellIn } from '../words/say.js';
import type { RebuiltClose } from './closed.js';
import type { RebuildPlan } from './plan.js';

/** What a rebuilt warehouse holds, as it is told of. */
export interface Rebuilt {
  warehouse: string;
  loads: { load: number; loaded_at: string; files: string[]; runs: string[] }[];
  closed: RebuiltClose[];
  acceptances: number;
  /** Files of batches and reviews. */
  payments: number;
  /** Closes that no batch holds, though one that is lost may have; programme by programme. */
  losses: Loss[];
  /** Paths of exports that aren't loaded; see the plan. */
  left: string[];
  /** Names of files of which open runs had a content that is gone, and was replaced since. */
  gone: string[];
}

/** What `settle rebuild` says. */
export function rebuildText(
  { warehouse, loads, closed, acceptances, payments, losses, left, gone }: Rebuilt,
  plan: RebuildPlan,
  tell: ReturnType<typeof tellIn>,
): string {
  const files = plan.loads.reduce((sum, each) => sum + each.files.length, 0);
  const other = closed.filter(({ files: differing }) => differing.length > 0);
  return [
    tell('{warehouse} is made again: {files} in {loads}, {acceptances}', {
      warehouse,
      files: countOf(files, '{n} file', '{n} files'),
      loads: countOf(loads.length, '{n} load', '{n} loads'),
      acceptances: countOf(acceptances, '{n} acceptance', '{n} acceptances'),
    }),
    ...loads.map(({ load, loaded_at, files: names, runs }) => {
      const of =
        runs.length === 0 ? say('which no run knows') : say('as {runs} knew', { runs: runs.map(printableLine) });
      return tell('  load {load}, {loaded_at}: {files}, {of}', {
        load,
        loaded_at,
        files: countOf(names.length, '{n} file', '{n} files'),
        of,
      });
    }),
    tell('Closed runs settled again: {closed}; to the same bytes: {same}', {
      closed: closed.length,
      same: closed.length - other.length,
    }),
    ...(payments === 0
      ? []
      : [
          tell('Payments: {files} of batches and reviews taken in', {
            files: countOf(payments, '{n} file', '{n} files'),
          }),
        ]),
    ...losses.map((loss) => lossText(loss, tell)),
    ...other.map(({ run_id, files: differing, excused }) => {
      const why =
        excused === 'program' ? say('another build settled it') : say('an older reader had read some of its files');
      const values = { run_id: printableLine(run_id), differing, why };
      return tell('  {run_id}: another {differing}, for {why}. See settle check-upgrade', values);
    }),
    ...gone.map((name) =>
      tell('Gone     a content of {name} that open runs had, and that was replaced since', {
        name: printableLine(name),
      }),
    ),
    ...left.map((path) =>
      tell(
        'Left     {path}: not loaded; it is a copy of a content that runs know, or lies in a further folder and no run knows it',
        { path: printableLine(path) },
      ),
    ),
    '',
  ].join('\n');
}
