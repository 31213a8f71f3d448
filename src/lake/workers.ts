import { randomUUID } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { processBegan } from '../disk/processes.js';

/** A process says so often that it is there. */
const BEAT_MS = 10_000;
/** On another machine one that hasn't said so for so long is taken for gone. */
const GONE_MS = 120_000;

interface Sign {
  host: string;
  pid: number;
  /** When the process began, as its system counts it; process ids come again. */
  began: string;
}

/** A process that takes part in a go. What it says is a help for others alone: nothing counts twice if they err. */
export class Worker {
  readonly id = randomUUID();
  readonly #folder: string;
  /** The storage's clock at the last beat: those of machines may differ. */
  #now = Date.now();
  #beat: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes the sign, whole, into a folder that may be about to get its name. */
  sign(folder = this.#folder): void {
    const sign: Sign = { host: hostname(), pid: process.pid, began: processBegan(process.pid) };
    const draft = join(folder, `.${this.id}`);
    writeFileSync(draft, JSON.stringify(sign));
    renameSync(draft, join(folder, this.id));
  }

  /** From now on says again and again that it is there. */
  begin(): void {
    this.sign();
    this.#say();
    this.#beat = setInterval(() => this.#say(), BEAT_MS).unref();
  }

  #say(): void {
    const path = join(this.#folder, this.id);
    try {
      appendFileSync(path, '\n');
      this.#now = statSync(path).mtimeMs;
    } catch {
      // the lake was taken away, or can't be reached: whoever works in it will see
    }
  }

  /** Whether another one is there. */
  sees(id: string): boolean {
    return isThere(join(this.#folder, id), this.#now);
  }

  /** Whether a file was written a moment ago. */
  isNew(path: string): boolean {
    const found = statSync(path, { throwIfNoEntry: false });
    return found !== undefined && this.#now - found.mtimeMs < BEAT_MS;
  }

  end(): void {
    clearInterval(this.#beat);
    rmSync(join(this.#folder, this.id), { force: true });
  }
}

/** Whether anybody works on the go whose workers sign in this folder. */
export function anybodyIn(folder: string): boolean {
  const probe = new Worker(folder);
  probe.sign();
  try {
    const now = statSync(join(folder, probe.id)).mtimeMs;
    const others = readdirSync(folder).filter((id) => id !== probe.id && !id.startsWith('.'));
    return others.some((id) => isThere(join(folder, id), now));
  } finally {
    probe.end();
  }
}

function isThere(path: string, now: number): boolean {
  try {
    const { mtimeMs } = statSync(path);
    const { host, pid, began } = JSON.parse(readFileSync(path, 'utf8')) as Sign;
    if (host === hostname() && began !== '') return processBegan(pid) === began;
    return now - mtimeMs < GONE_MS;
  } catch {
    return false;
  }
}
