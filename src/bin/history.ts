import type { Command } from 'commander';
import type { AcceptOptions } from '../commands/accept.js';
import type { BookOptions } from '../commands/book.js';
import type { DiffOptions } from '../commands/diff.js';
import type { ExplainOptions } from '../commands/explain.js';
import type { LoadCommandOptions } from '../commands/load.js';
import type { PacketOptions } from '../commands/packet.js';
import type { PruneOptions } from '../commands/prune.js';
import type { ReportOptions } from '../commands/report.js';
import type { StatementOptions } from '../commands/statement.js';
import type { HoldOptions } from '../settings/run-options.js';
import { addClose } from './closing.js';
import { common, needed, ofDatabase, ofExports, ofLake, ofWarehouse, own } from './flags.js';
import type { Act } from './outcome.js';
import { ACCEPTING, COMPACTING, LOADING, PRUNING, READING } from './session.js';

/** The commands about what was loaded and settled so far. */
export function addHistory(settle: Command, act: Act): void {
  const load = common(settle.command('load'))
    .description('load the exports and settle nothing')
    .argument('[dir]', 'the folder of exports (default: --input)')
    .option('--input <dir>', 'the folder of exports');
  ofDatabase(ofExports(ofLake(ofWarehouse(load))))
    .option('--again', 'read files again that an older build has read')
    .action((dir: string | undefined, flags: LoadCommandOptions & { input?: string }) =>
      act(async (context) => (await import('../commands/load.js')).load(dir ?? flags.input, flags, context), LOADING),
    );
  const files = common(settle.command('files')).description('list the loaded files, load by load');
  ofDatabase(ofWarehouse(files)).action((flags: HoldOptions & { out: string }) =>
    act(async (context) => (await import('../commands/files.js')).files(flags, context), READING),
  );
  const runs = common(settle.command('runs')).description('list the published runs');
  ofDatabase(ofWarehouse(runs)).action((flags: HoldOptions & { out: string }) =>
    act(async (context) => (await import('../commands/runs.js')).runs(flags, context), READING),
  );
  addAccept(settle, act);
  addPrune(settle, act);
  addCompact(settle, act);
  addClose(settle, act);
  addDiff(settle, act);
  addExplain(settle, act);
  addBook(settle, act);
  addReport(settle, act);
  addStatement(settle, act);
  addPacket(settle, act);
  const check = common(settle.command('check-upgrade')).description(
    'settle each closed period again with this program, unpublished, and show what differs from what was closed',
  );
  ofDatabase(ofWarehouse(check)).action((flags: HoldOptions & { out: string }) =>
    act(async (context) => (await import('../commands/check-upgrade.js')).checkUpgrade(flags, context), READING),
  );
}

function addDiff(settle: Command, act: Act): void {
  const diff = common(settle.command('diff'))
    .description('show what differs between two settlements, and why, to the fen')
    .argument('<a>', 'a run id, a run folder, "closed" or "latest"')
    .argument('[b]', 'the same; leave it out with --policy or --input')
    .option('--policy <file>', 'compare with a settlement by this policy; nothing is published')
    .addOption(own('--input <dir>', 'compare with a settlement of these exports too; the load is not kept'));
  ofExports(diff)
    .option('--csv <file>', 'write a line per anchor into this file')
    .option('--exit-code', 'exit with 6 if they differ');
  ofDatabase(ofWarehouse(diff)).action((a: string, b: string | undefined, flags: DiffOptions) =>
    act(async (context) => (await import('../commands/diff.js')).diff(a, b, flags, context), READING),
  );
}

function addAccept(settle: Command, act: Act): void {
  const command = common(settle.command('accept'))
    .description('accept notices and quarantined rows that were looked at, so that nobody is asked about them again')
    .argument('[run]', 'the id of the run, its folder, "closed" or "latest"')
    .addOption(needed('--by <name>', 'who accepts'))
    .option('--note <text>', 'what there is to say about it')
    .option('--all', 'everything that is open')
    .option('--only <code...>', 'what has this code, or CODE:SUBJECT (or CODE:FILE); may be repeated')
    .option('--place', 'notices of the place (the folder of exports, the policies) instead of a run')
    .option('--dry-run', 'print what would be accepted, and change nothing');
  ofDatabase(ofWarehouse(command)).action((run: string | undefined, flags: AcceptOptions) =>
    act(async (context) => (await import('../commands/accept.js')).accept(run, flags, context), ACCEPTING),
  );
}

function addPrune(settle: Command, act: Act): void {
  const command = common(settle.command('prune'))
    .description(
      'delete run folders that nothing needs: no close, no restatement, no night, and not the last of a period',
    )
    .option('--keep-days <number>', 'runs that ended within so many days stay', '7')
    .option('--dry-run', 'print what would be deleted, and change nothing');
  ofDatabase(ofWarehouse(command)).action((flags: PruneOptions) =>
    act(async (context) => (await import('../commands/prune.js')).prune(flags, context), PRUNING),
  );
}

function addCompact(settle: Command, act: Act): void {
  const command = common(settle.command('compact')).description(
    'give back the room in the warehouse of rows that a replaced file and the one in its place have in common',
  );
  ofDatabase(ofWarehouse(command)).action((flags: HoldOptions & { out: string }) =>
    act(async (context) => (await import('../commands/compact.js')).compact(flags, context), COMPACTING),
  );
}

