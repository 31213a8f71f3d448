import { dirname } from 'node:path';
import { writeBook } from '../book/write-book.js';
import type { Context } from '../context/context.js';
import type { Budgets } from '../core/budget.js';
import { readable } from '../core/money.js';
import { paymentSheets } from '../paying/sheet.js';
import { programmeFor } from '../programmes/registry.js';
import { nameFor, placeFor } from '../runs/shown/place.js';
import { agencyAsked, runBeside, shownRun } from '../runs/shown/shown-run.js';
import { budgetOf } from '../summary/budget.js';
import { languageOf } from '../text/language.js';
import { plainTable } from '../text/plain-table.js';

export interface BookOptions {
  /** Where run folders are. */
  runs: string;
  /** The workbook to write. */
  out?: string | undefined;
  against?: string | undefined;
  lang?: string | undefined;
  agency?: string | undefined;
  /** What months may cost, which settle.yaml alone can say. */
  budget?: Budgets | undefined;
}

/** `settle book RUN`: the run as a workbook for people, from its folder alone, and from the batch that pays it. */
export async function book(
  run: string,
  options: BookOptions,
  context: Context,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ answer: object; text: () => string }> {
  const language = languageOf(options.lang, environment);
  const { shown: found, manifest } = await shownRun(options.runs, run);
  const shown = { ...found, budget: budgetOf(manifest, options.budget, programmeFor(found.policy).summary) };
  const against = await runBeside(options.runs, options.against, shown);
  const path = placeFor('workbook', options.out ?? nameFor('workbook', shown, options.agency));
  const booker = await programmeFor(shown.policy).booker();
  context.progress('write', 'book', 0, 0);
  const asked = { language, agency: agencyAsked(options.agency), against };
  const look = {
    title: booker.title(shown, asked),
    font: language === 'zh' ? 'Microsoft YaHei' : 'Calibri',
  };
  const own = await booker.sheets(shown, asked);
  const paid = paymentSheets({ ...asked, out: dirname(dirname(shown.dir)), runDir: shown.dir, title: look.title });
  const sheets = await writeBook(path, [...own, ...paid], look);
  const rows = sheets.map((sheet) => [sheet.name, readable(String(sheet.rows))]);
  return {
    answer: { run_id: shown.run_id, run_dir: shown.dir, file: path, sheets },
    text: () => `${path}\n${plainTable(rows, [1])}\n`,
  };
}
