import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { RunOptions } from '../../../src/settings/run-options.js';
import type { RunResult } from '../../../src/settle/run-result.js';
import { contentOf, FIGURES, settle, temporaryFolder, write } from '../workspace.js';
import type { Kind, Month, Row } from './month.js';

/** How many examples a property of whole runs is tried on: PROPERTY_RUNS=50 npx vitest run test/properties */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 4);

/** Looking for a smaller example ends after a while: each takes a run or two. */
export const EXAMPLES = { numRuns: RUNS, interruptAfterTimeLimit: 5_000 + 5_000 * RUNS };
/** A property may take longer than other tests when it looks for a smaller example, or when many are asked for. */
export const PATIENCE = 30_000 + 2 * EXAMPLES.interruptAfterTimeLimit;

const COLUMNS: Record<Kind, string[]> = {
  sessions: [
    ...['session_id', 'anchor_id', 'started_at', 'ended_at', 'settleable', 'quality_level', 'track'],
    ...['rec_dwell_minutes', 'unit_price', 'scarcity_index', 'effective_seconds', 'suspended', 'opted_out'],
    'replay_deleted_at',
  ],
  anchors: [
    ...['anchor_id', 'nickname', 'agency_id', 'account_kind', 'first_live_on', 'newcomer_certified_on', 'person_id'],
    'compliance_code',
  ],
  penalties: ['penalty_id', 'anchor_id', 'agency_id', 'session_id', 'kind', 'penalized_at', 'status'],
  scarcity: ['track', 'effective_from', 'scarcity_index'],
  ineligible: ['anchor_id', 'from', 'to', 'cause', 'clause'],
};

/** File name → content. */
export type Exports = Record<string, string>;

export function csv(kind: Kind, rows: readonly Row[]): string {
  return stringify([...rows], { header: true, columns: COLUMNS[kind] });
}

/** A month as one file of each kind. */
export function exportsOf(month: Month): Exports {
  const kinds = Object.keys(COLUMNS) as Kind[];
  return Object.fromEntries(kinds.map((kind) => [`${kind}.csv`, csv(kind, month[kind])]));
}

export interface Settled {
  figures: Record<string, string>;
  result: RunResult;
}

/** A folder with a policy and a warehouse, in which exports are settled one load after the other. */
export class Place {
  readonly folder = temporaryFolder();
  #runs = 0;

  constructor(month: Month) {
    write(this.folder, { 'policy.json': JSON.stringify(month.policy) });
  }

  async settle(exports: Exports, options: Partial<RunOptions> = {}): Promise<Settled> {
    const input = join(this.folder, `exports-${this.#runs++}`);
    mkdirSync(input);
    write(input, exports);
    const places = { policy: join(this.folder, 'policy.json'), out: join(this.folder, 'out') };
    const result = await settle({ ...places, input, statements: false, ...options });
    return { figures: contentOf(result.runDir, FIGURES), result };
  }

  get warehouse(): string {
    return join(this.folder, 'settlement.duckdb');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Gives `work` a place for the month, and takes it away. */
export async function withPlace<T>(month: Month, work: (place: Place) => Promise<T>): Promise<T> {
  const place = new Place(month);
  try {
    return await work(place);
  } finally {
    place.remove();
  }
}
