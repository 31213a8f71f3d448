import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { restoreCloses } from '../../src/closing/restore.js';
import { diff } from '../../src/commands/diff.js';
import { rebuild } from '../../src/commands/rebuild.js';
import { run } from '../../src/commands/run.js';
import { runs } from '../../src/commands/runs.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { hold } from '../../src/warehouse/hold.js';
import { closeAccepted } from '../support/accepting.js';
import { contentOf, SAMPLE_POLICY, SILENT, temporaryFolder, write } from '../support/workspace.js';

/** A month that goes on: what is loaded, settled and closed, step by step, each on a day of its own. */

export const HISTORIES = Number(process.env.HISTORIES ?? 2);

const DAY_MS = 86_400_000;
const ANCHORS = ['a1', 'a2', 'a3'];

/** One row of sessions; few ids, so that rows meet each other. */
interface Session {
  id: number;
  anchor: number;
  day: number;
  minutes: number;
  dwell: number;
  level: number;
  index: '' | '1.000' | '1.500';
  settleable: boolean;
}

const session: fc.Arbitrary<Session> = fc.record({
  id: fc.integer({ min: 1, max: 9 }),
  anchor: fc.integer({ min: 0, max: ANCHORS.length - 1 }),
  day: fc.constantFrom(1, 15, 28, 29, 30, 31), // 31: 1 December
  minutes: fc.constantFrom(29, 30, 200),
  dwell: fc.integer({ min: 0, max: 3_000_000 }),
  level: fc.integer({ min: 1, max: 4 }),
  index: fc.constantFrom('', '1.000', '1.500'),
  settleable: fc.constantFrom(true, true, true, false),
});

/** Two programmes settle one warehouse into one folder; which of them a step is about. */
type Which = 0 | 1;
const PROGRAMMES = [
  { id: 'content-live-2023-11', programme: 'live', kind: 'content' },
  { id: 'mall-2023-11', programme: 'mall', kind: 'shop' },
] as const;
const which = fc.constantFrom<Which>(0, 0, 1);

type Step =
  | { kind: 'sessions'; file: number; rows: Session[] }
  | {
      kind: 'penalties';
      file: number;
      rows: { id: number; anchor: number; agency: string; session: number; what: string; revoked: boolean }[];
    }
  | {
      kind: 'anchors';
      file: number;
      rows: { anchor: number; agency: string; red: boolean; shop: boolean; person: string; certified: boolean }[];
    }
  | { kind: 'scarcity'; index: string }
  | { kind: 'policy'; cap: string; days: number; which: Which }
  | { kind: 'run'; transfer: boolean; which: Which }
  | { kind: 'close'; which: Which }
  | { kind: 'lose'; at: number; from: 'folder' | 'warehouse' }
  | { kind: 'lost' };

const file = fc.integer({ min: 1, max: 3 });
/** Blank: none. */
const agency = fc.constantFrom('', 'g1', 'g1', 'g2');

export const STEPS: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('sessions' as const),
    file,
    rows: fc.uniqueArray(session, { selector: ({ id }) => id, maxLength: 7 }),
  }),
  fc.record({
    kind: fc.constant('penalties' as const),
    file,
    rows: fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 4 }),
        anchor: fc.integer({ min: 0, max: 2 }),
        agency,
        session: fc.integer({ min: 0, max: 9 }),
        what: fc.constantFrom('idle', 'vulgar', 'fake_trade'),
        revoked: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 4 },
    ),
  }),
  fc.record({
    kind: fc.constant('anchors' as const),
    file,
    rows: fc.uniqueArray(
      fc.record({
        anchor: fc.integer({ min: 0, max: 2 }),
        agency,
        red: fc.constantFrom(false, false, true),
        shop: fc.constantFrom(false, false, true),
        person: fc.constantFrom('', 'p1'),
        certified: fc.boolean(),
      }),
      { selector: ({ anchor }) => anchor, maxLength: 3 },
    ),
  }),
  fc.record({ kind: fc.constant('scarcity' as const), index: fc.constantFrom('1.000', '1.200') }),
  fc.record({
    kind: fc.constant('policy' as const),
    cap: fc.constantFrom('160.00', '90.00'),
    days: fc.constantFrom(1, 2),
    which,
  }),
  fc.record({ kind: fc.constant('run' as const), transfer: fc.boolean(), which }),
  fc.record({ kind: fc.constant('close' as const), which }),
  fc.record({ kind: fc.constant('close' as const), which }), // often, so that several revisions come to be
  fc.record({
    kind: fc.constant('lose' as const),
    at: fc.integer({ min: 0, max: 9 }),
    from: fc.constantFrom('folder' as const, 'warehouse' as const),
  }),
  fc.constant({ kind: 'lost' as const }),
);

