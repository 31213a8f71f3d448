import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { findCauses, makeCauseLines } from '../../src/compare/causes.js';
import { relationsOf } from '../../src/compare/relations.js';
import { filesAfter } from '../../src/compare/side.js';
import { literal, Warehouse } from '../../src/engine/duckdb/warehouse.js';
import type { Kind } from '../../src/exports/column-types.js';
import { makeKindTables } from '../../src/load/kind-tables.js';
import { loadFolder } from '../../src/load/load.js';
import { loadPolicy } from '../../src/policy/load-policy.js';
import { writePolicyTables } from '../../src/policy/tables.js';
import { narrow } from '../../src/programmes/content-incentive/explain/narrow.js';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { REACH } from '../../src/programmes/content-incentive/reach/reach.js';
import { NOTHING_PINNED } from '../../src/rules/pinned.js';
import { readSteps, runRules, stepsIn, stepsOf } from '../../src/rules/rules.js';
import { touchedSince } from '../../src/rules/since.js';
import { bringAgain, type ChangedCell, changesOf } from '../support/changed-cell.js';
import { withIneligible } from '../support/policy-sample.js';
import { SAMPLE_POLICY } from '../support/steps/relations.js';

// @module-tag deep

/**
 * What a figure depends on is said once, in reach.ts. Here every cell of an export may change: where a figure is another
 * then, a night must see it, a comparison must explain it, and an explanation must come to the same.
 */

const SAMPLES = fileURLToPath(new URL('../../data-samples/2023-11', import.meta.url));
const KINDS = CONTENT_INCENTIVE.kinds.filter(({ name }) => !['agencies', 'control'].includes(name));
/** So many cells are changed, of whichever columns. */
const CHANGES = Number(process.env.REACH_CHANGES ?? 10);
/** What is compared: all that is published of an anchor's figures. */
const FIGURES = ['anchor_settlement', 'anchor_part', 'day_amount', 'session_line'];

const scratch = mkdtempSync(join(tmpdir(), 'settlement-reach-'));
const folder = join(scratch, 'exports');
cpSync(SAMPLES, folder, { recursive: true });
writeFileSync(
  join(folder, 'ineligible.csv'),
  `anchor_id,from,to,cause,clause
A1001,2023-11-05 00:00:00,2023-11-11 23:59:59,frozen,P2
A1002,2023-11-20 12:00:00,,expelled,P2
A1012,2023-11-14 20:00:00,2023-11-14 20:30:00,unadmitted_digital_host,D6
A1014,2023-11-28 00:00:00,,frozen,D6
`,
);
writeFileSync(join(scratch, 'policy.yaml'), withIneligible(readFileSync(SAMPLE_POLICY, 'utf8')));
const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [folder] });
await makeKindTables(warehouse, 'stored');
await loadFolder(warehouse, { folder, scratch, now: 0, encoding: undefined, onFile: () => undefined });
await warehouse.run('COMMIT');
const { policy } = await loadPolicy(join(scratch, 'policy.yaml'));
afterAll(() => {
  warehouse.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Settles what was known after a load; `narrowed` to an anchor. */
async function settle(knownLoad: number, narrowed?: string): Promise<void> {
  await writePolicyTables(warehouse, policy, { asOf: policy.period.to, knownLoad, pinned: NOTHING_PINNED });
  if (narrowed !== undefined) {
    await runRules(warehouse, CONTENT_INCENTIVE, () => undefined, { wanted: ['active_file'], given: [] });
    await narrow(warehouse, narrowed, undefined);
  }
  await runRules(warehouse, CONTENT_INCENTIVE, () => undefined, { wanted: [...FIGURES, 'part_amount'], given: [] });
}

async function keep(name: string): Promise<void> {
  for (const relation of [...FIGURES, 'part_amount'])
    await warehouse.run(`CREATE OR REPLACE TEMP TABLE ${name}_${relation} AS FROM ${relation}`);
}

await settle(1);
await keep('was');

/** Anchors with a figure in which two settlements differ. */
async function differing(a: string, b: string, of = 'true'): Promise<string[]> {
  const each = FIGURES.map((relation) => {
    const [first, second] = [a, b].map((side) => `SELECT * FROM ${side}${relation} WHERE ${of}`);
    return `SELECT anchor_id FROM (${first} EXCEPT ${second}) UNION SELECT anchor_id FROM (${second} EXCEPT ${first})`;
  });
  return (await warehouse.rows(`${each.join(' UNION ')} ORDER BY anchor_id`)).map(
    ({ anchor_id }) => anchor_id as string,
  );
}

/** What the three make of one changed cell: whose figures it changes, what a night sees, what a comparison leaves unexplained. */
async function seen(kind: Kind, column: string, cell: ChangedCell) {
  await warehouse.run('BEGIN');
  try {
    await bringAgain(warehouse, kind, column, cell);
    await writePolicyTables(warehouse, policy, { asOf: policy.period.to, knownLoad: 2, pinned: NOTHING_PINNED });
    const touched = await touchedSince(warehouse, CONTENT_INCENTIVE, { knownLoad: 1, closed: false });
    await settle(2);
    await keep('is');
    const changed = await differing('was_', 'is_');
    const unexplained = await leftToProgram();
    const anchor =
      changed.at(-1) ?? (await warehouse.one('SELECT max(anchor_id) AS id FROM is_anchor_settlement')).id ?? '';
    await settle(2, anchor);
    return { changed, touched, unexplained, narrowed: await differing('is_', '', `anchor_id = ${literal(anchor)}`) };
  } finally {
    await warehouse.run('ROLLBACK');
  }
}

/** Amounts that no kind of input explains. */
async function leftToProgram(): Promise<unknown[]> {
  const side = { policy, asOf: policy.period.to, pinned: NOTHING_PINNED };
  const [a, b] = [await filesAfter(warehouse, 1), await filesAfter(warehouse, 2)];
  await findCauses(warehouse, { ...side, files: a }, { ...side, files: b }, false, () => undefined);
  await warehouse.run(
    'CREATE OR REPLACE TEMP TABLE a_amount AS FROM was_part_amount; CREATE OR REPLACE TEMP TABLE b_amount AS FROM is_part_amount',
  );
  await makeCauseLines(warehouse, CONTENT_INCENTIVE);
  return warehouse.rows("SELECT * FROM cause_line WHERE cause = 'program'");
}

/** Each column, with all that a cell of it may be instead. */
const COLUMNS = await Promise.all(
  KINDS.flatMap((kind) =>
    kind.columns.map(async ({ name }) => ({ kind, name, cells: await changesOf(warehouse, kind, name) })),
  ),
);

test('every column has cells that may change', () => {
  expect(COLUMNS.length).toBeGreaterThan(30);
  expect(COLUMNS.filter(({ cells }) => cells.length === 0)).toEqual([]);
});

test(
  'another cell is seen by a night, explained by a comparison, and looked at by an explanation',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...COLUMNS), fc.nat(), async ({ kind, name, cells }, at) => {
        const cell = cells[at % cells.length] as ChangedCell;
        const { changed, touched, unexplained, narrowed } = await seen(kind, name, cell);
        const what = `${name} of ${JSON.stringify(cell.row)} is ${cell.value}`;
        if (changed.length > 0)
          expect(touched, `${what}: a night sees nothing, and of these it should`).not.toEqual([]);
        expect(unexplained, `${what}: a comparison leaves it to the program`).toEqual([]);
        expect(narrowed, `${what}: an explanation settles these otherwise`).toEqual([]);
      }),
      { numRuns: CHANGES, endOnFailure: true },
    );
  },
  CHANGES * 20_000,
);

