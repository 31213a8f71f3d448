import { SettleError } from '../core/errors.js';
import { bashCompletion } from '../shell/bash.js';
import { fishCompletion } from '../shell/fish.js';
import type { CommandShape } from '../shell/shape.js';
import { zshCompletion } from '../shell/zsh.js';
import { say } from '../words/say.js';

const SHELLS: Readonly<Record<string, (program: CommandShape) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `settle completion SHELL`: a script by which the shell completes commands, flags and files. */
export function completion(shell: string, program: CommandShape): { answer: object; text: () => string } {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell]?.(program) : undefined;
  if (script === undefined)
    throw new SettleError('usage', say('there is no completion for {shell}', { shell }), {
      mend: say('Give one of {shells}.', { shells: Object.keys(SHELLS) }),
    });
  return { answer: { shell, script }, text: () => script };
}