const two = (number: number): string => String(number).padStart(2, '0');

function exportOf(
  step: Exclude<Step, { kind: 'policy' | 'run' | 'close' | 'lose' | 'lost' }>,
): [name: string, text: string] {
  switch (step.kind) {
    case 'sessions':
      return [
        `sessions-${step.file}.csv`,
        csv(
          'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index',
          step.rows.map(sessionLine),
        ),
      ];
    case 'penalties':
      return [
        `penalties-${step.file}.csv`,
        csv(
          'penalty_id,anchor_id,agency_id,session_id,kind,penalized_at,status',
          step.rows.map(
            ({ id, anchor, agency, session, what, revoked }) =>
              `p${id},${agency === '' ? ANCHORS[anchor] : ''},${agency},${session === 0 ? '' : `s${session}`},${agency === '' ? what : 'agency_clustering'},2023-11-20 10:00:00,${revoked ? 'revoked' : 'upheld'}`,
          ),
        ),
      ];
    case 'anchors':
      return [
        `anchors-${step.file}.csv`,
        csv(
          'anchor_id,agency_id,account_kind,first_live_on,person_id,newcomer_certified_on,compliance_code',
          step.rows.map(
            ({ anchor, agency, red, shop, person, certified }) =>
              `${ANCHORS[anchor]},${agency},${shop ? 'shop' : 'content'},2023-03-01,${person},${certified ? `2023-11-0${anchor + 1}` : ''},${red ? 'red' : 'green'}`,
          ),
        ),
      ];
    case 'scarcity':
      return ['scarcity-1.csv', csv('track,effective_from,scarcity_index', [`文化,2023-11-01,${step.index}`])];
  }
}

