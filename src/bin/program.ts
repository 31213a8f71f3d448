import { Command, CommanderError } from 'commander';
import type { CheckOptions } from '../commands/check.js';
import { EXIT, SettleError } from '../core/errors.js';
import { PROGRAM } from '../program/version.js';
import type { RunOptions } from '../settings/run-options.js';
import { declaredShape } from '../shell/declared.js';
import { languageOf } from '../text/language.js';
import { jsonLine } from '../text/terminal.js';
import { say } from '../words/say.js';
import { addDisputes } from './disputing.js';
import {
  type Common,
  common,
  languageSaid,
  needed,
  ofDatabase,
  ofEngine,
  ofExports,
  ofLake,
  ofWarehouse,
  refuseLacking,
  refuseTwice,
  takeSettings,
} from './flags.js';
import { addHistory } from './history.js';
import { addNightly } from './nightly.js';
import type { Act } from './outcome.js';
import { addPayments } from './paying.js';
import { addRestoring } from './restoring.js';
import { asksLanguage, Call, READING } from './session.js';
import { commanderWords, flagElsewhere, misspelt, wordHelp } from './usage.js';
import { addVerify } from './verifying.js';

/** Flags → command → exit code; nothing else. Commands are imported when they are called. */
export async function program(argv: string[]): Promise<number> {
  const session = new Call(argv);
  if (!asksLanguage(argv)) session.speak(languageOf(await languageSaid(), process.env));
  let exit: number = EXIT.done;
  let version: string;
  try {
    version = await versionOf(argv);
  } catch (error) {
    return session.fail(error);
  }
  const act: Act = async (work, stop) => {
    exit = await session.run(async (context) => {
      const outcome = await work(context);
      session.answer(outcome);
      for (const failure of outcome.failures ?? []) session.tell(failure);
      return outcome.exit ?? EXIT.done;
    }, stop);
  };
  const settle = commandsOf(session, act, version, argv);
  try {
    await settle.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    return session.fail(asUsage(error, settle, argv));
  }
}

/** All commands with their flags. What they do is done by `act`, and the flags that lack or are odd are looked for in `argv`. */
export function commandsOf(session: Call, act: Act, version: string, argv: string[]): Command {
  const settle = new Command('settle')
    .description('Settles a month of livestream incentives, so that every figure can be checked.')
    .version(version, '--version', 'print the version; with --json the build and the database too')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({ writeErr: () => undefined })
    .exitOverride()
    .hook('preAction', async (_settle, command) => {
      refuseOddValues(command, argv);
      session.speak(languageOf(await takeSettings(command), process.env));
      refuseLacking(command);
    });
  addRun(settle, session, act);
  addNightly(settle, session, act);
  addHistory(settle, act);
  addPayments(settle, act);
  addDisputes(settle, act);
  addRestoring(settle, act);
  addOthers(settle, session, act);
  addHabits(settle, act);
  refuseTwice(settle);
  wordHelp(settle, session.language);
  return settle;
}

/** What `--version` prints: a line of text or of JSON. Nobody else waits for the database. */
async function versionOf(argv: string[]): Promise<string> {
  if (!argv.includes('--version')) return PROGRAM.version;
  if (!argv.includes('--json')) return `${PROGRAM.version}${buildWords()}`;
  const { databaseName } = await import('../engine/duckdb/warehouse.js');
  const { packetScripts } = await import('../page/assets.js');
  return jsonLine({ ...PROGRAM, database: databaseName(), packet_scripts: packetScripts() }).trimEnd();
}

/** Beside other SQL than it was built with the program has no build; every other command says what that means. */
function buildWords(): string {
  try {
    return ` (build ${PROGRAM.build})`;
  } catch {
    return '';
  }
}

function addRun(settle: Command, session: Call, act: Act): void {
  const command = common(settle.command('run'))
    .description('load the exports, settle the period of the policy and publish the run folder')
    .addOption(needed('--policy <file>', 'the policy of the month (YAML or JSON)'))
    .option('--input <dir>', 'the folder of exports');
  ofLake(ofWarehouse(command))
    .option('--as-of <date>', "settle up to this date (default: the period's last day)")
    .option(
      '--known-at <load or time>',
      'settle with what the warehouse knew then; nothing is loaded, so --input is not needed',
    );
  ofExports(command)
    .option('--strict', 'fail (exit 3) and keep nothing if any row would be quarantined')
    .option('--no-statements', 'do not write a statement for each anchor')
    .option(
      '--transfer',
      'of a closed period: pay anchors that have another agency since through that one, by lines of adjustments.csv',
    );
  ofEngine(ofDatabase(command)).action((flags: Common & Omit<RunOptions, 'strict'> & { strict?: boolean }) =>
    act(async (context) => {
      const { run } = await import('../commands/run.js');
      const result = await run({ ...flags, strict: flags.strict === true }, context);
      const { attentionNotes, summaryOf } = await import('../report/run.js');
      const { runAnswer } = await import('../report/run-answer.js');
      return {
        exit: result.exit,
        answer: runAnswer(result),
        text: (paint) => summaryOf(result, paint, session.shown(result.runDir), context.language),
        notes: attentionNotes(result, context.language),
      };
    }),
  );
}

