import type { Warehouse } from '../warehouse.js';

/** As many as there are cores to fill while one lane's statement waits for a single thread. */
const MOST = 2;

/**
 * Connections that work side by side, the first of them the warehouse itself. Work goes to the next free one in the order
 * in which it was given; once some has failed, what hasn't begun is left out.
 */
export class Lanes<T> {
  readonly #warehouse: Warehouse;
  readonly #others: Warehouse[] = [];
  readonly #free: Warehouse[];
  readonly #waiting: ((lane: Warehouse) => void)[] = [];
  readonly #results: Promise<T | undefined>[] = [];
  #failed = false;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
    this.#free = [warehouse];
  }

  /** Gives work to the next free lane, which is opened for it where all are busy and `large` says that it is worth it. */
  add(large: boolean, work: (lane: Warehouse) => Promise<T>): void {
    const result = this.#run(large, work);
    result.catch(() => {
      this.#failed = true; // is told of by `end`
    });
    this.#results.push(result);
  }

  async #run(large: boolean, work: (lane: Warehouse) => Promise<T>): Promise<T | undefined> {
    const lane = await this.#next(large);
    try {
      return this.#failed ? undefined : await work(lane);
    } finally {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#free.push(lane);
      else waiting(lane);
    }
  }

  async #next(large: boolean): Promise<Warehouse> {
    const free = this.#free.shift();
    if (free !== undefined) return free;
    if (!large || this.#others.length + 1 >= MOST) return new Promise((resolve) => this.#waiting.push(resolve));
    const other = await this.#warehouse.beside();
    this.#others.push(other);
    return other;
  }

  /** Waits for all work and closes the lanes. Gives the results in the order of `add`, or the first failure in that order. */
  async end(): Promise<T[]> {
    const ends = await Promise.allSettled(this.#results);
    for (const other of this.#others) this.#warehouse.leave(other);
    const results: T[] = [];
    for (const end of ends) {
      if (end.status === 'rejected') throw end.reason;
      results.push(end.value as T);
    }
    return results;
  }
}
