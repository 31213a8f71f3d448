import { styleText } from 'node:util';
import type { Language, Said } from '../words/said.js';
import { say } from '../words/say.js';
import { cutTo } from './width.js';

/** A stream that knows whether a person looks at it. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const PHASES: Record<string, Said> = {
  open: say('Opening the warehouse'),
  engine: say('Opening the engine'),
  read: say('Reading exports'),
  load: say('Loading'),
  settle: say('Settling'),
  audit: say('Auditing'),
  compare: say('Comparing'),
  write: say('Writing tables'),
  statements: say('Writing statements'),
  publish: say('Publishing'),
  verify: say('Verifying'),
  prune: say('Pruning'),
  compact: say('Compacting'),
};

const REDRAW_MS = 100;

/** A text on its way to a terminal: what an export or a file's name says must not move the cursor or turn the text around. */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

/** The same on one line. */
export function printableLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

/** JSON on one line, whoever splits lines and wherever: what ends a line or steers a terminal stands there escaped. */
export function jsonLine(object: object): string {
  const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(object).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped)}\n`;
}

/** Progress: one line that is drawn over on a terminal; elsewhere a plain line for each phase, without control characters. */
export class ProgressLine {
  readonly #screen: Screen;
  readonly #live: boolean;
  #language: Language = 'en';
  #phase = '';
  #text = '';
  #drawnAt = 0;
  #percent: () => number | undefined = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(screen: Screen, environment: NodeJS.ProcessEnv = process.env) {
    this.#screen = screen;
    this.#live = screen.isTTY === true && environment.TERM !== 'dumb';
  }

  /** In which language phases are said from now on. */
  speak(language: Language): void {
    this.#language = language;
  }

  /** Draws a statement's percent from now on; false where nobody looks. */
  watch(percent: () => number | undefined): boolean {
    if (!this.#live) return false;
    this.#percent = percent;
    this.#timer ??= setInterval(() => this.#draw(), REDRAW_MS);
    this.#timer.unref();
    return true;
  }

  show(phase: string, step: string, done: number, total: number): void {
    if (!this.#live) {
      if (phase !== this.#phase) this.#screen.write(`${this.#named(phase)} ...\n`);
      this.#phase = phase;
      return;
    }
    const part = total > 0 ? ` ${String(Math.floor((100 * done) / total)).padStart(3)} %` : '';
    this.#text = `${this.#named(phase)}${part}  ${printableLine(step)}`;
    if (phase !== this.#phase || Date.now() - this.#drawnAt > REDRAW_MS) this.#draw();
    this.#phase = phase;
  }

  #named(phase: string): string {
    return PHASES[phase]?.in(this.#language) ?? phase;
  }

  #draw(): void {
    this.#drawnAt = Date.now();
    const percent = this.#percent();
    const text = percent === undefined ? this.#text : `${this.#text} (${Math.floor(percent)} %)`;
    this.#screen.write(`\r\u001b[K${cutTo(text, (this.#screen.columns || 80) - 1)}`);
  }

  /** Leaves a clean line behind. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#live && this.#phase !== '') this.#screen.write('\r\u001b[K');
    this.#phase = '';
  }
}

type Style = 'bold' | 'red' | 'yellow' | 'green' | 'dim';

/** Colours a text where a person looks at it and NO_COLOR isn't set. */
export function painter(
  screen: Screen,
  environment: NodeJS.ProcessEnv = process.env,
): (style: Style, text: string) => string {
  const colours = screen.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}
