import type { BeijingDate } from '../core/beijing.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { writePolicyTables } from '../policy/tables.js';
import type { Policy } from '../programmes/interface/policy.js';
import type { Programme } from '../programmes/interface/programme.js';
import type { Cause } from '../programmes/interface/settling.js';
import { programmeFor } from '../programmes/registry.js';
import { NOTHING_PINNED } from '../rules/pinned.js';
import { runRules, statement, stepsOf, type WantedPart } from '../rules/rules.js';
import { differingKeys, withKeyOf } from './policy-keys.js';
import { type ComparedRelations, relationsOf } from './relations.js';
import { keepSide, type OnStep, type Side } from './side.js';

/**
 * Why two settlements differ. One kind of input of A after the other is replaced by B's, always in this order, and what
 * each step changes is what that kind of input causes. The program's part is what the others leave.
 */
export function causesOf({ comparison }: Programme): string[] {
  return [...comparison.causes.map(({ cause }) => cause), 'policy', 'program'];
}

/** The direct keys of the policy that differ stand for themselves: `policy:<section>.<key>`. */
const keyCause = (key: string): string => `policy:${key}`;

/**
 * Fills `cause_amount` (cause, anchor_id, settlement_date, part, amount): what each step changes. Where a program of
 * another version settled one of them, every anchor is settled again; otherwise those that anything can have changed.
 * `part_amount` is then that of the last step, over the anchors that were settled again.
 */
export async function findCauses(warehouse: Warehouse, a: Side, b: Side, everybody: boolean, onStep: OnStep) {
  const comparison = new Comparison(warehouse, a, onStep);
  await keepSide(warehouse, 'a', a, onStep);
  await keepSide(warehouse, 'b', b, onStep);
  await comparison.begin(differingKeys(a.policy, b.policy), everybody || a.asOf !== b.asOf);
  const later = b.asOf > a.asOf;
  const dates = { later: later ? b.asOf : a.asOf, second: b.asOf };
  for (const cause of programmeFor(a.policy).comparison.causes)
    await comparison.replace(cause, cause.asOf && dates[cause.asOf]);
  await comparison.replacePolicy(b.policy);
  if (everybody) await comparison.settleOnce();
  await comparison.end();
}

/** The steps from A to B: `done_cause` says how far it is, and the SQL of the comparison what stands then. */
class Comparison {
  readonly #warehouse: Warehouse;
  readonly #programme: Programme;
  readonly #relations: ComparedRelations;
  readonly #onStep: OnStep;
  #policy: Policy;
  #asOf: BeijingDate;
  #everybody = false;
  /** Whether `before_amount` holds the last step's amounts. */
  #settled = false;

  constructor(warehouse: Warehouse, a: Side, onStep: OnStep) {
    this.#warehouse = warehouse;
    this.#programme = programmeFor(a.policy);
    this.#relations = relationsOf(this.#programme);
    this.#onStep = onStep;
    this.#policy = a.policy;
    this.#asOf = a.asOf;
  }

