/** The commands of the program, as far as a shell or a manual asks. */
export interface CommandShape {
  /** Blank of the program itself. */
  name: string;
  description: string;
  flags: readonly FlagShape[];
  arguments: readonly ArgumentShape[];
  commands: readonly CommandShape[];
}

export interface FlagShape {
  /** As --out. */
  long: string;
  /** As -h; not every flag has one. */
  short: string | undefined;
  description: string;
  /** undefined: it takes no value. */
  value: ValueShape | undefined;
}

export interface ArgumentShape {
  /** As people read it: <run>, [b]. */
  shown: string;
  description: string;
  value: ValueShape;
}

/** What a value is: one of some words, the path of a file (a run may be given by its folder) or of a folder, or any text. */
export interface ValueShape {
  name: string;
  kind: 'words' | 'file' | 'folder' | 'text';
  words: readonly string[];
}

/** Each command that does something with its words, those of the program first: `policy check`. */
export function commandsBelow(of: CommandShape, before = ''): { words: string; command: CommandShape }[] {
  return of.commands.flatMap((command) => {
    const words = `${before}${command.name}`;
    return [{ words, command }, ...commandsBelow(command, `${words} `)];
  });
}