function addOthers(settle: Command, session: Call, act: Act): void {
  addVerify(settle, act);
  const policy = common(settle.command('policy')).description('check a policy: settle policy check FILE');
  common(policy.command('check'))
    .description('check a policy and show what is wrong with it, by line and key')
    .argument('<file>', 'the policy')
    .action((file: string) =>
      act(async () => (await import('../commands/policy.js')).checkPolicy(file, session.language), READING),
    );
  addCheck(settle, act);
  common(settle.command('init'))
    .description('make a workspace with sample exports and a policy, ready to run')
    .argument('<dir>', 'a folder that does not exist yet, or is empty')
    .action((dir: string) => act(async () => (await import('../commands/init.js')).init(dir, session.language)));
}

function addCheck(settle: Command, act: Act): void {
  const check = common(settle.command('check')).description('check pictures: settle check pictures DIR');
  common(check.command('pictures'))
    .description('measure the pictures of a folder, judge them by a policy and say how to fix each fault')
    .argument('<dir>', 'the folder of pictures, with those below it')
    .option(
      '--policy <file>',
      'the policy by which pictures are judged (default: the one for the day among --policies)',
    )
    .option('--policies <dir>', 'the folder with a policy for each period')
    .option('--on <date>', "the day by whose rules they are judged (default: the period's last day, or today)")
    .option('--config <file>', 'the settings file (default: settle.yaml in the current directory, if there is one)')
    .option('--csv <file>', 'write the measurements into a file, a new one, for the folder of exports')
    .action((dir: string, flags: CheckOptions) =>
      act(async (context) => (await import('../commands/check.js')).checkPictures(dir, flags, context), READING),
    );
}

/** What makes the program convenient to call; both are made from the commands as they are declared, and come last. */
function addHabits(settle: Command, act: Act): void {
  const completion = common(settle.command('completion'))
    .description('print a script by which a shell completes commands, flags and files')
    .argument('<shell>', 'bash, zsh or fish');
  const man = common(settle.command('man')).description('print the manual page: settle man > settle.1');
  const shape = declaredShape(settle); // in English, whatever language help is read in
  completion.action((shell: string) =>
    act(async () => (await import('../commands/completion.js')).completion(shell, shape), READING),
  );
  man.action(() => act(async () => (await import('../commands/man.js')).man(shape), READING));
}

/** `--out --strict` is a slip: the flag would be the folder's name. `--out=--strict` gives such a name. */
function refuseOddValues(command: Command, argv: string[]): void {
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    const place = argv.indexOf(option.long ?? '');
    const slipped = typeof value === 'string' && value.startsWith('--') && place >= 0 && argv[place + 1] === value;
    if (value !== '' && !slipped) continue;
    const flag = option.long ?? '';
    const said =
      value === ''
        ? say('the value of {flag} is empty', { flag })
        : say('the value of {flag} is missing: {value} is a flag', { flag, value: String(value) });
    throw new SettleError('usage', said, {
      mend: say('Give {flag} a value; to give one that begins with --, write {flag}=VALUE.', { flag }),
    });
  }
}

/** The command that was called, with those that it stands below: settle check pictures. */
function commandIn(settle: Command, argv: readonly string[]): string {
  let at: Command | undefined = settle;
  let called = settle.name();
  for (const word of argv) {
    const below: Command | undefined = at.commands.find((command) => command.name() === word);
    if (below === undefined) continue;
    at = below;
    called = `${called} ${word}`;
  }
  return called;
}

/** Commander's own errors are wrong use (exit 2); help and version are none. */
function asUsage(error: unknown, settle: Command, argv: string[]): unknown {
  if (!(error instanceof CommanderError)) return error;
  if (error.exitCode === 0) return EXIT.done;
  const name = argv.find((word) => settle.commands.some((command) => command.name() === word));
  const meant = misspelt(error, settle, argv);
  if (meant !== undefined) return meant;
  if (/^\(outputHelp\)/.test(error.message)) {
    // Of a command that has commands of its own, those: settle policy.
    const of = settle.commands.find((command) => command.name() === name && command.commands.length > 0);
    const words = of === undefined ? 'settle' : `settle ${name}`;
    const below = (of ?? settle).commands.map((command) => command.name());
    return new SettleError(
      'usage',
      of === undefined ? say('no command was given') : say('{words} needs a command', { words }),
      {
        mend: say('Commands: {below}. See {words} --help.', { below, words }),
      },
    );
  }
  const elsewhere = flagElsewhere(error, settle, name);
  return new SettleError('usage', commanderWords(error), {
    mend: elsewhere ?? say('See {command} --help.', { command: commandIn(settle, argv) }),
  });
}