describe('the rules', () => {
  const steps = stepsOf({ wanted: ['part_amount', ...FIGURES], given: [] }, readSteps(CONTENT_INCENTIVE));
  const tables = CONTENT_INCENTIVE.kinds.map(({ table }) => table);
  const known = Object.values(REACH);

  test('read the exports that are known to reach figures, and no other', () => {
    const read = tables.filter((table) => steps.some(({ reads }) => reads.includes(table)));
    expect(read.sort()).toEqual(known.map(({ table }) => table).sort());
  });

  test('see rows only as they stand, or as those of sessions are given', () => {
    for (const { table, stands } of known.filter((each) => each.stands !== undefined))
      expect(steps.filter(({ reads }) => reads.includes(table)).map(({ writes }) => writes)).toEqual([stands]);
    const given = ['superseded_session', 'named_session', 'period_row'];
    const ofSessions = steps.filter(({ reads }) => reads.includes(REACH.sessions.table)).map(({ writes }) => writes);
    expect(ofSessions.filter((name) => !given.includes(name))).toEqual([]);
  });

  test('are given by a comparison all that it replaces', () => {
    const { kept, found, given } = relationsOf(CONTENT_INCENTIVE);
    for (const { stands, judged, changed } of known) {
      expect(kept).toContain(judged);
      expect(found).toEqual(expect.arrayContaining([...changed]));
      expect(given).toContain(stands ?? judged);
    }
    expect(found).toContain('affected_anchor');
  });

  test('are asked again by a night for whatever came of any of these', () => {
    const since = stepsOf({ wanted: ['touch'], given: [] }, stepsIn(CONTENT_INCENTIVE.sql.since));
    const moved = since.filter(({ writes }) => writes.startsWith('moved_'));
    for (const { table } of known) {
      const own = moved.filter(
        ({ reads, writes }) => reads.includes(table) && writes === `moved_${table.replace(/_row$/, '')}`,
      );
      expect(
        own.map(({ writes }) => writes),
        table,
      ).toHaveLength(1);
      expect(since.at(-1)?.reads).toContain(own[0]?.writes);
    }
  });
});
