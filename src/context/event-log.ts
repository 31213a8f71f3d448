import { randomBytes } from 'node:crypto';
import { constants, openSync, writeFileSync } from 'node:fs';
import { offsetTime } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { jsonLine } from '../text/terminal.js';
import { say } from '../words/say.js';

export type Level = 'info' | 'warning' | 'error';

const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;

/**
 * What happened, as lines of JSON at the end of a file; each is written when the call returns. Without a path, nowhere.
 * Several nights may write into one file at once: each line is written whole, and says whose it is.
 */
export class EventLog {
  /** No other night has this id: when it began, and by chance. */
  readonly night: string;
  /** Milliseconds since 1970. */
  readonly begun: number;

  /** The first line that couldn't be written: the work goes on, and is told of at its end. */
  failure: unknown;
  readonly #handle: number | undefined;
  readonly #clock: () => number;

  constructor(path: string | undefined, clock: () => number) {
    this.#clock = clock;
    this.begun = clock();
    this.night = `${offsetTime(this.begun).slice(0, 19).replace(/[-:]/g, '')}-${randomBytes(4).toString('hex')}`;
    if (path === undefined) return;
    try {
      this.#handle = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o644); // of a pipe without a reader: at once
    } catch (error) {
      const mend = say('Give --log a file in a folder that is there and can be written to.');
      const said = (error as Error).message;
      throw new SettleError(
        'usage',
        say("the log {path} can't be opened: {said}", { path, said }),
        { file: path, mend },
        { cause: error },
      );
    }
  }

  /** Since the night began. */
  get seconds(): number {
    return (this.#clock() - this.begun) / 1000;
  }

  write(event: string, level: Level, more: object = {}): void {
    if (this.#handle === undefined) return;
    try {
      writeFileSync(
        this.#handle,
        jsonLine({ time: offsetTime(this.#clock()), night: this.night, event, level, ...more }),
      );
    } catch (error) {
      this.failure ??= error;
    }
  }
}