function sessionLine({ id, anchor, day, minutes, dwell, level, index, settleable }: Session): string {
  const date = day === 31 ? '2023-12-01' : `2023-11-${two(day)}`;
  const end = `${two(10 + Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
  const hundredths = String(dwell).padStart(3, '0');
  return `s${id},${ANCHORS[anchor]},${date} 10:00:00,${date} ${end},${settleable ? 'Y' : 'N'},${level},文化,${hundredths.slice(0, -2)}.${hundredths.slice(-2)},0.010000,${index}`;
}

function csv(header: string, lines: string[]): string {
  return `${[header, ...lines].join('\n')}\n`;
}

export class History {
  readonly #folder = temporaryFolder();
  readonly #out = join(this.#folder, 'out');
  readonly #warehouse = join(this.#folder, 'w.duckdb');
  readonly #runs: Settled[] = [];
  readonly #closed: [RunResult[], RunResult[]] = [[], []];
  readonly #current = join(this.#folder, 'current');
  readonly #folders: string[] = [];
  #day = 0;
  #loads = 0;
  readonly #policies: [string, string] = ['', ''];

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async take(step: Step): Promise<void> {
    this.#day += 1;
    if (step.kind === 'policy') this.#takePolicy(step);
    else if (step.kind === 'close') await this.#close(step.which);
    else if (step.kind === 'lose') await this.#loseClose(step);
    else if (step.kind === 'lost') await this.#lose();
    else if (step.kind === 'run') await this.run(undefined, step);
    else await this.run(exportOf(step));
  }

  /** The anchors, with whom a month begins. */
  async begin(): Promise<void> {
    for (const which of [0, 1] as const) this.#takePolicy({ cap: '160.00', days: 10, which });
    const rows = [0, 1, 2].map((anchor) => ({
      anchor,
      agency: 'g1',
      red: false,
      shop: false,
      person: 'p1',
      certified: true,
    }));
    await this.run(exportOf({ kind: 'anchors', file: 1, rows }));
  }

  /** Tiers that a small month can reach, and a cap. */
  #takePolicy({ cap, days, which }: Omit<Extract<Step, { kind: 'policy' }>, 'kind'>): void {
    const { id, programme, kind } = PROGRAMMES[which];
    const text = readFileSync(SAMPLE_POLICY, 'utf8')
      .replace('id: content-live-2023-11', `id: ${id}\nprogramme: ${programme}`)
      .replace('account_kinds: [content]', `account_kinds: [${kind}]`)
      .replace('cap: "160.00"', `cap: "${cap}"`)
      .replaceAll(/valid_days: \d+, valid_minutes: \d+/g, `valid_days: ${days}, valid_minutes: 60`);
    const path = join(this.#folder, `policy-${this.#day}-${which}.yaml`);
    writeFileSync(path, text);
    this.#policies[which] = path;
  }

  #context() {
    return { ...SILENT, clock: () => Date.UTC(2023, 11, 1, 2) + this.#day * DAY_MS };
  }

  async run(
    exported?: [name: string, text: string],
    { transfer = false, which = 0 }: { transfer?: boolean; which?: Which } = {},
  ): Promise<void> {
    this.#day += 1;
    const input = join(this.#folder, `exports-${this.#day}`);
    mkdirSync(input);
    mkdirSync(this.#current, { recursive: true });
    this.#folders.push(input);
    for (const folder of exported === undefined ? [] : [input, this.#current])
      write(folder, { [(exported as [string, string])[0]]: (exported as [string, string])[1] });
    const policy = this.#policies[which];
    const options = { policy, input, out: this.#out, warehouse: this.#warehouse, transfer };
    const result = await run({ ...options, strict: false, statements: true }, this.#context());
    if (result.load.loaded.length > 0) this.#loads += 1;
    const withLoad = result.load.loaded.length > 0;
    if (!result.alreadyThere) this.#runs.push({ result, load: this.#loads, policy, withLoad, which });
  }

  /** One of the two has lost a close: nobody settles on that, and it is restored from the other. */
  async #loseClose({ at, from }: Extract<Step, { kind: 'lose' }>): Promise<void> {
    const closed = this.#closed.flat();
    const lost = closed[at % closed.length];
    if (lost === undefined) return;
    const path = join(lost.runDir, 'close.json');
    const text = readFileSync(path, 'utf8');
    if (from === 'folder') rmSync(path);
    else await this.#sql(this.#warehouse, `DELETE FROM close_record WHERE run_id = '${lost.manifest.run_id}'`);
    for (const which of [0, 1] as const)
      await expect(this.run(undefined, { which })).rejects.toMatchObject({ exit: 6, code: 'differs' });
    await restoreCloses({ out: this.#out, warehouse: this.#warehouse }, this.#context());
    expect(readFileSync(path, 'utf8')).toBe(text);
  }

  #sql(warehouse: string, statement: string): Promise<void> {
    return hold(warehouse, [], {}, this.#context(), (held) => held.warehouse.run(statement));
  }

  /** Closes the run of a programme that ended last, where that is no closed one. */
  async #close(which: Which): Promise<void> {
    const last = this.#runs.findLast((one) => one.which === which)?.result;
    if (last === undefined || this.#closed[which].includes(last)) return;
    const sha256 = last.manifest.outputs.find(({ file }) => file === 'quarantine.csv');
    const acceptQuarantine = (sha256?.rows ?? 0) > 0 ? sha256?.sha256 : undefined;
    const restates = last.manifest.restates?.run_id;
    if (restates !== this.#closed[which].at(-1)?.manifest.run_id) return; // it was settled before the close
    await closeAccepted(
      last.runDir,
      { out: this.#out, warehouse: this.#warehouse, by: 'finance', acceptQuarantine },
      this.#context(),
    );
    this.#closed[which].push(last);
  }

  /** Whatever was pinned until then: the last run gives every anchor its latest agency, and is closed. */
  async transferAll(): Promise<void> {
    for (const which of [0, 1] as const) {
      await this.run(undefined, { transfer: true, which });
      await this.#close(which);
    }
  }

  /** The warehouse is lost and made again: of what the runs knew nothing is another, but loads may have other numbers. */
  async #lose(): Promise<void> {
    rmSync(this.#warehouse);
    const place = { out: this.#out, warehouse: this.#warehouse };
    const { answer } = await rebuild({ ...place, input: [this.#current, ...this.#folders] }, this.#context());
    this.#loads = answer.loads.length;
    const all = (await runs(place, SILENT)).answer as {
      runs: { run_id: string; known_at: { load: number; loaded_at: string } }[];
    };
    const known = new Map(all.runs.map(({ run_id, known_at }) => [run_id, known_at]));
    for (const each of this.#runs) {
      const { run_id, started_at } = each.result.manifest;
      const { load, loaded_at } = known.get(run_id) as { load: number; loaded_at: string };
      each.load = load;
      each.withLoad &&= loaded_at === started_at; // files that stood before and again are of one load now
    }
  }

  /** Every run must verify, and of a restatement closed + adjustments must be the new figures, for every anchor and every agency. */
  async wrongRestatements(): Promise<unknown[]> {
    const wrong: unknown[] = [];
    for (const { result, which } of this.#runs) {
      wrong.push(...(await verifyRun(result.runDir)).differences);
      const closed = this.#closed[which].find(({ manifest }) => manifest.run_id === result.manifest.restates?.run_id);
      if (closed === undefined) continue;
      for (const by of [ANCHOR, AGENCY])
        wrong.push(...unlike(added(totalsOf(closed, by), deltasOf(result, by)), totalsOf(result, by)));
      wrong.push(...(result.manifest.restates?.transfer ? [] : movedFrom(closed, result)));
    }
    return wrong;
  }

  /**
   * The first close and the lines of all later ones are what the last closed data and policy give, settled afresh, by
   * anchor and by agency. What is settled afresh has the latest agencies, so it is held against revisions that have them.
   */
  async wrongRevisions(): Promise<unknown[]> {
    return [...(await this.#wrongRevisionsOf(0)), ...(await this.#wrongRevisionsOf(1))];
  }

  async #wrongRevisionsOf(which: Which): Promise<unknown[]> {
    const [first, ...later] = this.#closed[which];
    const last = this.#closed[which].at(-1);
    if (first === undefined || last === undefined) return [];
    const fresh = await this.#afresh(this.#runs.find(({ result }) => result === last) as never, `fresh-${which}`);
    if (movedFrom(last, fresh).length > 0) return [];
    return [ANCHOR, AGENCY].flatMap((by) => {
      const paid = later.reduce((sum, revision) => added(sum, deltasOf(revision, by)), totalsOf(first, by));
      return unlike(paid, totalsOf(fresh, by));
    });
  }

  async #afresh({ load, policy, result }: Settled, out: string): Promise<RunResult> {
    const transfer = out === 'out' && result.manifest.restates?.transfer === true;
    const options = {
      policy,
      transfer,
      out: join(this.#folder, out),
      warehouse: out === 'out' ? this.#warehouse : await this.#withoutCloses(),
      knownAt: String(load),
    };
    return run({ ...options, strict: false, statements: true }, this.#context());
  }

  /** A copy of the warehouse that knows of no close, to settle in folders that have none. */
  async #withoutCloses(): Promise<string> {
    const copy = join(this.#folder, 'without-closes.duckdb');
    for (const end of ['', '.head']) cpSync(`${this.#warehouse}${end}`, `${copy}${end}`);
    await this.#sql(copy, 'DELETE FROM close_record');
    return copy;
  }

  /** Between any two runs the causes add up, in total and for each anchor, and the program is none of them. */
  async wrongDifferences(): Promise<unknown[]> {
    const wrong: unknown[] = [];
    const runs = this.#runs.filter(({ which }) => which === 0);
    const [first, last] = [runs[0], runs.at(-1)];
    for (const [a, b] of [
      [first, last],
      [last, first],
      [first, runs[1]],
    ]) {
      if (a === undefined || b === undefined) continue;
      const options = { out: this.#out, warehouse: this.#warehouse };
      const { answer } = await diff(a.result.runDir, b.result.runDir, options, SILENT);
      const { total, anchors } = answer as { total: Waterfall; anchors: Waterfall[] };
      const ends = [total.a, total.b, a.result.manifest.totals.total, b.result.manifest.totals.total];
      if (ends[0] !== ends[2] || ends[1] !== ends[3] || total.causes.program !== '0.00') wrong.push(total);
      for (const one of [total, ...anchors])
        if (fen(one.b) - fen(one.a) !== fen(one.delta) || sumOf(Object.values(one.causes)) !== fen(one.delta))
          wrong.push(one);
      if (sumOf(anchors.map(({ delta }) => delta)) !== fen(total.delta)) wrong.push(anchors);
    }
    return wrong;
  }

  /**
   * Runs settled again with what was known then: elsewhere where they restate nothing; where they do, in their own place,
   * from which they are taken away, and only those of a load of their own: by its number closes after it aren't known.
   */
  async otherPast(): Promise<unknown[]> {
    const wrong: unknown[] = [];
    for (const [at, one] of this.#runs.entries()) {
      const { runDir, restated } = one.result;
      if (restated !== undefined && (!one.withLoad || this.#closed[one.which].includes(one.result))) continue;
      const before = bytesOf(one.result);
      if (restated !== undefined) rmSync(runDir, { recursive: true });
      const again = await this.#afresh(one, restated === undefined ? `again-${at}` : 'out');
      if (JSON.stringify(bytesOf(again)) !== JSON.stringify(before)) wrong.push(runDir);
    }
    return wrong;
  }
}

/** A run, with what it knew. */
interface Settled {
  result: RunResult;
  load: number;
  policy: string;
  withLoad: boolean;
  which: Which;
}

interface Waterfall {
  a: string;
  b: string;
  delta: string;
  causes: Record<string, string>;
}

/** Whole fen of an amount in the outputs' form. */
function fen(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

function sumOf(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + fen(amount), 0n);
}

/** Rows of a file of a run folder, as cells; the tables of these histories need no quotes. */
function rowsOf({ runDir }: RunResult, file: string): string[][] {
  return readFileSync(join(runDir, file), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

/** Fen by anchor or by agency. */
type Fen = Map<string, bigint>;
/** Where a row of adjustments.csv has what sums are made by; settlement.csv has it a few columns further on. */
type By = typeof ANCHOR | typeof AGENCY;
const ANCHOR = { adjusted: 0, settled: 2 };
const AGENCY = { adjusted: 1, settled: 4 };

function totalsOf(result: RunResult, { settled }: By): Fen {
  return summed(rowsOf(result, 'settlement.csv').map((cells) => [cells[settled] as string, cells[15] as string]));
}

function deltasOf(result: RunResult, { adjusted }: By): Fen {
  return summed(rowsOf(result, 'adjustments.csv').map((cells) => [cells[adjusted] as string, cells[6] as string]));
}

function summed(amounts: readonly [string, string][]): Fen {
  const sums: Fen = new Map();
  for (const [key, amount] of amounts) sums.set(key, (sums.get(key) ?? 0n) + fen(amount));
  return sums;
}

/** Anchors of both runs that have another agency in the second. */
function movedFrom(a: RunResult, b: RunResult): string[] {
  const agencies = (result: RunResult) => new Map(rowsOf(result, 'settlement.csv').map((row) => [row[2], row[4]]));
  const before = agencies(a);
  return [...agencies(b)].flatMap(([anchor = '', agency]) =>
    before.has(anchor) && before.get(anchor) !== agency ? [`${anchor} has ${agency}`] : [],
  );
}

function added(a: Fen, b: Fen): Fen {
  return new Map([...a.keys(), ...b.keys()].map((anchor) => [anchor, (a.get(anchor) ?? 0n) + (b.get(anchor) ?? 0n)]));
}

function unlike(a: Fen, b: Fen): string[] {
  const anchors = new Set([...a.keys(), ...b.keys()]);
  return [...anchors].filter((anchor) => (a.get(anchor) ?? 0n) !== (b.get(anchor) ?? 0n));
}

/** A run folder's files but for its close; of the manifest all but its two times. */
function bytesOf({ runDir }: RunResult): Record<string, string> {
  const { 'close.json': _close, ...content } = contentOf(runDir);
  const {
    started_at: _start,
    finished_at: _finish,
    database: _database,
    ...manifest
  } = JSON.parse(content['manifest.json'] as string);
  return { ...content, 'manifest.json': JSON.stringify(manifest) };
}
