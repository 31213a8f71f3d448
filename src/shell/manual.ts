import { type ArgumentShape, type CommandShape, commandsBelow, type FlagShape } from './shape.js';

/** What the manual says besides the commands: terms with their explanation, under a heading. */
export interface ManualSection {
  title: string;
  terms: readonly (readonly [term: string, text: string])[];
}

/** The manual page as man(7) reads it; the same bytes for the same program. */
export function manualPage(program: CommandShape, version: string, sections: readonly ManualSection[]): string {
  const commands = commandsBelow(program).filter(({ command }) => command.commands.length === 0);
  return [
    `.TH SETTLE 1 "" ${argument(`settlement ${version}`)} "User Commands"`,
    '.SH NAME',
    `settle \\- ${text(lowered(program.description))}`,
    '.SH SYNOPSIS',
    '.B settle',
    '.I command',
    '[\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    text(program.description),
    '.SH OPTIONS',
    ...program.flags.flatMap(flagLines),
    '.SH COMMANDS',
    ...commands.flatMap(({ words, command }) => commandLines(words, command)),
    ...sections.flatMap(({ title, terms }) => [
      `.SH ${argument(title.toUpperCase())}`,
      ...terms.flatMap(([term, said]) => ['.TP', `.B ${text(term)}`, text(said)]),
    ]),
    '',
  ].join('\n');
}

function commandLines(words: string, { description, arguments: all, flags }: CommandShape): string[] {
  const call = [`\\fBsettle ${text(words)}\\fR`, ...all.map(({ shown }) => `\\fI${text(shown)}\\fR`)];
  return [
    `.SS ${argument(words)}`,
    `${call.join(' ')} [\\fIoptions\\fR]`,
    '.PP',
    `${text(raised(description))}.`,
    ...all.filter((each) => each.description !== '').flatMap(argumentLines),
    ...flags.flatMap(flagLines),
  ];
}

function argumentLines({ shown, description }: ArgumentShape): string[] {
  return ['.TP', `\\fI${text(shown)}\\fR`, text(description)];
}

function flagLines({ long, short, value, description }: FlagShape): string[] {
  const names = [...(short === undefined ? [] : [short]), long].map((name) => `\\fB${text(name)}\\fR`);
  const takes = value === undefined ? '' : ` \\fI${text(value.name)}\\fR`;
  return ['.TP', `${names.join(', ')}${takes}`, text(description)];
}

function lowered(said: string): string {
  return `${said.charAt(0).toLowerCase()}${said.slice(1)}`.replace(/\.$/, '');
}

function raised(said: string): string {
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

/** A text on a line of its own: no mark of roff in it, at its beginning neither. */
function text(said: string): string {
  const plain = said.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll("'", '\\(aq').replace(/\s+/g, ' ');
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}

/** A text as one argument of a macro. */
function argument(said: string): string {
  return `"${text(said).replaceAll('"', '\\(dq')}"`;
}
