import { inLanguage, type Language, type Wording } from '../words/said.js';
import { say } from '../words/say.js';

/**
 * The kinds of failure and the exit code of each (contract, "Commands").
 * A message says what happened and where; `mend` says what to do about it.
 */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  input: 3,
  quarantined: 4,
  held: 5,
  differs: 6,
  interrupted: 130,
  terminated: 143,
} as const;

export type ErrorCode =
  | 'unexpected' // a defect of the program
  | 'machine' // the machine: disk full, no permission
  | 'usage' // flags or arguments
  | 'policy' // the policy file
  | 'input' // an export that can't be used at all
  | 'strict' // --strict, and a row was quarantined
  | 'held' // another run has the warehouse
  | 'warehouse' // the warehouse file can't be trusted
  | 'differs' // verify or an audit found a difference
  | 'interrupted'
  | 'terminated';

/** The exit code of each kind of failure. */
export const EXIT_OF: Readonly<Record<ErrorCode, number>> = {
  unexpected: EXIT.unexpected,
  machine: EXIT.unexpected,
  usage: EXIT.usage,
  policy: EXIT.usage,
  input: EXIT.input,
  strict: EXIT.input,
  held: EXIT.held,
  warehouse: EXIT.unexpected,
  differs: EXIT.differs,
  interrupted: EXIT.interrupted,
  terminated: EXIT.terminated,
};

/** Where a fault lies and how to mend it; every field goes into the JSON answer as it is. */
export interface ErrorDetails {
  file?: string;
  line?: number;
  column?: string;
  key?: string;
  /** What to do about it: one sentence. */
  mend?: string;
  [more: string]: unknown;
}

/** The same before it is worded. */
export type SaidDetails = Omit<ErrorDetails, 'mend'> & { mend?: Wording | undefined };

/**
 * A failure that a person can act on. Anything else that is thrown is a defect (exit 1). Its message and details are
 * English, as programs read them; people read what it says in their language.
 */
export class SettleError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly said: Wording;
  readonly mend: Wording | undefined;

  constructor(code: ErrorCode, message: Wording, details: SaidDetails = {}, options?: { cause?: unknown }) {
    super(String(message), options);
    const { mend, ...more } = details;
    this.name = 'SettleError';
    this.code = code;
    this.said = message;
    this.mend = mend;
    this.details = mend === undefined ? more : { ...details, mend: String(mend) };
  }

  /** What it says, and what to do about it. */
  in(language: Language): { message: string; mend: string | undefined } {
    const { said, mend } = this;
    return { message: inLanguage(said, language), mend: mend === undefined ? undefined : inLanguage(mend, language) };
  }

  get exit(): number {
    return EXIT_OF[this.code];
  }
}

/** A disk is full, or a file as large as it may be. */
export class NoRoom extends SettleError {
  constructor(message: Wording, details: SaidDetails, options?: { cause?: unknown }) {
    super('machine', message, details, options);
  }
}

/** Anything that is no SettleError is the machine's fault, or a defect of the program. */
export function asFailure(error: unknown): SettleError {
  if (error instanceof SettleError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (/No space left|quota exceeded|File too large|ENOSPC|EDQUOT|EFBIG|disk full/i.test(`${code} ${said}`)) {
    // DuckDB says first what it was doing, in words of its own.
    const where = said.split('\n')[0]?.replace(/^.*?(?=Could not write file)/, '');
    return new NoRoom(
      say('there is no space left: {where}', { where: where ?? '' }),
      { mend: say('Make room, then run again.') },
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
      {
        mend: say(
          'See whether the path can be read and written, and whether there is memory and space; then run again.',
        ),
      },
      { cause: error },
    );
  }
  return new SettleError(
    'unexpected',
    say('unexpected: {said}', { said }),
    { mend: say('This is a defect of the program. Run again with --debug and report what it prints.') },
    { cause: error },
  );
}
