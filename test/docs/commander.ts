import type { Command } from 'commander';
import { commandsOf } from '../../src/bin/program.js';
import { Call } from '../../src/bin/session.js';

/** The commands and flags as the program has them. */

const program = commandsOf(new Call([]), async () => undefined, '0.0.0', []);

/** Every command by its words, `policy check` among them. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(below(program, ''));

function below(of: Command, before: string): [string, Command][] {
  return of.commands.flatMap((command): [string, Command][] => {
    const name = `${before}${command.name()}`;
    return [[name, command], ...below(command, `${name} `)];
  });
}

/** The long flags of a command. */
export function flagsOf(command: Command): string[] {
  return [...command.options.map(({ long }) => long as string), '--help'];
}

/** What is wrong with the words behind `settle`; nothing where they are a command with flags of its own. */
export function faultOfCall(words: readonly string[]): string | undefined {
  const [first = '', second = ''] = words;
  const named = first.startsWith('-') ? '' : (COMMANDS.has(`${first} ${second}`) && `${first} ${second}`) || first;
  if (named === 'help') return undefined;
  const command = named === '' ? program : COMMANDS.get(named);
  if (command === undefined) return `settle ${named} is no command`;
  const flags = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0] as string);
  const known = [...flagsOf(command), ...(named === '' ? ['--json'] : [])];
  const unknown = flags.find((flag) => !known.includes(flag));
  return unknown === undefined ? undefined : `settle ${named} has no flag ${unknown}`;
}
