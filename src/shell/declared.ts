import type { Argument, Command, Option } from 'commander';
import type { ArgumentShape, CommandShape, FlagShape, ValueShape } from './shape.js';

/** The commands as they were declared: what completes them and what describes them lacks none. */
export function declaredShape(command: Command, name = ''): CommandShape {
  const help = command.createHelp();
  return {
    name,
    description: command.description(),
    flags: help.visibleOptions(command).map(flagOf),
    arguments: command.registeredArguments.map(argumentOf),
    commands: command.commands.map((below) => declaredShape(below, below.name())),
  };
}

function flagOf({ long, short, flags, description, required, optional }: Option): FlagShape {
  const [, name = ''] = /[<[]([^>\]]*)[>\]]/.exec(flags) ?? [];
  return {
    long: long ?? '',
    short: short ?? undefined,
    description,
    value: required || optional ? shapeOfValue(name.replace(/\.{3}$/, '')) : undefined,
  };
}

function argumentOf(argument: Argument): ArgumentShape {
  const { description, required, variadic } = argument;
  const name = `${argument.name()}${variadic ? '...' : ''}`;
  const value = shapeOfValue(argument.name());
  // A run, and what is compared, may be given by its folder.
  const given: ValueShape = value.kind === 'text' ? { ...value, kind: 'file' } : value;
  return { shown: required ? `<${name}>` : `[${name}]`, description, value: given };
}

/** Values that are words, by their names in the flags. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'en or zh': ['en', 'zh'],
  'instant or wall': ['instant', 'wall'],
  shell: ['bash', 'zsh', 'fish'],
};

function shapeOfValue(name: string): ValueShape {
  const words = WORDS[name];
  if (words !== undefined) return { name, kind: 'words', words };
  if (name === 'dir') return { name, kind: 'folder', words: [] };
  return { name, kind: name === 'file' || name === 'run' ? 'file' : 'text', words: [] };
}
