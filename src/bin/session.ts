import { isAbsolute, relative } from 'node:path';
import type { Context } from '../context/context.js';
import { asFailure, SettleError } from '../core/errors.js';
import { type Language, languageOf } from '../text/language.js';
import { jsonLine, ProgressLine, painter, printable } from '../text/terminal.js';
import { say } from '../words/say.js';
import type { Outcome, Stop } from './outcome.js';

const SIGNALS = { SIGINT: 'interrupted', SIGTERM: 'terminated' } as const;

const SETTLING: Stop = {
  left: say('nothing was published'),
  mend: say('Run again; it continues from what is loaded.'),
};
/** Of a command that loads and doesn't settle. */
export const LOADING: Stop = {
  left: say('the load was stopped; it counts completely or not at all'),
  mend: say('Run again; files that were loaded completely are skipped.'),
};
/** Of a command that accepts. */
export const ACCEPTING: Stop = { left: say('nothing was accepted'), mend: say('Run again.') };
/** Of a command that takes run folders away. */
export const PRUNING: Stop = {
  left: say('every run folder is there whole, or gone'),
  mend: say('Run again; it goes on.'),
};
/** Of a command that stores rows anew. */
export const COMPACTING: Stop = { left: say('nothing is lost'), mend: say('Run again; it goes on.') };
/** Of a command that writes closes again. */
export const RESTORING: Stop = {
  left: say('closes were written whole or not at all'),
  mend: say('Run again; it goes on.'),
};
/** Of a command that signs what is closed. */
export const SIGNING: Stop = { left: say('the close is as it was'), mend: say('Run again.') };
/** Of a command that only reads. */
export const READING: Stop = { left: say('nothing was changed'), mend: say('Run again.') };

/** A statement that doesn't heed its interruption is not waited for longer. */
const GRACE_MS = 1500;

/** One call of the program: where its answer, its progress and its failure go. */
export class Call {
  readonly #json: boolean;
  readonly #quiet: boolean;
  readonly #debug: boolean;
  readonly #progress = new ProgressLine(process.stderr);
  readonly #undo: (() => void)[] = [];
  #signal: keyof typeof SIGNALS | undefined;
  #language: Language;
  #stop = SETTLING;

  /** The flags are looked for in the words themselves, so that a wrong use is answered as they say too. */
  constructor(argv: string[]) {
    this.#json = argv.includes('--json');
    this.#quiet = argv.includes('--quiet');
    this.#debug = argv.includes('--debug');
    this.#language = askedIn(argv);
  }

  get language(): Language {
    return this.#language;
  }

  /** In which language people are answered from now on. */
  speak(language: Language): void {
    this.#language = language;
    this.#progress.speak(language);
  }

  async run(work: (context: Context) => Promise<number>, stop = SETTLING): Promise<number> {
    this.#stop = stop;
    for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])
      process.once(signal, () => this.#hear(signal));
    try {
      return await work({
        language: this.#language,
        clock: Date.now,
        progress: (...step) => {
          if (this.#signal !== undefined) throw this.#stopped();
          if (!this.#quiet) this.#progress.show(...step);
        },
        say: (text) => {
          this.#progress.end();
          if (!this.#json && !this.#quiet) process.stdout.write(text);
        },
        note: (line) => {
          this.#progress.end();
          if (!this.#quiet) process.stderr.write(`${printable(line)}\n`);
        },
        summary: !this.#json && !this.#quiet,
        watch: (percent) => !this.#quiet && this.#progress.watch(percent),
        onSignal: (undo) => this.#undo.push(undo),
      });
    } catch (error) {
      return this.fail(this.#signal === undefined || isStop(error) ? error : this.#stopped());
    } finally {
      this.#progress.end();
    }
  }

  /** The command's result: as JSON on one line, or as text for people. */
  answer({ answer, text, notes = [] }: Outcome): void {
    this.#progress.end();
    if (this.#json) process.stdout.write(jsonLine(answer));
    else if (!this.#quiet) process.stdout.write(text(painter(process.stdout)));
    if (this.#json && !this.#quiet) for (const note of notes) process.stderr.write(`${note}\n`);
  }

  /** Says what happened, where, and how to fix it; a stack trace only with --debug. Gives the exit code. */
  fail(error: unknown): number {
    this.#progress.end();
    if (typeof error === 'number') return error;
    const failure = asFailure(error);
    if (this.#json)
      process.stdout.write(jsonLine({ error: { code: failure.code, message: failure.message, ...failure.details } }));
    this.tell(failure);
    return failure.exit;
  }

  /** A failure for people, on standard error. */
  tell(failure: SettleError): void {
    this.#progress.end();
    const paint = painter(process.stderr);
    const { message, mend } = failure.in(this.#language);
    const head = this.#language === 'zh' ? `${paint('red', say('error').in('zh'))}：` : `${paint('red', 'error')}: `;
    process.stderr.write(`${head}${printable(message)}\n`);
    if (mend !== undefined) process.stderr.write(`${printable(mend)}\n`);
    if (this.#debug)
      process.stderr.write(`${failure.stack}\n${failure.cause instanceof Error ? `${failure.cause.stack}\n` : ''}`);
  }

  /** A path as people would type it. */
  shown(path: string): string {
    const near = relative(process.cwd(), path);
    return near.startsWith('..') || isAbsolute(near) ? path : near;
  }

  #hear(signal: keyof typeof SIGNALS): void {
    this.#signal = signal;
    const undoAll = (): void => {
      for (const undo of this.#undo.toReversed()) {
        try {
          undo();
        } catch {
          // what is still being written is taken away at the end, or by the next run
        }
      }
    };
    undoAll();
    setTimeout(() => {
      undoAll(); // what came to be meanwhile
      process.exit(this.fail(this.#stopped()));
    }, GRACE_MS).unref();
  }

  #stopped(): SettleError {
    const how = SIGNALS[this.#signal ?? 'SIGINT'];
    const { left, mend } = this.#stop;
    return new SettleError(how, say('{how}: {left}', { how: say(how), left }), { mend });
  }
}

/** A command that is stopped may say itself how far it came. */
function isStop(error: unknown): boolean {
  return error instanceof SettleError && ['interrupted', 'terminated'].includes(error.code);
}

/** What the words of a call say of the language, else the environment; a wrong word is told of once they are looked at. */
function askedIn(argv: readonly string[]): Language {
  const at = argv.findIndex(isLanguageFlag);
  const asked = at < 0 ? undefined : ((argv[at] as string).split('=')[1] ?? argv[at + 1]);
  return languageOf(asked === 'en' || asked === 'zh' ? asked : undefined, process.env);
}

/** Whether the words of a call say in which language it is to be answered. */
export function asksLanguage(argv: readonly string[]): boolean {
  return argv.some(isLanguageFlag);
}

function isLanguageFlag(word: string): boolean {
  return word === '--lang' || word.startsWith('--lang=');
}
