import type { Context } from '../context/context.js';
import { EXIT, SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { type LoadReport, loadFolder } from '../load/load.js';
import { leftAlone } from '../report/left-alone.js';
import { type LoadedFile, readFiles } from '../runs/loaded-files.js';
import { type HoldOptions, type ReadingOptions, readingAsked } from '../settings/run-options.js';
import { groupLines, readLoadedFaults } from '../summary/fault-groups.js';
import { printableLine } from '../text/terminal.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import { refuseLost, refuseStrange } from '../warehouse/lost.js';
import { namingNeed } from '../warehouse/room.js';
import { say } from '../words/say.js';

export interface LoadCommandOptions extends HoldOptions, ReadingOptions {
  out: string;
  /** Read again what an older build has read. */
  again?: boolean | undefined;
}

/** `settle load DIR`: load what is new, and settle nothing; exit 4 where rows of a new file are left out for their form. */
export async function load(
  folder: string | undefined,
  options: LoadCommandOptions,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const file = warehouseFile(options.warehouse, options.out);
  const reading = { ...readingAsked(options), again: options.again };
  if (folder === undefined) {
    throw new SettleError('usage', say("missing required argument '{name}'", { name: 'dir' }), {
      mend: say('Give the folder of exports, or say it as input in settle.yaml.'),
    });
  }
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
        text: () => textOf(loaded, last, report, faults),
      };
    }),
  );
}

function textOf(
  loaded: readonly LoadedFile[],
  last: number,
  { known, others }: LoadReport,
  faults: readonly string[],
): string {
  const alone = leftAlone({ others }).map((line) => `${line}\n`);
  if (loaded.length === 0) return `Nothing new: ${count(known, 'file')} known already.\n${alone.join('')}`;
  const lines = loaded.map(({ file, rows, quarantined, withdrawn }) => {
    const left = quarantined > 0 ? `, ${readable(String(quarantined))} left out for their form` : '';
    const gone = withdrawn > 0 ? `, ${readable(String(withdrawn))} of the file it replaces withdrawn` : '';
    return `  ${printableLine(file)}: ${count(rows, 'row')}${left}${gone}`;
  });
  return `Load ${last}: ${count(loaded.length, 'file')} new, ${known} known already\n${[...lines, ...faults.map((fault) => `    ${fault}`)].join('\n')}\n${alone.join('')}`;
}

function count(number: number, thing: string): string {
  return `${readable(String(number))} ${number === 1 ? thing : `${thing}s`}`;
}
