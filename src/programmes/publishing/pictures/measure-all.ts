import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PACKAGE } from '../../../disk/package-folder.js';
import type { MeasureTerms } from './edge.js';
import { type Measured, measure } from './measure.js';

/** A thread begins from a file of its own, which is the built one. */
const THREAD = join(PACKAGE, 'dist', 'pictures', 'picture-thread.js');
/** As many threads as cores, and no more than these: each holds a decoded picture. */
const MOST_THREADS = 4;
/** Fewer pictures are measured before threads would have started. */
const WORTH_THREADS = 24;

/** Measures pictures, in the order of their paths. `onDone` is told how many are done. */
export async function measureAll(
  paths: readonly string[],
  terms: MeasureTerms,
  onDone: (done: number) => void = () => undefined,
): Promise<Measured[]> {
  const found: Measured[] = [];
  let [next, done] = [0, 0];
  const take = async (one: (path: string) => Promise<Measured>): Promise<void> => {
    for (let at = next; at < paths.length; at = next) {
      next += 1;
      found[at] = await one(paths[at] as string);
      done += 1;
      onDone(done);
    }
  };
  const threads = paths.length < WORTH_THREADS ? 0 : Math.min(availableParallelism(), MOST_THREADS);
  if (threads === 0) await take((path) => measure(path, terms));
  const helpers = Array.from({ length: threads }, () => new Helper(terms));
  try {
    await Promise.all(helpers.map((helper) => take((path) => helper.measure(path))));
  } finally {
    await Promise.all(helpers.map((helper) => helper.close()));
  }
  return found;
}

/** A thread; one that a picture has ended is begun again, and the picture can't be read. */
class Helper {
  #worker: Worker;
  /** Who waits for the picture that the thread has. */
  #waiting: ((found: Measured) => void) | undefined;

  constructor(private readonly terms: MeasureTerms) {
    this.#worker = this.#begin();
  }

  #begin(): Worker {
    const worker = new Worker(THREAD, { workerData: this.terms, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    worker.on('message', (found: Measured) => this.#tell(found));
    worker.on('error', () => {
      if (worker !== this.#worker) return;
      this.#worker = this.#begin();
      this.#tell({ fault: 'unreadable' });
    });
    return worker;
  }

  #tell(found: Measured): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(found);
  }

  measure(path: string): Promise<Measured> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#worker.postMessage(path);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
