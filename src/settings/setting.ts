import type { Wording } from '../words/said.js';
import type { Structured } from './structured.js';

/** Something that a flag, a variable of the environment or settle.yaml may say; the first of them that does counts. */
export interface Setting {
  /** In settle.yaml; the variable is SETTLE_ and the same in capitals. */
  key: string;
  /** The flag's name among a command's options. */
  flag: string;
  /** A path: in the file it begins at the file's own folder. */
  path: boolean;
  /** Whether a text has the form. */
  sound: (text: string) => boolean;
  /** What is expected, as the end of a sentence. */
  right: Wording;
}

/** Everything that the environment and the file say. */
export interface Settings extends Structured {
  /** By the name of the flag. */
  flags: Record<string, string>;
}
