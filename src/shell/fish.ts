import { type CommandShape, commandsBelow, type FlagShape, type ValueShape } from './shape.js';

/** A completion for fish: a line for each command and flag. */
export function fishCompletion(program: CommandShape): string {
  const below = commandsBelow(program);
  const lines = [
    ...program.commands.map((each) => line('__fish_use_subcommand', `-f -a ${each.name}`, each.description)),
    ...program.flags.map((flag) => flagLine('__fish_use_subcommand', flag)),
    ...below.flatMap(({ words, command }) => ofCommand(words, command)),
  ];
  return `# Completion of settle for fish: settle completion fish > ~/.config/fish/completions/settle.fish
complete -c settle -e
${lines.join('\n')}
`;
}

function ofCommand(words: string, { commands, flags, arguments: all }: CommandShape): string[] {
  const when = words
    .split(' ')
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join('; and ');
  const [first] = all;
  const takes = first === undefined ? '-f' : takenAs(first.value);
  const own = commands.map((each) => line(when, `-f -a ${each.name}`, each.description));
  return [
    ...own,
    ...(own.length > 0 ? [] : [`complete -c settle -n ${quoted(when)} ${takes}`]),
    ...flags.map((flag) => flagLine(when, flag)),
  ];
}

function flagLine(when: string, { long, short, value, description }: FlagShape): string {
  const names = [`-l ${long.slice(2)}`, ...(short === undefined ? [] : [`-s ${short.slice(1)}`])];
  return line(when, [...names, ...(value === undefined ? [] : [`-r ${takenAs(value)}`])].join(' '), description);
}

function takenAs({ kind, words }: ValueShape): string {
  if (kind === 'words') return `-f -a ${quoted(words.join(' '))}`;
  if (kind === 'folder') return "-f -a '(__fish_complete_directories)'";
  return kind === 'file' ? '-F' : '-f';
}

function line(when: string, what: string, description: string): string {
  return `complete -c settle -n ${quoted(when)} ${what} -d ${quoted(description)}`;
}

/** In fish's single quotes a backslash marks itself and a quote. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
