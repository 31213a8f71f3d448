import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PACKAGE } from '../../../disk/package-folder.js';
import type { Found } from './figures/findings.js';
import type { Part } from './folder/merged.js';
import type { StatementHash } from './folder/statements.js';
import type { Waiting } from './settlement.js';
import type { PublishedTotals } from './totals.js';

/** What a helper is given to read. */
export interface Order {
  runDir: string;
  part: Part;
}

/** What a helper found; where something differs it has nothing to say, and ends. */
export interface PartResult {
  totals: PublishedTotals;
  /** Anchors with a row of settlement.csv or a session. */
  settled: string[];
  /** Records of each merged file. */
  rows: Record<string, number>;
  statements: StatementHash[];
  found: Found;
}

/** What a helper says, in this order: fingerprints of session ids as it comes by them, then the two results. */
export type Message =
  | { said: 'prints'; prints: Uint32Array; bytes: number }
  | { said: 'walked'; waiting: Waiting[] }
  | { said: 'done'; result: PartResult };

/** Something differs, or may. What it is, a reading of the whole in its order says. */
export class Doubt extends Error {}

/** A thread begins from a file of its own, which is the built one. */
const PART_THREAD = join(PACKAGE, 'dist', 'verify', 'part-thread.js');

/** A thread that reads a part of the merged files, and what it has said. */
class Helper {
  bytes = 0;
  prints: Uint32Array[] = [];
  waiting: Waiting[] | undefined;
  result: PartResult | undefined;
  ended = false;
  readonly worker: Worker;

  constructor(order: Order, onWord: () => void) {
    this.worker = new Worker(PART_THREAD, { workerData: order });
    this.worker.on('message', (message: Message) => {
      this.hear(message);
      onWord();
    });
    for (const end of ['error', 'messageerror', 'exit'])
      this.worker.on(end, () => {
        this.ended = true;
        onWord();
      });
  }

  private hear(message: Message): void {
    if (message.said === 'walked') this.waiting = message.waiting;
    else if (message.said === 'done') this.result = message.result;
    else {
      this.prints.push(message.prints);
      this.bytes = message.bytes;
    }
  }
}

/** Threads that read all parts of the merged files but the first, which is left to whoever asks for them. */
export class Helpers {
  private readonly helpers: Helper[] = [];
  private wake: () => void = () => undefined;

  /** Starts a thread for each part; throws `Doubt` where one can't be started. */
  start(runDir: string, parts: readonly Part[]): void {
    try {
      for (const part of parts) this.helpers.push(new Helper({ runDir, part }, () => this.wake()));
    } catch {
      throw new Doubt(); // a system that is short of threads is no reason not to verify
    }
  }

  /** Bytes of sessions.csv that they have read. */
  get bytes(): number {
    return this.helpers.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Passes on the fingerprints that came since; throws `Doubt` where a thread ended before its time. */
  drain(take: (prints: Uint32Array) => void): void {
    for (const helper of this.helpers) {
      for (const prints of helper.prints.splice(0)) take(prints);
      if (helper.ended && helper.result === undefined) throw new Doubt();
    }
  }

  /** The anchors that wait for others of their person, once all parts are read; `breathe` is called meanwhile. */
  async waiting(breathe: () => void): Promise<Waiting[]> {
    return (await this.each(({ waiting }) => waiting, breathe)).flat();
  }

  /** Has those that wait settled, and gives what each part came to. */
  async complete(rewarded: ReadonlySet<string>, breathe: () => void): Promise<PartResult[]> {
    for (const { worker } of this.helpers) worker.postMessage(rewarded);
    return this.each(({ result }) => result, breathe);
  }

  async close(): Promise<void> {
    await Promise.all(this.helpers.map(({ worker }) => worker.terminate()));
  }

  /** Waits until every helper has something. */
  private async each<T>(of: (helper: Helper) => T | undefined, breathe: () => void): Promise<T[]> {
    for (;;) {
      breathe();
      const said = this.helpers.map(of).filter((one) => one !== undefined);
      if (said.length === this.helpers.length) return said;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
