import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Part } from './merged.js';
import type { Waiting } from './settlement.js';
import type { StatementHash } from './statements.js';
import type { PublishedTotals } from './totals.js';

/** What a helper is given to read. */
export interface Order {
  runDir: string;
  part: Part;
}

/** What a helper found; it has nothing to say where something differs, and ends. */
export interface PartResult {
  totals: PublishedTotals;
  /** Anchors with a row of settlement.csv or a session. */
  settled: string[];
  /** Records of each merged file. */
  rows: Record<string, number>;
  statements: StatementHash[];
}

/** What a helper says, in this order: fingerprints of session ids as it comes by them, then the two results. */
export type Message =
  | { said: 'prints'; prints: Uint32Array; bytes: number }
  | { said: 'walked'; waiting: Waiting[] }
  | { said: 'done'; result: PartResult };

/** Something differs, or may. What it is, a reading of the whole in its order says. */
export class Doubt extends Error {}

/** Reads a part of the merged files in a thread of its own. */
export class Helper {
  /** Bytes of sessions.csv that it has read. */
  bytes = 0;
  private readonly worker: Worker;
  private readonly prints: Uint32Array[] = [];
  private readonly answers: Message[] = [];
  private ended = false;

  constructor(order: Order) {
    this.worker = new Worker(new URL('./part-thread.js', import.meta.url), { workerData: order });
    this.worker.on('message', (message: Message) => this.hear(message));
    this.worker.on('error', () => this.end());
    this.worker.on('exit', () => this.end());
  }

  /** Passes on the fingerprints that came since; throws `Doubt` where the thread ended before its time. */
  drain(take: (prints: Uint32Array) => void): void {
    for (const prints of this.prints.splice(0)) take(prints);
    if (this.ended) throw new Doubt();
  }

  /** The anchors that wait for others of their person, once it came by all of its part. */
  async waiting(): Promise<Waiting[]> {
    const message = await this.next();
    if (message.said !== 'walked') throw new Doubt();
    return message.waiting;
  }

  /** Settles those that wait, and gives what all came to. */
  async complete(rewarded: ReadonlySet<string>): Promise<PartResult> {
    this.worker.postMessage(rewarded);
    const message = await this.next();
    if (message.said !== 'done') throw new Doubt();
    return message.result;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private hear(message: Message): void {
    if (message.said !== 'prints') this.answers.push(message);
    else {
      this.prints.push(message.prints);
      this.bytes = message.bytes;
    }
  }

  private end(): void {
    this.ended = true;
  }

  private async next(): Promise<Message> {
    for (;;) {
      const answer = this.answers.shift();
      if (answer !== undefined) return answer;
      if (this.ended) throw new Doubt();
      // Its error comes as an event of that name, which `once` rejects with; then `ended` says it.
      await Promise.race([once(this.worker, 'message'), once(this.worker, 'exit')]).catch(() => undefined);
    }
  }
}