type ExplainFlags = ExplainOptions & { config?: string; agency?: string; of?: string };

function addExplain(settle: Command, act: Act): void {
  const explain = common(settle.command('explain'))
    .description('show clause by clause how an amount was calculated')
    .argument('<run>', 'the id of the run, its folder, "closed" or "latest"')
    .option('--anchor <id>', 'the anchor whose amount is explained; not needed with --session')
    .option('--agency <id>', 'the agency whose amount is explained; _independent for anchors that have none')
    .option('--date <date>', 'only this settlement date')
    .option('--session <id>', 'only this session')
    .option('--of <id>', 'by a programme that pays nobody: the account, publication or customer that is explained')
    .option('--for-agency <id>', "of an anchor: what may be sent to its agency; other agencies' accounts are withheld");
  ofDatabase(ofWarehouse(explain)).action((run: string, flags: ExplainFlags) =>
    act(async (context) => {
      // The folder of the runs is nobody's page: a name of a page says where the explanation goes.
      const isPage = /\.html$/i.test(flags.out);
      const asked = isPage ? { ...flags, out: await runsFolder(flags), page: flags.out } : flags;
      const { agency, of } = flags;
      const { explain: how, explainAgency, explainSubject } = await import('../commands/explain.js');
      if (of !== undefined) return explainSubject(run, { ...asked, of }, context);
      return agency === undefined ? how(run, asked, context) : explainAgency(run, { ...asked, agency }, context);
    }, READING),
  );
}

function addBook(settle: Command, act: Act): void {
  common(settle.command('book'))
    .description(
      'write a run as a workbook for a spreadsheet: totals, agencies, anchors, days, sessions, what is unsettled, the policy',
    )
    .argument('<run>', 'the id of the run, its folder, "closed" or "latest"')
    .option('--config <file>', 'the settings file (default: settle.yaml in the current directory, if there is one)')
    .addOption(
      own('--out <file>', 'the workbook to write, a new file (default: named after the run, in the current directory)'),
    )
    .option('--against <run>', 'a run of another month, to compare with')
    .option('--agency <id>', 'only this agency; _independent for anchors that have none')
    .action((run: string, flags: Omit<BookOptions, 'runs'> & { config?: string }) =>
      act(async (context) => {
        const runs = await runsFolder(flags);
        return (await import('../commands/book.js')).book(run, { ...flags, runs }, context);
      }, READING),
    );
}

function addReport(settle: Command, act: Act): void {
  common(settle.command('report'))
    .description(
      'write a run as one page for a browser, in English and Chinese: totals, charts, agencies, caps, reasons, who is near a tier',
    )
    .argument('<run>', 'the id of the run, its folder, "closed" or "latest"')
    .option('--config <file>', 'the settings file (default: settle.yaml in the current directory, if there is one)')
    .addOption(
      own('--out <file>', 'the page to write, a new file (default: named after the run, in the current directory)'),
    )
    .option('--against <run>', 'a run of another month, to compare with')
    .option('--agency <id>', 'only this agency; _independent for anchors that have none')
    .action((run: string, flags: Omit<ReportOptions, 'runs'> & { config?: string }) =>
      act(async (context) => {
        const runs = await runsFolder(flags);
        return (await import('../commands/report.js')).report(run, { ...flags, runs }, context);
      }, READING),
    );
}

function addStatement(settle: Command, act: Act): void {
  common(settle.command('statement'))
    .description(
      'show what one anchor is paid: amounts, what was paid before, days, every session and why it is not paid',
    )
    .argument('<run>', 'the id of the run, its folder, "closed" or "latest"')
    .addOption(needed('--anchor <id>', 'the anchor'))
    .option('--config <file>', 'the settings file (default: settle.yaml in the current directory, if there is one)')
    .addOption(own('--out <file>', 'write it as a page for a browser into this new file, instead of printing it'))
    .action((run: string, flags: Omit<StatementOptions, 'runs'> & { config?: string }) =>
      act(async (context) => {
        const runs = await runsFolder(flags);
        return (await import('../commands/statement.js')).statementFor(run, { ...flags, runs }, context);
      }, READING),
    );
}

function addPacket(settle: Command, act: Act): void {
  common(settle.command('packet'))
    .description('write what an agency is given: a page with all of its rows, that anybody can verify on any computer')
    .argument('<run>', 'the id of the run, its folder, "closed" or "latest"')
    .option('--agency <id>', 'the agency')
    .option('--anchor <id>', 'an anchor that has no agency')
    .option('--all', 'every agency, and every anchor that has none')
    .option('--config <file>', 'the settings file (default: settle.yaml in the current directory, if there is one)')
    .addOption(own('--out <dir>', 'the folder for the packets (default: the current directory)'))
    .action((run: string, flags: Omit<PacketOptions, 'runs'> & { config?: string }) =>
      act(async (context) => {
        const runs = await runsFolder(flags);
        return (await import('../commands/packet.js')).packet(run, { ...flags, runs }, context);
      }, READING),
    );
}

/** Where run folders are, of a command whose own --out is the file that it writes. */
async function runsFolder({ config }: { config?: string }): Promise<string> {
  const { readSettings } = await import('../settings/settings.js');
  return (await readSettings(config, process.env)).flags.out ?? 'out';
}
