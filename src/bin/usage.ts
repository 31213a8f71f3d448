import type { Command, CommanderError } from 'commander';
import { SettleError } from '../core/errors.js';
import { terminalWidth, wrappedTo } from '../text/width.js';
import { inLanguage, type Language, saidBy, type Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { HELP_ZH } from '../words/zh/help.js';
import { nearest } from '../yaml/nearest.js';

/** What commander says of a wrong use; in English as it says it, without `error:` in front, in other languages by its codes. */
export function commanderWords({ code, message }: CommanderError): Wording {
  const english = message.replace(/^error: /, '');
  const words = wordsOf(code, english);
  return saidBy((language) => (language === 'en' ? english : inLanguage(words, language)));
}

function wordsOf(code: string, english: string): Wording {
  const [, name = ''] = /'([^']*)'/.exec(english) ?? [];
  const [, near] = /\(Did you mean (?:one of )?(.+)\?\)$/.exec(english) ?? [];
  const hint = near === undefined ? '' : say(' (did you mean {near}?)', { near });
  switch (code) {
    case 'commander.unknownOption':
      return say("unknown option '{name}'{hint}", { name, hint });
    case 'commander.unknownCommand':
      return say("unknown command '{name}'{hint}", { name, hint });
    case 'commander.missingArgument':
      return say("missing required argument '{name}'", { name });
    case 'commander.optionMissingArgument':
      return say("option '{name}' argument missing", { name });
    case 'commander.excessArguments': {
      const [expected = '', got = ''] = english.match(/\d+(?= argument)|(?<=but got )\d+/g) ?? [];
      return say('{expected} arguments are taken, and {got} were given', { expected, got });
    }
    default:
      return english;
  }
}

/** Words the help of a command, and of those below it, in a language; English is what they were made with. */
export function wordHelp(command: Command, language: Language): void {
  if (language === 'en') return;
  command.description(worded(command.description()));
  for (const option of command.options) option.description = worded(option.description);
  for (const argument of command.registeredArguments) argument.description = worded(argument.description);
  command.configureHelp({
    styleTitle: worded,
    displayWidth: terminalWidth,
    boxWrap: (text, width) => wrappedTo(text, width).join('\n'),
    styleOptionDescription: (text) => worded(text).replace(/ \(default: (.*)\)$/, '（默认：$1）'),
    styleSubcommandDescription: worded,
  });
  command.configureOutput({ writeOut: (text) => process.stdout.write(text.replace(/^用法： /, '用法：')) });
  for (const below of command.commands) wordHelp(below, language);
}

function worded(text: string): string {
  return Object.hasOwn(HELP_ZH, text) ? (HELP_ZH[text] as string) : text;
}

/**
 * `settle help clsoe`: of a command that there isn't commander prints the help of all. `settle payments mkae`: it takes
 * the word for an argument of the command that stands for none.
 */
export function misspelt({ code }: CommanderError, settle: Command, argv: readonly string[]): SettleError | undefined {
  const [first, name] = argv;
  const of = settle.commands.find((command) => command.name() === first);
  if (first === 'help') return unknownAmong(settle, name, 'settle');
  return code === 'commander.excessArguments' && of !== undefined && of.commands.length > 0
    ? unknownAmong(of, name, `settle ${first}`)
    : undefined;
}

function unknownAmong(above: Command, name: string | undefined, command: string): SettleError | undefined {
  const names = above.commands.map((each) => each.name());
  if (name === undefined || name.startsWith('-') || names.includes(name)) return undefined;
  const near = nearest(name, names);
  const hint = near === undefined ? '' : say(' (did you mean {near}?)', { near });
  return new SettleError('usage', say("unknown command '{name}'{hint}", { name, hint }), {
    mend: say('See {command} --help.', { command }),
  });
}

/** Where a flag that its command doesn't have, nor one like it, is another command's: which, and where its use is said. */
export function flagElsewhere(
  { code, message }: CommanderError,
  settle: Command,
  name: string | undefined,
): Wording | undefined {
  const [, given = ''] = /'(--[^'=]*)/.exec(message) ?? [];
  if (code !== 'commander.unknownOption' || given === '' || message.includes('Did you mean')) return undefined;
  const own = flagsOf(settle.commands.find((command) => command.name() === name));
  const others = settle.commands.filter((command) => command.name() !== name);
  const flag = nearest(
    given,
    [...new Set(others.flatMap(flagsOf))].filter((each) => !own.includes(each)),
  );
  if (flag === undefined) return undefined;
  const commands = others
    .filter((command) => flagsOf(command).includes(flag))
    .map((command) => `settle ${command.name()}`);
  const command = name === undefined ? 'settle' : `settle ${name}`;
  return say('{flag} is a flag of {commands}. See {command} --help.', { flag, commands, command });
}

function flagsOf(command: Command | undefined): string[] {
  return command?.options.flatMap(({ long }) => long ?? []) ?? [];
}
