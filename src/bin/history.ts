import type { Command } from 'commander';
import type { CloseOptions } from '../commands/close.js';
import type { LoadOptions } from '../commands/load.js';
import type { HoldOptions } from '../commands/run-options.js';
import { EXIT } from '../errors.js';
import { common, type Ends, ofDatabase, ofWarehouse } from './flags.js';
import type { Session } from './session.js';

/** The commands about what was loaded and settled so far. */
export function addHistory(settle: Command, session: Session, ends: Ends): void {
  const load = common(settle.command('load'))
    .description('load the exports and settle nothing')
    .argument('<dir>', 'the folder of exports');
  ofDatabase(ofWarehouse(load))
    .option('--encoding <name>', 'what a file that is not UTF-8 is read as: gb18030')
    .action((dir: string, flags: LoadOptions) =>
      ends(
        session.run(async (context) => {
          const { load } = await import('../commands/load.js');
          const { exit, answer, text } = await load(dir, flags, context);
          session.answer(answer, text);
          return exit;
        }),
      ),
    );
  const files = common(settle.command('files')).description('list what is loaded, load by load');
  ofDatabase(ofWarehouse(files)).action((flags: HoldOptions & { out: string }) =>
    ends(
      session.run(async (context) => {
        const { files } = await import('../commands/files.js');
        const { answer, text } = await files(flags, context);
        session.answer(answer, text);
        return EXIT.done;
      }),
    ),
  );
  const close = common(settle.command('close'))
    .description('seal a period with the run that it is paid by')
    .argument('<run>', 'the id of the run, or its folder')
    .requiredOption('--by <name>', 'who closes')
    .option('--note <text>', 'what there is to say about it')
    .option('--accept-quarantine <sha256>', 'of quarantine.csv: its rows are known and not to be paid');
  ofDatabase(ofWarehouse(close)).action((run: string, flags: CloseOptions) =>
    ends(
      session.run(async (context) => {
        const { close } = await import('../commands/close.js');
        const { exit, answer, text } = await close(run, flags, context);
        session.answer(answer, text);
        return exit;
      }),
    ),
  );
  const runs = common(settle.command('runs')).description('list the published runs');
  ofDatabase(ofWarehouse(runs)).action((flags: HoldOptions & { out: string }) =>
    ends(
      session.run(async (context) => {
        const { runs } = await import('../commands/runs.js');
        const { answer, text } = await runs(flags, context);
        session.answer(answer, text);
        return EXIT.done;
      }),
    ),
  );
}