  async begin(keys: readonly string[], everybody: boolean): Promise<void> {
    const all = causesOf(this.#programme).flatMap((cause) => (cause === 'policy' ? keys.map(keyCause) : [cause]));
    const rows = all.map((cause, place) => `(${place}, ${literal(cause)}, ${literal(cause.split(':')[0] as string)})`);
    await this.#warehouse.run(`
      CREATE OR REPLACE TEMP TABLE comparison_cause (place INTEGER, cause VARCHAR, shown VARCHAR);
      INSERT INTO comparison_cause (place, cause, shown) VALUES ${rows.join(', ')};
      CREATE OR REPLACE TEMP TABLE done_cause (cause VARCHAR);
      CREATE OR REPLACE TEMP TABLE cause_amount (cause VARCHAR, anchor_id VARCHAR, settlement_date DATE, part VARCHAR, amount DECIMAL(38, 2))`);
    await makeComparison(this.#warehouse, this.#relations, { wanted: this.#relations.found, given: [] });
    if (everybody) await this.#takeEverybody();
  }

  /** Replaces one kind of rows by B's, and A's evaluation date where B's takes its place with them. */
  async replace({ cause, changes: counting }: Cause, asOf = this.#asOf): Promise<void> {
    const changes = asOf !== this.#asOf || (await this.#warehouse.count(counting)) > 0;
    if (changes) await this.#before();
    await this.#warehouse.run(`INSERT INTO done_cause (cause) VALUES (${literal(cause)})`);
    this.#asOf = asOf;
    if (changes) await this.#after(cause);
  }

  /** Replaces the policy key by key; by then every anchor may be concerned. */
  async replacePolicy(policy: Policy): Promise<void> {
    const keys = differingKeys(this.#policy, policy);
    if (keys.length > 0 && !this.#everybody) await this.#takeEverybody();
    for (const key of keys) {
      await this.#before();
      this.#policy = withKeyOf(this.#policy, policy, key);
      await this.#after(keyCause(key));
    }
  }

  /** Where no step has changed anything, `part_amount` is that of A settled again. */
  async settleOnce(): Promise<void> {
    await this.#before();
  }

  /** Frees what was kept of the sides' sessions; the rest is small. */
  async end(): Promise<void> {
    await this.#warehouse.run('DROP VIEW IF EXISTS temp.period_row; DROP TABLE a_period_row; DROP TABLE b_period_row');
    await this.#warehouse.run('DROP TABLE IF EXISTS before_amount');
  }

  async #takeEverybody(): Promise<void> {
    await this.#warehouse.run(`CREATE OR REPLACE TEMP TABLE affected_anchor AS
      SELECT anchor_id FROM a_period_row UNION SELECT anchor_id FROM b_period_row`);
    this.#everybody = true;
    this.#settled = false;
  }

  async #before(): Promise<void> {
    if (!this.#settled) await this.#settle();
  }

  async #settle(): Promise<void> {
    const horizon = { asOf: this.#asOf, knownLoad: 0, pinned: NOTHING_PINNED }; // rows are given, with their agencies
    await writePolicyTables(this.#warehouse, this.#policy, horizon);
    const { found, given } = this.#relations;
    await makeComparison(this.#warehouse, this.#relations, { wanted: given, given: found });
    await runRules(this.#warehouse, this.#programme, this.#onStep, { wanted: ['part_amount'], given });
    await this.#warehouse.run('CREATE OR REPLACE TEMP TABLE before_amount AS FROM part_amount');
    this.#settled = true;
  }

  async #after(cause: string): Promise<void> {
    await this.#warehouse.run(`CREATE OR REPLACE TEMP TABLE earlier_amount AS FROM before_amount`);
    await this.#settle();
    await this.#warehouse.run(`INSERT INTO cause_amount (cause, anchor_id, settlement_date, part, amount)
      SELECT ${literal(cause)}, anchor_id, settlement_date, part, SUM(amount)
      FROM (SELECT anchor_id, settlement_date, part, amount FROM before_amount
        UNION ALL SELECT anchor_id, settlement_date, part, -amount FROM earlier_amount)
      GROUP BY anchor_id, settlement_date, part HAVING SUM(amount) <> 0;
      DROP TABLE earlier_amount`);
  }
}

/** Makes relations of the comparison, and those of it that they read and that are not given. */
async function makeComparison(warehouse: Warehouse, { steps }: ComparedRelations, part: WantedPart): Promise<void> {
  for (const step of stepsOf(part, steps)) await warehouse.run(statement(step));
}

/** Makes `cause_line` of what was found, and of the amounts of A and B. */
export async function makeCauseLines(warehouse: Warehouse, programme: Programme): Promise<void> {
  await makeComparison(warehouse, relationsOf(programme), { wanted: ['cause_line'], given: [] });
}

/** Makes `cause_line` and `adjustment`. */
export async function makeAdjustments(warehouse: Warehouse, programme: Programme): Promise<void> {
  await makeComparison(warehouse, relationsOf(programme), { wanted: ['adjustment'], given: [] });
}
