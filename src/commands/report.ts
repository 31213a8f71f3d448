import type { Context } from '../context/context.js';
import type { Budgets } from '../core/budget.js';
import { writeNewFile } from '../disk/new-file.js';
import { pageHtml } from '../page/html.js';
import { programmeFor } from '../programmes/registry.js';
import { nameFor, placeFor } from '../runs/shown/place.js';
import { agencyAsked, runBeside, shownRun } from '../runs/shown/shown-run.js';
import { budgetOf } from '../summary/budget.js';

export interface ReportOptions {
  /** Where run folders are. */
  runs: string;
  /** The page to write. */
  out?: string | undefined;
  against?: string | undefined;
  agency?: string | undefined;
  /** What months may cost, which settle.yaml alone can say. */
  budget?: Budgets | undefined;
}

/** `settle report RUN`: the run as one page for a browser, from its folder alone. */
export async function report(
  run: string,
  options: ReportOptions,
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  const { shown: found, manifest } = await shownRun(options.runs, run);
  const shown = { ...found, budget: budgetOf(manifest, options.budget, programmeFor(found.policy).summary) };
  const against = await runBeside(options.runs, options.against, shown);
  const path = placeFor('page', options.out ?? nameFor('page', shown, options.agency));
  const pages = await programmeFor(shown.policy).pages();
  context.progress('write', 'report', 0, 0);
  const html = pageHtml(await pages.report(shown, { agency: agencyAsked(options.agency), against }));
  writeNewFile(path, html);
  return {
    answer: { run_id: shown.run_id, run_dir: shown.dir, file: path },
    text: () => `${path}\n`,
  };
}
