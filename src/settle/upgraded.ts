import { join } from 'node:path';
import { type OtherFigures, otherFigures } from '../compare/figures.js';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { difference, readable } from '../core/money.js';
import { readPublished } from '../emit/run-folder.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { Program } from '../program/version.js';
import { runAudits } from '../rules/audits.js';
import { loadThatKnew } from '../runs/known-at.js';
import type { Published } from '../runs/published.js';
import { countOf } from '../text/count.js';
import type { Opened } from '../warehouse/hold.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { pinnedFor } from './closed/pinned-by-close.js';
import { type ClosedRun, findAdjustments, makeRestatement, restatedBy } from './closed/restate.js';
import { settleAgain } from './settle-again.js';

/** What this program makes of the very work that a run did, held against what the run published. Amounts are CNY. */
export interface Upgraded extends OtherFigures {
  run_id: string;
  /** The program that the run was made by. */
  program: Program;
  total: string;
  total_now: string;
  delta: string;
}

/**
 * Settles the run's work again, and restates the close that it restates, and compares; `differs` where the warehouse
 * can't, or the settlement fails an audit.
 */
export async function upgradedOf(held: Opened, run: Published, context: Context): Promise<Upgraded> {
  const { warehouse, scratch } = held;
  await readPublished(run.dir); // a folder that somebody changed says nothing of either program
  const closed = await restatedBy(run);
  if (closed !== undefined) await adjustAgain(held, run, closed, context);
  const { programme } = await settleAgain(held, run, context);
  if (closed !== undefined)
    await makeRestatement(warehouse, programme, closed, run.manifest.restates?.transfer === true);
  context.progress('audit', '', 0, 0);
  // A build that pinned nothing gave anchors of a closed period their latest agency without a line, which no audit lets pass.
  const [failure] = await runAudits(warehouse, programme, run.manifest.restates?.transfer !== undefined);
  if (failure !== undefined) {
    throw new SettleError(
      'differs',
      say('settled again, an audit fails: {audit} ({why})', { audit: failure.audit, why: failure.why }),
      {
        file: run.dir,
        mend: say('This is a defect of the program or of the warehouse: keep both, publish nothing, and report it.'),
      },
    );
  }
  const { run_id, program, totals, outputs } = run.manifest;
  const { total } = await warehouse.one('SELECT CAST(total AS VARCHAR) AS total FROM run_total');
  const amounts = { total: String(totals.total), total_now: total as string };
  const delta = difference(amounts.total_now, amounts.total);
  return {
    run_id,
    program,
    ...amounts,
    delta,
    ...(await otherFigures(warehouse, programme, run.dir, outputs, scratch)),
  };
}

/** What the run's lines of adjustments.csv are made of, found again before its period is settled. */
async function adjustAgain(held: Opened, { dir, manifest }: Published, closed: ClosedRun, context: Context) {
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  const knownLoad = await loadThatKnew(held.warehouse, manifest);
  const horizon = { asOf: manifest.as_of, knownLoad, pinned: pinnedFor(dir, manifest, held.scratch) };
  await findAdjustments(held, closed, policy, horizon, context);
}

/** Whether any line, or the total, is another; notices aren't asked. */
export function isOther({ lines, delta }: Pick<Upgraded, 'lines' | 'delta'>): boolean {
  return delta !== '0.00' || Object.values(lines).some((count) => count > 0);
}

/** Version and build, as people are told of them. */
export function programWords({ version, build }: Program): string {
  return build === undefined ? version : `${version} (build ${build})`;
}

/** Whether a total or a line of figures is another, and not only what was left out or read. */
export function hasOtherFigures({ anchors, delta }: Pick<Upgraded, 'anchors' | 'delta'>): boolean {
  return delta !== '0.00' || anchors > 0;
}

/** By how much, for how many anchors, and in how many lines. */
export function otherWords(upgraded: Pick<Upgraded, 'anchors' | 'delta' | 'lines' | 'notices'>): Wording {
  const { anchors, delta, lines, notices } = upgraded;
  const all = Object.entries({ ...lines, 'notices.csv': notices }).filter(([, count]) => count > 0);
  if (all.length === 0 && !isOther(upgraded)) return say('nothing differs');
  const files = all.map(([file, count]) => say('{count} of {file}', { count: readable(String(count)), file }));
  if (!isOther(upgraded)) return say('nothing differs but notices, which are no figures: {files}', { files });
  const sum = `${delta.startsWith('-') ? '' : '+'}${readable(delta)}`;
  const by = delta === '0.00' ? say('the same total') : say('{total} CNY', { total: sum });
  const whose = anchors === 0 ? '' : say(', {anchors}', { anchors: countOf(anchors, '{n} anchor', '{n} anchors') });
  return say('{by}{whose}; lines that differ: {files}', { by, whose, files });
}
