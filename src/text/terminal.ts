import { styleText } from 'node:util';

/** A stream that knows whether a person looks at it. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const PHASES: Record<string, string> = {
  open: 'Opening the warehouse',
  read: 'Reading exports',
  load: 'Loading',
  settle: 'Settling',
  audit: 'Auditing',
  compare: 'Comparing',
  write: 'Writing tables',
  statements: 'Writing statements',
  publish: 'Publishing',
  verify: 'Verifying',
  prune: 'Pruning',
  compact: 'Compacting',
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
  #phase = '';
  #text = '';
  #drawnAt = 0;
  #percent: () => number | undefined = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(screen: Screen, environment: NodeJS.ProcessEnv = process.env) {
    this.#screen = screen;
    this.#live = screen.isTTY === true && environment.TERM !== 'dumb';
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
      if (phase !== this.#phase) this.#screen.write(`${PHASES[phase] ?? phase} ...\n`);
      this.#phase = phase;
      return;
    }
    const part = total > 0 ? ` ${String(Math.floor((100 * done) / total)).padStart(3)} %` : '';
    this.#text = `${PHASES[phase] ?? phase}${part}  ${printableLine(step)}`;
    if (phase !== this.#phase || Date.now() - this.#drawnAt > REDRAW_MS) this.#draw();
    this.#phase = phase;
  }

  #draw(): void {
    this.#drawnAt = Date.now();
    const percent = this.#percent();
    const text = percent === undefined ? this.#text : `${this.#text} (${Math.floor(percent)} %)`;
    this.#screen.write(`\r\u001b[K${text.slice(0, (this.#screen.columns || 80) - 1)}`);
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
