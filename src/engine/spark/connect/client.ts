import { randomUUID } from 'node:crypto';
import type { Row } from '../../duckdb/warehouse.js';
import { type Address, shownAddress } from './address.js';
import { arrowRows } from './arrow.js';
import { type Answered, Channel } from './channel.js';
import { callFailure, standsStill } from './failures.js';
import { type Answers, type ExecutionProgress, INTERRUPT_ALL } from './messages.js';

/** What is said of an execution under way: tasks that are done, of how many. */
export type OnTasks = (done: number, total: number) => void;

/** A connection is waited for so long; a person who gave a wrong address must not wait a minute. */
const CONNECT_MS = 20_000;
/** What is said while the program is being ended isn't waited for longer. */
const PARTING_MS = 1000;
const LOOK_MS = 1000;
/** A single task may take so many times the patience. */
const LONGEST = 12;

/** A session on a Spark Connect server. Each of its failures is a SettleError, in which no secret stands. */
export class SparkClient {
  readonly #address: Address;
  readonly #channel: Channel;
  readonly #sessionId = randomUUID();
  /** Seconds for which nothing may go on. */
  readonly #patience: number;
  /** Which server answers: another one than before has nothing of this session. */
  #server: string | undefined;
  #running: Answered | undefined;

  constructor(address: Address, patience: number) {
    this.#address = address;
    this.#patience = patience;
    this.#channel = new Channel(address);
  }

  /** `4.0.1`. */
  async version(): Promise<string> {
    const { spark_version } = await this.#ask('AnalyzePlan', { spark_version: {} }, CONNECT_MS);
    return spark_version?.version ?? '';
  }

  async set(settings: Readonly<Record<string, string>>): Promise<void> {
    const pairs = Object.entries(settings).map(([key, value]) => ({ key, value }));
    await this.#ask('Config', { operation: { set: { pairs } } });
  }

  /** What settings are; undefined where one has no value. */
  async get(keys: readonly string[]): Promise<Record<string, string | undefined>> {
    const { pairs } = await this.#ask('Config', { operation: { get_option: { keys } } });
    return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
  }

  /** Runs a statement that makes or drops something. */
  async run(sql: string, onTasks?: OnTasks): Promise<void> {
    await this.#execute({ command: { sql_command: { input: { sql: { query: sql } } } } }, onTasks);
  }

  /** The rows of a small query, every value as text. */
  async rows(sql: string): Promise<Row[]> {
    const batches = await this.#execute({ root: { sql: { query: sql } } });
    return batches.flatMap(arrowRows);
  }

  async #execute(plan: object, onTasks: OnTasks = () => undefined): Promise<Uint8Array[]> {
    const answered = this.#channel.execute(this.#request({ plan, operation_id: randomUUID() }));
    this.#running = answered;
    const watch = new Watch(this.#patience, answered);
    const batches: Uint8Array[] = [];
    try {
      for await (const answer of answered) {
        this.#server = answer.server_side_session_id;
        watch.see(answer.execution_progress);
        if (answer.arrow_batch !== undefined) batches.push(answer.arrow_batch.data);
        if (answer.execution_progress !== undefined) onTasks(...tasksOf(answer.execution_progress));
      }
      return batches;
    } catch (error) {
      if (!watch.gaveUp) throw this.#failure(error);
      await this.interrupt();
      throw standsStill(shownAddress(this.#address), this.#patience);
    } finally {
      this.#running = undefined;
      watch.end();
    }
  }

  /** Stops whatever the session executes; where the server doesn't answer, its own bounds end it. */
  async interrupt(): Promise<void> {
    this.#running?.cancel();
    await this.#ask('Interrupt', { interrupt_type: INTERRUPT_ALL }, PARTING_MS).catch(() => undefined);
  }

  /** Ends the session; a server that doesn't answer forgets it by itself. */
  async release(): Promise<void> {
    await this.#ask('ReleaseSession', {}, PARTING_MS).catch(() => undefined);
    this.#channel.close();
  }

  async #ask<Name extends Exclude<keyof Answers, 'ExecutePlan'>>(
    name: Name,
    request: object,
    within?: number,
  ): Promise<Answers[Name]> {
    try {
      const answer = await this.#channel.ask(name, this.#request(request), within);
      if ('server_side_session_id' in answer) this.#server = answer.server_side_session_id;
      return answer;
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #request(more: object): object {
    const observed = this.#server === undefined ? {} : { client_observed_server_side_session_id: this.#server };
    const { userId } = this.#address;
    const who = { user_context: { user_id: userId, user_name: userId }, client_type: 'settle' };
    return { session_id: this.#sessionId, ...observed, ...who, ...more };
  }

  #failure(error: unknown): Error {
    return callFailure(error, shownAddress(this.#address), this.#server !== undefined, this.#address.token);
  }
}

/**
 * Sees to it that an execution gets on: where no task runs for too long, it is given up; and so it is where some run and none
 * ends for a dozen times as long. A server that is gone without a word says nothing either.
 */
class Watch {
  gaveUp = false;
  #lastRan = Date.now();
  #lastEnded = Date.now();
  #ended: number | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(patience: number, answered: Answered) {
    this.#timer = setInterval(() => {
      const [ran, ended] = [Date.now() - this.#lastRan, Date.now() - this.#lastEnded];
      if (ran < patience * 1000 && ended < LONGEST * patience * 1000) return;
      this.gaveUp = true;
      answered.cancel();
    }, LOOK_MS);
  }

  see(progress: ExecutionProgress | undefined): void {
    const [ended] = progress === undefined ? [] : tasksOf(progress);
    const isNew = ended !== this.#ended; // what is no progress is an answer
    if (isNew) this.#lastEnded = Date.now();
    if (isNew || (progress?.num_inflight_tasks ?? 0) > 0) this.#lastRan = Date.now();
    this.#ended = ended;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

function tasksOf({ stages }: ExecutionProgress): [number, number] {
  const sum = (count: (stage: ExecutionProgress['stages'][number]) => number | undefined): number =>
    stages.reduce((total, stage) => total + (count(stage) ?? 0), 0);
  return [sum(({ num_completed_tasks }) => num_completed_tasks), sum(({ num_tasks }) => num_tasks)];
}
