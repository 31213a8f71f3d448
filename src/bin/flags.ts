import { type Command, Option } from 'commander';
import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';

export interface Common {
  json?: boolean;
  quiet?: boolean;
  debug?: boolean;
  lang?: string;
}

/** The flags that every command has. */
export function common(command: Command): Command {
  return command
    .option('--json', 'print one JSON object on one line on standard output')
    .option('--quiet', 'print neither progress nor the summary')
    .option('--lang <en or zh>', 'the language, English or Chinese (default: that of LC_ALL, LC_MESSAGES or LANG)')
    .option('--debug', 'print the stack trace of a failure')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false);
}

/** Which warehouse, and where run folders are. A command that knows these flags takes settings for all of its flags. */
export function ofWarehouse(command: Command): Command {
  return command
    .option('--config <file>', 'the settings file (default: settle.yaml in the current directory, if there is one)')
    .option(
      '--warehouse <file>',
      'the DuckDB file that keeps the exports, or :memory: (default: settlement.duckdb beside --out)',
    )
    .option('--out <dir>', 'where run folders go', 'out');
}

const OWN = new WeakSet<Option>();

/** A flag that is called like a setting and means something of its command's own. */
export function own(flags: string, description: string): Option {
  const option = new Option(flags, description);
  OWN.add(option);
  return option;
}

const NEEDED = new WeakSet<Option>();

/** A flag without which the command does nothing. Commander's own would be missed before a misspelt one is told of. */
export function needed(flags: string, description: string): Option {
  const option = new Option(flags, description);
  NEEDED.add(option);
  return option;
}

/** Of a flag that is given twice commander takes the last and says nothing, and the other may be the one that was meant. */
export function refuseTwice(command: Command): void {
  for (const option of command.options) {
    if (option.variadic || !(option.required || option.optional)) continue;
    let given = false;
    command.on(`option:${option.name()}`, () => {
      if (given) {
        const said = say('{flag} was given twice, and takes one value', { flag: option.long ?? '' });
        throw new SettleError('usage', said, { mend: say('Give {flag} once.', { flag: option.long ?? '' }) });
      }
      given = true;
    });
  }
  for (const below of command.commands) refuseTwice(below);
}

/** A command by its name and those of the commands that it stands below: settle check pictures. */
function calledAs(command: Command): string {
  return command.parent === null ? command.name() : `${calledAs(command.parent)} ${command.name()}`;
}

export function refuseLacking(command: Command): void {
  const lacking = command.options.find(
    (option) => NEEDED.has(option) && command.getOptionValue(option.attributeName()) === undefined,
  );
  if (lacking === undefined) return;
  throw new SettleError('usage', say("required option '{flag}' not specified", { flag: lacking.flags }), {
    mend: say('See {command} --help.', { command: calledAs(command) }),
  });
}

/**
 * What a flag doesn't say is said by the environment, and else by the settings file; where none does, by its default.
 * Gives the language, if any of them says it. What the file alone can say comes as `expect`, `lowered`, `mappings` and the like (src/settings/structured.ts).
 */
export async function takeSettings(command: Command): Promise<string | undefined> {
  const flags = command.options.filter((option) => !OWN.has(option)).map((option) => option.attributeName());
  const { lang: asked } = command.optsWithGlobals<{ lang?: string }>(); // of `policy check` its parent takes it
  // A command without settings takes the language alone, where they can be read.
  if (!flags.includes('config')) return asked ?? languageSaid();
  const { readSettings } = await import('../settings/settings.js');
  const { flags: said, ...structured } = await readSettings(command.getOptionValue('config'), process.env);
  for (const [flag, value] of Object.entries(said)) {
    const option = command.options.find((each) => each.attributeName() === flag);
    if (option !== undefined && flags.includes(flag) && command.getOptionValueSource(flag) !== 'cli')
      command.setOptionValueWithSource(flag, option.isBoolean() ? value === 'true' : value, 'config');
  }
  for (const [name, value] of Object.entries(structured)) command.setOptionValueWithSource(name, value, 'config');
  return asked ?? command.getOptionValue('lang');
}

/** The language that the environment or the usual settings file say, where they can be read; what is wrong there is told by those that need it. */
export async function languageSaid(): Promise<string | undefined> {
  const { readSettings } = await import('../settings/settings.js');
  const settings = await readSettings(undefined, process.env).catch(() => undefined);
  return settings?.flags.lang;
}

/** What exports don't say themselves of how they are to be read. */
export function ofExports(command: Command): Command {
  return command
    .option('--encoding <name>', 'what a file that is not UTF-8 is read as: gb18030')
    .option(
      '--parquet-int96 <instant or wall>',
      "what INT96 times of Parquet files are: instant (UTC) or wall (Beijing's clock)",
    );
}

/** Where exports of many machines are loaded. */
export function ofLake(command: Command): Command {
  return command.option(
    '--lake <dir>',
    'the folder on shared storage that exports are loaded into, by any number of machines at once',
  );
}

/** What settles. */
export function ofEngine(command: Command): Command {
  return command
    .option('--engine <name>', 'what computes the settlement: duckdb or spark (default: duckdb)')
    .option(
      '--range-rows <number>',
      'publish a table of more rows by ranges of anchors, so many at a time (default: 2000000)',
    );
}

/** What the database may take, and how long it is waited for. */
export function ofDatabase(command: Command): Command {
  return command
    .option(
      '--memory-limit <size>',
      'memory that the database may use, e.g. 4GB; what does not fit goes to a temporary folder',
    )
    .option('--threads <number>', 'how many threads the database uses')
    .option('--wait <seconds>', 'how long to wait for a warehouse that another run holds');
}
