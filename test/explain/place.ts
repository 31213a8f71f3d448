import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExplainOptions, explain } from '../../src/commands/explain.js';
import { run } from '../../src/commands/run.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

/** A test of an answer. */
export interface TestAnswer {
  clause: string;
  test: string;
  value: string | null;
  threshold: string | null;
  holds: boolean;
  margin: string | null;
  change: string | null;
}

/** What `--json` gives, as far as the tests look at it. */
export interface Answer {
  [name: string]: unknown;
  anchor: Record<string, unknown> | null;
  total: string | null;
  days: ({ date: string; tests: TestAnswer[]; counts: TestAnswer[] } & Record<string, unknown>)[];
  sessions: ({
    session_id: string;
    tests: TestAnswer[];
    counts: TestAnswer[];
    change: string | null;
    calculation: Record<string, string> | null;
  } & Record<string, unknown>)[];
  bonuses: ({
    tiers: ({ tests: TestAnswer[]; margin: string; change: string | null; pace: string | null } & Record<
      string,
      unknown
    >)[];
    share: TestAnswer | null;
  } & Record<string, unknown>)[];
  reasons: ({ reason: string; test: TestAnswer; takes: Record<string, string> } & Record<string, unknown>)[];
  rules: ({ reason: string; test: TestAnswer; penalties: Record<string, unknown>[] } & Record<string, unknown>)[];
  left_out: Record<string, unknown>[];
  scope: TestAnswer[];
}

const HEADER =
  'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index,effective_seconds,suspended,opted_out,replay_deleted_at';

export interface Row {
  id: string;
  anchor?: string;
  day?: string;
  /** `HH:MM:SS` of the same day. */
  from?: string;
  to?: string;
  settleable?: string;
  level?: string;
  track?: string;
  dwell?: string;
  price?: string;
  index?: string;
  effective?: string;
  suspended?: string;
  optedOut?: string;
  deleted?: string;
}

/** Sessions of an hour at level 2, 0.01 CNY a minute and index 1: 1,000 minutes of dwell make 10.00 CNY. */
export function sessions(...rows: Row[]): string {
  const lines = rows.map((row) => {
    const {
      id,
      anchor = 'a1',
      day = '2023-11-05',
      from = '20:00:00',
      to = '21:00:00',
      settleable = 'Y',
      level = '2',
    } = row;
    const { track = '文化', dwell = '1000.00', price = '0.010000', index = '1.000', effective = '' } = row;
    const { suspended = '', optedOut = '', deleted = '' } = row;
    const cells = [id, anchor, `${day} ${from}`, `${day} ${to}`, settleable, level, track, dwell, price, index];
    return [...cells, effective, suspended, optedOut, deleted].join(',');
  });
  return `${[HEADER, ...lines].join('\n')}\n`;
}

/** An hour a day from 1 November on. */
export function daily(count: number, more: Partial<Row> = {}): Row[] {
  return Array.from({ length: count }, (_, at) => {
    const day = `2023-11-${String(at + 1).padStart(2, '0')}`;
    return { id: `${more.anchor ?? 'a1'}-${at + 1}`, day, ...more };
  });
}

export function anchors(...rows: string[]): string {
  return `${['anchor_id,nickname,agency_id,account_kind,first_live_on,newcomer_certified_on,person_id,compliance_code', ...rows].join('\n')}\n`;
}

export const A1 = 'a1,小鱼,,content,2023-03-01,,,';

export function penalties(...rows: string[]): string {
  return `${['penalty_id,anchor_id,agency_id,session_id,kind,penalized_at,status', ...rows].join('\n')}\n`;
}

/** A month that is settled, and what is explained of it. */
export class Place {
  readonly folder: string;
  readonly out: string;
  readonly warehouse: string;
  runDir = '';
  #loads = 0;

  /** A folder of its own for one test; for several, one that whoever makes it takes away. */
  constructor(folder = workspace()) {
    this.folder = folder;
    this.out = join(folder, 'out');
    this.warehouse = join(folder, 'w.duckdb');
  }

  /** Settles November with these exports, by the sample policy with some of its text replaced. */
  async settle(
    exports: Record<string, string>,
    { asOf, policy = [] }: { asOf?: string; policy?: [string, string][] } = {},
  ): Promise<RunResult> {
    this.#loads += 1;
    const input = join(this.folder, `exports-${this.#loads}`);
    mkdirSync(input);
    write(input, { 'anchors.csv': anchors(A1), ...exports });
    let text = readFileSync(SAMPLE_POLICY, 'utf8');
    for (const [from, to] of policy) text = text.replace(from, to);
    const file = join(this.folder, 'policy.yaml');
    writeFileSync(file, text);
    const result = await run(
      {
        policy: file,
        input,
        out: this.out,
        warehouse: this.warehouse,
        strict: false,
        statements: false,
        ...(asOf === undefined ? {} : { asOf }),
      },
      SILENT,
    );
    this.runDir = result.runDir;
    return result;
  }

  /** What `settle explain` gives: the object of `--json`, and the page. */
  async explain(more: Partial<ExplainOptions> = {}, environment = {}): Promise<{ answer: Answer; page: string }> {
    const options = { out: this.out, warehouse: this.warehouse, anchor: 'a1', ...more };
    const { answer, text } = await explain(this.runDir, options, SILENT, environment);
    return { answer: JSON.parse(JSON.stringify(answer)) as Answer, page: text((_, said) => said) };
  }
}

/** The test of a name. */
export function testOf(tests: readonly TestAnswer[], name: string): TestAnswer {
  const found = tests.find(({ test }) => test === name);
  if (found === undefined) throw new Error(`no test ${name}`);
  return found;
}
