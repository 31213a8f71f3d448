import type { Context } from '../context/context.js';
import { EXIT, SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { type LoadReport, loadFolder } from '../load/load.js';
import { leftAlone } from '../report/left-alone.js';
import { type LoadedFile, readFiles } from '../runs/loaded-files.js';
import { type HoldOptions, type ReadingOptions, readingAsked } from '../settings/run-options.js';
import { groupLines, readLoadedFaults } from '../summary/fault-groups.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { loadLake } from '../warehouse/bench.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import { refuseLost, refuseStrange } from '../warehouse/lost.js';
import { namingNeed } from '../warehouse/room.js';
import { inLanguage, type Language, type Wording } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

export interface LoadCommandOptions extends HoldOptions, ReadingOptions {
  out: string;
  /** The lake that exports are loaded into, instead of a warehouse. */
  lake?: string | undefined;
  /** Read again what an older build has read. */
  again?: boolean | undefined;
}

/** `settle load DIR`: load what is new, and settle nothing; exit 4 where rows of a new file are left out for their form. */
export async function load(
  folder: string | undefined,
  options: LoadCommandOptions,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  if (folder === undefined) {
    throw new SettleError('usage', say("missing required argument '{name}'", { name: 'dir' }), {
      mend: say('Give the folder of exports, or say it as input in settle.yaml.'),
    });
  }
  if (options.lake !== undefined) return loadInto(options.lake, folder, options, context);
  const file = warehouseFile(options.warehouse, options.out);
  const reading = { ...readingAsked(options), again: options.again };
  refuseLost(file, options.out);
  return namingNeed(folder, () =>
    hold(file, [folder], options, context, async ({ warehouse, scratch, keep }) => {
      await refuseStrange(warehouse, options.out, 'before');
      const onFile = (done: number, total: number, name: string): void => context.progress('load', name, done, total);
      const report = await loadFolder(warehouse, { folder, scratch, now: context.clock(), ...reading, onFile });
      await refuseStrange(warehouse, options.out, 'loaded');
      await keep();
      const last = await warehouse.count('SELECT coalesce(max(load_no), 0) FROM load');
      const loaded = report.loaded.length === 0 ? [] : await readFiles(warehouse, last);
      const faulty = loaded.some(({ quarantined }) => quarantined > 0);
      const faults = faulty && context.summary ? groupLines(await readLoadedFaults(warehouse, last)) : [];
      return {
        exit: faulty ? EXIT.quarantined : EXIT.done,
        answer: {
          warehouse: file,
          load: loaded.length === 0 ? null : last,
          loaded,
          known: report.known,
          others: report.others,
        },
        text: () => textOf(loaded, last, report, faults, context.language),
      };
    }),
  );
}

/** Loads into a lake, where no other go is compared with: what a file withdraws is told by the run that brings it in. */
async function loadInto(
  lake: string,
  folder: string,
  options: LoadCommandOptions,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const { load: last, files, known, others } = await loadLake(lake, folder, options, context);
  const loaded = files.map(({ name, kind, sha256, rows, tables, replaced }) => {
    const rowsOf = (table: string): number => tables.find((stored) => stored.table === table)?.rows ?? 0;
    const [quarantined, collapsed] = [rowsOf('unsound_row'), rowsOf('collapsed_row')];
    return { file: name, kind, sha256, rows, quarantined, collapsed, replaced };
  });
  const report = { loaded: [], known, others };
  const told = loaded.map((file) => ({ ...file, withdrawn: 0 }));
  return {
    exit: loaded.some(({ quarantined }) => quarantined > 0) ? EXIT.quarantined : EXIT.done,
    answer: { lake, load: last, loaded, known, others },
    text: () => textOf(told, last ?? 0, report, [], context.language),
  };
}

function textOf(
  loaded: readonly Pick<LoadedFile, 'file' | 'rows' | 'quarantined' | 'withdrawn'>[],
  last: number,
  { known, others }: LoadReport,
  faults: readonly Wording[],
  language: Language = 'en',
): string {
  const tell = tellIn(language);
  const alone = leftAlone({ others }, language).map((line) => `${line}\n`);
  if (loaded.length === 0) {
    const files = countOf(known, '{n} file', '{n} files');
    return `${tell('Nothing new: {files} known already.', { files })}\n${alone.join('')}`;
  }
  const lines = loaded.map(({ file, rows, quarantined, withdrawn }) => {
    const left = quarantined > 0 ? say(', {n} left out for their form', { n: readable(String(quarantined)) }) : '';
    const gone =
      withdrawn > 0 ? say(', {n} of the file it replaces withdrawn', { n: readable(String(withdrawn)) }) : '';
    const values = { file: printableLine(file), rows: countOf(rows, '{n} row', '{n} rows'), left, gone };
    return tell('  {file}: {rows}{left}{gone}', values);
  });
  const head = tell('Load {load}: {files} new, {known} known already', {
    load: last,
    files: countOf(loaded.length, '{n} file', '{n} files'),
    known,
  });
  const told = faults.map((fault) => `    ${inLanguage(fault, language)}`);
  return `${[head, ...lines, ...told].join('\n')}\n${alone.join('')}`;
}
