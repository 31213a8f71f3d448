import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Close, closesBelow, type FoundClose, writeClose } from '../../src/close/close-file.js';
import { addRecords, recordOf } from '../../src/close/close-record.js';
import { load } from '../../src/commands/load.js';
import { nightly } from '../../src/commands/nightly.js';
import { run } from '../../src/commands/run.js';
import { type Manifest, manifestIn, sha256 } from '../../src/emit/manifest.js';
import type { NightlyOptions, NightlyResult } from '../../src/night/night.js';
import { policiesFor } from '../../src/night/policies.js';
import type { Notice } from '../../src/notices/notice.js';
import { readPlaceNotices } from '../../src/notices/place-notices.js';
import { lastKnownLoad, readLoads } from '../../src/runs/known-at.js';
import { publishedBelow } from '../../src/runs/published.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import { concern, type Why } from '../../src/settle/concern.js';
import { planOf } from '../../src/settle/plan.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { hold } from '../../src/warehouse/hold.js';
import { SAMPLE_POLICY, SILENT, temporaryFolder, write } from './workspace.js';

const MINUTE_MS = 60_000;

/** Months of a few days: that the others have no session is known, and nobody is asked about it. */
export const LOWERED = [{ code: 'day_without_sessions', severity: 'info', reason: 'a month of a few days' }] as const;

/** A folder of exports, a folder of policies, a warehouse and an output folder; the clock goes on a minute with every command. */
export class NightPlace {
  readonly folder = temporaryFolder();
  readonly exports = join(this.folder, 'exports');
  readonly policies = join(this.folder, 'policies');
  readonly out = join(this.folder, 'out');
  readonly warehouse = join(this.folder, 'w.duckdb');
  #start = Date.UTC(2024, 0, 5);
  #minutes = 0;

  /** A new place with these policies; or one that has what another has by now. */
  constructor(from: Record<string, string> | NightPlace = SAMPLE_POLICIES) {
    if (from instanceof NightPlace) {
      cpSync(from.folder, this.folder, { recursive: true });
      this.#start = from.#start;
      this.#minutes = from.#minutes;
      return;
    }
    for (const folder of [this.exports, this.policies]) mkdirSync(folder);
    write(this.policies, from);
  }

  get context() {
    this.#minutes += 1;
    const now = this.#start + this.#minutes * MINUTE_MS;
    return { ...SILENT, clock: () => now };
  }

  /** Sets the clock to an hour of the night after a date, in Beijing. */
  after(date: string): this {
    this.#start = Date.parse(`${date}T18:00:00Z`);
    this.#minutes = 0;
    return this;
  }

  /** Puts exports into the folder; what lies there under other names stays. */
  put(exports: Record<string, string>): this {
    write(this.exports, exports);
    return this;
  }

  nightly(date: string, more: Partial<NightlyOptions> = {}): Promise<NightlyResult> {
    const { exports: input, policies, out, warehouse } = this;
    return nightly(
      { input, policies, out, warehouse, date, statements: true, lowered: LOWERED, ...more },
      this.context,
    );
  }

  /** Why each period that has begun would be settled, by its policy; nothing is. */
  async concerns(date: string): Promise<Record<string, Why | undefined>> {
    await this.load();
    const found: Record<string, Why | undefined> = {};
    await hold(this.warehouse, [], {}, this.context, async ({ warehouse }) => {
      const load = await lastKnownLoad(warehouse, undefined);
      const history = { loads: await readLoads(warehouse), runs: publishedBelow(this.out), closes: [] };
      for (const policy of (await policiesFor(this.policies, date)).usable) {
        const plan = await planOf(
          { policy, out: this.out, asOf: date, strict: false, statements: true, lowered: LOWERED },
          '',
        );
        found[plan.policy.id] = await concern(warehouse, plan, { date, load }, history, undefined);
      }
    });
    return found;
  }

  load() {
    return load(this.exports, { warehouse: this.warehouse, out: this.out }, this.context);
  }

  run(policy: string, more: Partial<RunOptions> = {}): Promise<RunResult> {
    const { exports: input, out, warehouse } = this;
    const file = join(this.policies, policy);
    const usual = { strict: false, statements: true, lowered: LOWERED };
    return run({ policy: file, input, out, warehouse, ...usual, ...more }, this.context);
  }

  /** Closes the policy's newest run up to a day, as `settle close` does once nothing is open that it asks about. */
  async seal(policy: string, asOf: string): Promise<Close> {
    const dir = this.latest(policy, asOf) as string;
    const manifest = manifestIn(dir) as Manifest;
    const closes = closesBelow(this.out);
    const last = closes.at(-1);
    const same = closes.findLast(({ close }) => close.period.from === manifest.period.from);
    const previous = last && { policy_id: last.close.policy.id, run_id: last.close.run_id, sha256: last.sha256 };
    const close = {
      ...{ close_no: closes.length + 1, revision: (same?.close.revision ?? 0) + 1, run_id: manifest.run_id },
      ...{ policy: manifest.policy, period: manifest.period, as_of: manifest.as_of, totals: manifest.totals },
      manifest_sha256: sha256(readFileSync(join(dir, 'manifest.json'))),
      ...{ quarantine_accepted: null, closed_at: '2024-01-05 09:00:00', closed_by: 'Wang Li', note: '' },
      previous: previous ?? null,
    };
    writeClose(dir, close);
    const found = closesBelow(this.out).at(-1) as FoundClose;
    await hold(this.warehouse, [], {}, this.context, ({ warehouse }) => addRecords(warehouse, [recordOf(found)]));
    return close;
  }

  /** What stands of the place in the warehouse. */
  place(): Promise<Notice[]> {
    return hold(this.warehouse, [], {}, this.context, ({ warehouse }) => readPlaceNotices(warehouse));
  }

  /** The folder of the policy's run up to a day that ended last. */
  latest(policy: string, asOf: string): string | undefined {
    const runs = publishedBelow(this.out).filter(
      ({ manifest }) => manifest.policy.id === policy && manifest.as_of === asOf,
    );
    return runs.at(-1)?.dir;
  }

  /** The ids of a policy's published runs. */
  published(policy: string): string[] {
    try {
      return readdirSync(join(this.out, policy)).sort();
    } catch {
      return [];
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The sample policy moved to another month. */
export function policyOf(month: string): string {
  const last = String(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate());
  return readFileSync(SAMPLE_POLICY, 'utf8')
    .replace('from: 2023-11-01, to: 2023-11-30', `from: ${month}-01, to: ${month}-${last}`)
    .replace('content-live-2023-11', `content-live-${month}`);
}

/** October to December. */
export const SAMPLE_POLICIES = Object.fromEntries(
  ['2023-10', '2023-11', '2023-12'].map((month) => [`policy-${month}.yaml`, policyOf(month)]),
);
