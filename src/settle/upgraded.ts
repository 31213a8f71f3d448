import { type OtherFigures, otherFigures } from '../compare/figures.js';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { difference, readable } from '../core/money.js';
import { readPublished } from '../emit/run-folder.js';
import type { Program } from '../program/version.js';
import { runAudits } from '../rules/audits.js';
import type { Published } from '../runs/published.js';
import type { Reading } from '../warehouse/hold.js';
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

/** Settles the run's work again and compares; `differs` where the warehouse can't, or the settlement fails an audit. */
export async function upgradedOf({ warehouse, scratch }: Reading, run: Published, context: Context): Promise<Upgraded> {
  await readPublished(run.dir); // a folder that somebody changed says nothing of either program
  await settleAgain({ warehouse, scratch }, run, context);
  context.progress('audit', '', 0, 0);
  const [failure] = await runAudits(warehouse);
  if (failure !== undefined) {
    throw new SettleError('differs', `settled again, an audit fails: ${failure.audit} (${failure.why})`, {
      file: run.dir,
      mend: 'This is a defect of the program or of the warehouse: keep both, publish nothing, and report it.',
    });
  }
  const { run_id, program, totals } = run.manifest;
  const { total } = await warehouse.one('SELECT CAST(total AS VARCHAR) AS total FROM run_total');
  const amounts = { total: String(totals.total), total_now: total as string };
  const delta = difference(amounts.total_now, amounts.total);
  return { run_id, program, ...amounts, delta, ...(await otherFigures(warehouse, run.dir, scratch)) };
}

/** Whether any line of figures, or the total, is another. */
export function isOther({ anchors, delta }: Pick<Upgraded, 'anchors' | 'delta'>): boolean {
  return anchors > 0 || delta !== '0.00';
}

/** Version and build, as people are told of them. */
export function programWords({ version, build }: Program): string {
  return build === undefined ? version : `${version} (build ${build})`;
}

/** By how much, for how many anchors, and in how many lines. */
export function otherWords(upgraded: Pick<Upgraded, 'anchors' | 'delta' | 'lines'>): string {
  if (!isOther(upgraded)) return 'nothing differs';
  const { anchors, delta, lines } = upgraded;
  const by = delta === '0.00' ? 'the same total' : `${delta.startsWith('-') ? '' : '+'}${readable(delta)} CNY`;
  const of = Object.entries(lines).filter(([, count]) => count > 0);
  const files = of.map(([file, count]) => `${readable(String(count))} of ${file}`).join(', ');
  return `${by}, ${readable(String(anchors))} ${anchors === 1 ? 'anchor' : 'anchors'}; lines that differ: ${files}`;
}
