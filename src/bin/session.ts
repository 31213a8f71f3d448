import { isAbsolute, relative } from 'node:path';
import type { Context } from '../commands/context.js';
import { SettleError } from '../errors.js';
import { ProgressLine, painter, printable } from '../terminal.js';

type Paint = ReturnType<typeof painter>;

const SIGNALS = { SIGINT: 'interrupted', SIGTERM: 'terminated' } as const;
/** A statement that doesn't heed its interruption is not waited for longer. */
const GRACE_MS = 1500;

/** One call of the program: where its answer, its progress and its failure go. */
export class Session {
  readonly #json: boolean;
  readonly #quiet: boolean;
  readonly #debug: boolean;
  readonly #progress = new ProgressLine(process.stderr);
  readonly #undo: (() => void)[] = [];
  #signal: keyof typeof SIGNALS | undefined;

  /** The flags are looked for in the words themselves, so that a wrong use is answered as they say too. */
  constructor(argv: string[]) {
    this.#json = argv.includes('--json');
    this.#quiet = argv.includes('--quiet');
    this.#debug = argv.includes('--debug');
  }

  async run(work: (context: Context) => Promise<number>): Promise<number> {
    for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[])
      process.once(signal, () => this.#stop(signal));
    try {
      return await work({
        clock: Date.now,
        progress: (...step) => {
          if (this.#signal !== undefined) throw this.#stopped();
          if (!this.#quiet) this.#progress.show(...step);
        },
        watch: (percent) => {
          if (!this.#quiet) this.#progress.watch(percent);
        },
        onSignal: (undo) => this.#undo.push(undo),
      });
    } catch (error) {
      return this.fail(this.#signal === undefined ? error : this.#stopped());
    } finally {
      this.#progress.end();
    }
  }

  /** The command's result: as JSON on one line, or as text for people. */
  answer(object: object, text: (paint: Paint) => string): void {
    this.#progress.end();
    if (this.#json) process.stdout.write(oneLine(object));
    else if (!this.#quiet) process.stdout.write(text(painter(process.stdout)));
  }

  /** Says what happened, where, and how to mend it; a stack trace only with --debug. Gives the exit code. */
  fail(error: unknown): number {
    this.#progress.end();
    if (typeof error === 'number') return error;
    const failure = asFailure(error);
    if (this.#json)
      process.stdout.write(oneLine({ error: { code: failure.code, message: failure.message, ...failure.details } }));
    const paint = painter(process.stderr);
    process.stderr.write(`${paint('red', 'error')}: ${printable(failure.message)}\n`);
    if (failure.details.mend !== undefined) process.stderr.write(`${printable(failure.details.mend)}\n`);
    if (this.#debug)
      process.stderr.write(`${failure.stack}\n${failure.cause instanceof Error ? `${failure.cause.stack}\n` : ''}`);
    return failure.exit;
  }

  /** A path as people would type it. */
  shown(path: string): string {
    const near = relative(process.cwd(), path);
    return near.startsWith('..') || isAbsolute(near) ? path : near;
  }

  #stop(signal: keyof typeof SIGNALS): void {
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
    return new SettleError(how, `${how}: nothing was published`, {
      mend: 'Run again; it takes up where the warehouse stands.',
    });
  }
}

/** JSON on one line, whoever splits lines and wherever: what ends a line or steers a terminal stands there escaped. */
function oneLine(object: object): string {
  const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(object).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped)}\n`;
}

/** Anything that is no SettleError is the machine's fault, or a defect of the program. */
function asFailure(error: unknown): SettleError {
  if (error instanceof SettleError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (/No space left|quota exceeded|File too large|ENOSPC|EDQUOT|EFBIG|disk full/i.test(`${code} ${said}`)) {
    return new SettleError(
      'machine',
      `there is no space left: ${said.split('\n')[0]}`,
      { mend: 'Make room, then run again.' },
      { cause: error },
    );
  }
  if (
    /^E[A-Z]+$/.test(code ?? '') ||
    /^(IO|Permission|Out of Memory) Error|Could not (read|write|open|sync) /i.test(said)
  ) {
    return new SettleError(
      'machine',
      said.split('\n')[0] as string,
      { mend: 'See whether the path can be read and written, and whether there is memory and space; then run again.' },
      { cause: error },
    );
  }
  return new SettleError(
    'unexpected',
    `unexpected: ${said}`,
    { mend: 'This is a defect of the program. Run again with --debug and report what it prints.' },
    { cause: error },
  );
}
