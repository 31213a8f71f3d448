import type { Warehouse } from '../engine/duckdb/warehouse.js';

/**
 * Connections that work side by side, the first of them the warehouse itself. Work goes to the next free one in the order
 * in which it was given; once some has failed, what hasn't begun is left out.
 * The lanes share the threads: where two work on one statement, each waits for the other at its end.
 */
export class Lanes<T> {
  readonly #warehouse: Warehouse;
  readonly #others: Warehouse[];
  readonly #free: Warehouse[];
  readonly #waiting: ((lane: Warehouse) => void)[] = [];
  readonly #results: Promise<T | undefined>[] = [];
  #failed = false;

  private constructor(warehouse: Warehouse, others: Warehouse[]) {
    this.#warehouse = warehouse;
    this.#others = others;
    this.#free = [warehouse, ...others];
  }

  /** Opens `count` lanes, the warehouse among them. */
  static async open<T>(warehouse: Warehouse, count: number): Promise<Lanes<T>> {
    const others: Warehouse[] = [];
    while (others.length + 1 < count) others.push(await warehouse.beside());
    return new Lanes(warehouse, others);
  }

  /** Gives work to the next free lane. */
  add(work: (lane: Warehouse) => Promise<T>): void {
    const result = this.#run(work);
    result.catch(() => undefined); // is told of by `end`
    this.#results.push(result);
  }

  async #run(work: (lane: Warehouse) => Promise<T>): Promise<T | undefined> {
    const lane = this.#free.shift() ?? (await new Promise<Warehouse>((resolve) => this.#waiting.push(resolve)));
    try {
      return this.#failed ? undefined : await work(lane);
    } catch (error) {
      this.#failed = true;
      throw error;
    } finally {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#free.push(lane);
      else waiting(lane);
    }
  }

  /** Ends all work at once and closes the lanes, whatever becomes of it. */
  async abandon(): Promise<void> {
    this.#failed = true;
    this.#warehouse.interrupt();
    await this.end().catch(() => undefined);
  }

  /** Waits for all work and closes the lanes. Gives the results in the order of `add`, or the first failure in that order. */
  async end(): Promise<T[]> {
    const ends = await Promise.allSettled(this.#results);
    const failure = ends.find((end) => end.status === 'rejected');
    await this.#close(failure !== undefined);
    if (failure !== undefined) throw failure.reason;
    return ends.map((end) => (end as PromiseFulfilledResult<T>).value);
  }

  /** A database that failed for good lets nothing more be done with it, and its failure says why. */
  async #close(failed: boolean): Promise<void> {
    try {
      for (const other of this.#others) await this.#warehouse.leave(other);
    } catch (error) {
      if (!failed) throw error;
    }
  }
}
