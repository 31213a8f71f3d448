import type { Command } from 'commander';
import type { RebuildOptions } from '../commands/rebuild.js';
import type { HoldOptions } from '../settings/run-options.js';
import { say } from '../words/say.js';
import { common, ofDatabase, ofExports, ofWarehouse } from './flags.js';
import type { Act, Stop } from './outcome.js';

const REBUILDING: Stop = { left: say('no warehouse was made'), mend: say('Run again; it begins anew.') };
const BACKING_UP: Stop = { left: say('no backup was made'), mend: say('Run again.') };

/** The commands that keep a warehouse, and make a lost one again. */
export function addRestoring(settle: Command, act: Act): void {
  const rebuild = common(settle.command('rebuild'))
    .description('make a lost warehouse again, so that closed runs settle to their files')
    .option(
      '--input <dir...>',
      'the folder of exports; more folders, or the flag again, where replaced files are kept under any name',
    );
  ofDatabase(ofExports(ofWarehouse(rebuild))).action((flags: RebuildOptions) =>
    act(async (context) => (await import('../commands/rebuild.js')).rebuild(flags, context), REBUILDING),
  );
  const backup = common(settle.command('backup'))
    .description('copy the warehouse with its head, while no run can change them')
    .argument('<file>', 'the name of the copy; no file may be there yet');
  ofDatabase(ofWarehouse(backup)).action((file: string, flags: HoldOptions & { out: string }) =>
    act(async (context) => (await import('../commands/backup.js')).backup(file, flags, context), BACKING_UP),
  );
}
