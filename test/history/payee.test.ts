import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { close } from '../../src/commands/close.js';
import { diff } from '../../src/commands/diff.js';
import { explain } from '../../src/commands/explain.js';
import { run } from '../../src/commands/run.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { summaryOf } from '../../src/report/run.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { sessionsCsv } from '../support/exports.js';
import { copyOf } from '../support/template.js';
import { overwrite, SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** Through which agency an anchor is paid in a closed period, whatever it belongs to since; and how that is changed. */

let folder: string;
let loads: number;

beforeEach(() => {
  folder = workspace();
  loads = 0;
});

const places = () => ({ out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') });

async function settled(exports: Record<string, string>, { transfer = false } = {}): Promise<RunResult> {
  loads += 1;
  const input = join(folder, `exports-${loads}`);
  mkdirSync(input);
  write(input, exports);
  const options = { policy: SAMPLE_POLICY, input, ...places(), strict: false, statements: true, transfer };
  return run(options, SILENT);
}

async function closing({ runDir }: RunResult): Promise<void> {
  await closeAccepted(runDir, { ...places(), by: 'Wang Li' });
}

/** A master: `a1=g1` belongs to g1, `a2=` to nobody. */
function anchors(...rows: string[]): string {
  const lines = rows.map((row) => row.split('=')).map(([id, agency]) => `${id},${agency},content,2023-03-01`);
  return `${['anchor_id,agency_id,account_kind,first_live_on', ...lines].join('\n')}\n`;
}

const CLUSTER = (agency: string, id = 'p1', status = 'upheld'): string =>
  `penalty_id,agency_id,kind,penalized_at,status\n${id},${agency},agency_clustering,2023-11-20 10:00:00,${status}\n`;

function linesOf({ runDir }: RunResult, file: string): string[] {
  return readFileSync(join(runDir, file), 'utf8').trimEnd().split('\n').slice(1);
}

const adjustments = (result: RunResult): string[] => linesOf(result, 'adjustments.csv');
const cells = (result: RunResult, file: string, ...columns: number[]): string[] =>
  linesOf(result, file).map((line) => columns.map((column) => line.split(',')[column]).join(' '));

/** Where an anchor's agency stands: settlement.csv, the inputs, the statements. */
function agencies(result: RunResult): Record<string, string[]> {
  const statements = readdirSync(join(result.runDir, 'anchors')).flatMap((agency) =>
    readdirSync(join(result.runDir, 'anchors', agency)).map((name) => `${name.replace('.csv', '')} ${agency}`),
  );
  return {
    settled: cells(result, 'settlement.csv', 2, 4),
    inputs: cells(result, 'inputs/anchors.csv', 0, 2),
    statements: statements.map((text) => text.replace('_independent', '')).sort(),
  };
}

const alike = (...pairs: string[]) => ({ settled: pairs, inputs: pairs, statements: pairs });

async function differences({ runDir }: RunResult): Promise<string[]> {
  return (await verifyRun(runDir)).differences.map(({ file, key, found }) => `${file} ${key}: ${found}`);
}

const fen = (text = ''): bigint => BigInt(text.replace('.', ''));

/** CNY in fen by agency, of settlements and of lines. */
function byAgency(...rows: [agency: string | undefined, amount: string | undefined][]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const [agency = '', amount] of rows) sums[agency] = (sums[agency] ?? 0n) + fen(amount);
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n));
}

const totals = (result: RunResult): [string | undefined, string | undefined][] =>
  linesOf(result, 'settlement.csv').map((line) => [line.split(',')[4], line.split(',')[15]]);
const deltas = (result: RunResult): [string | undefined, string | undefined][] =>
  adjustments(result).map((line) => [line.split(',')[1], line.split(',')[6]]);

/** Closed + lines = restated, for every agency; and the run verifies. */
async function sound(closed: RunResult, result: RunResult): Promise<void> {
  expect(byAgency(...totals(closed), ...deltas(result)), 'closed + lines').toEqual(byAgency(...totals(result)));
  expect(await differences(result)).toEqual([]);
}

const SESSIONS = sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', day: '2023-11-06', dwell: '2000.00' });
const LATE = { 'sessions-late.csv': sessionsCsv({ id: 's3', dwell: '350.00' }) };

/** November, closed: a1 of g1 has 10.00, a2 of g1 20.00. */
async function closedNovember(more: Record<string, string> = {}): Promise<RunResult> {
  const { folder: copy, answer } = await copyOf(`payee ${JSON.stringify(more)}`, async (template) => {
    folder = template;
    const result = await settled({ 'anchors.csv': anchors('a1=g1', 'a2=g1'), 'sessions.csv': SESSIONS, ...more });
    await closing(result);
    return result;
  });
  folder = copy;
  loads = 1;
  return answer;
}

const moved = (...rows: string[]) => ({ [`anchors-${loads + 1}.csv`]: anchors(...rows) });

describe('in a closed period an anchor stays with the agency that it was paid through', () => {
  test('where it belongs to another since, and nothing else came', DEEP, async () => {
    const closed = await closedNovember();
    const result = await settled(moved('a1=g2'));
    expect(adjustments(result)).toEqual([]);
    expect(agencies(result)).toEqual(alike('a1 g1', 'a2 g1'));
    expect(result.manifest.restates).toMatchObject({ revision: 1, lines: 0, delta: '0.00', transfer: false });
    await sound(closed, result);
  });

  test('where late data comes with it', async () => {
    const closed = await closedNovember();
    const result = await settled({ ...moved('a1=g2'), ...LATE });
    expect(adjustments(result)).toEqual(['a1,g1,2023-11-05,watch_time,10.00,13.50,3.50,sessions_late:3.50']);
    expect(agencies(result)).toEqual(alike('a1 g1', 'a2 g1'));
    await sound(closed, result);
  });

  test('where it becomes independent, and where an independent one joins an agency', DEEP, async () => {
    const closed = await settled({ 'anchors.csv': anchors('a1=g1', 'a2='), 'sessions.csv': SESSIONS });
    await closing(closed);
    const result = await settled({ ...moved('a1=', 'a2=g2'), ...LATE });
    expect(agencies(result)).toEqual(alike('a1 g1', 'a2 '));
    await sound(closed, result);
    await closing(result);
    const back = await settled({ ...moved('a1=g1', 'a2='), 'sessions-2.csv': sessionsCsv({ id: 's4', anchor: 'a2' }) });
    expect(adjustments(back)).toEqual(['a2,,2023-11-05,watch_time,0.00,10.00,10.00,sessions_late:10.00']);
    await sound(result, back);
  });

  test('where it moves twice, revision after revision', DEEP, async () => {
    const closed = await closedNovember();
    const second = await settled({ ...moved('a1=g2'), ...LATE });
    await closing(second);
    const third = await settled({ ...moved('a1=g3'), 'sessions-4.csv': sessionsCsv({ id: 's4', dwell: '50.00' }) });
    expect(adjustments(third)).toEqual(['a1,g1,2023-11-05,watch_time,13.50,14.00,0.50,sessions_late:0.50']);
    await sound(closed, second);
    await sound(second, third);
    await closing(third);
    expect(await settled({})).toMatchObject({ alreadyThere: true, runDir: third.runDir });
  });

  test('and one that no revision holds has its latest', DEEP, async () => {
    const closed = await closedNovember({ 'anchors-more.csv': anchors('a3=g1') });
    const result = await settled({ ...moved('a3=g2'), 'sessions-2.csv': sessionsCsv({ id: 's4', anchor: 'a3' }) });
    expect(adjustments(result)).toEqual(['a3,g2,2023-11-05,watch_time,0.00,10.00,10.00,sessions_late:10.00']);
    await sound(closed, result);
  });

  test('also where a revision between lacks it', DEEP, async () => {
    const closed = await closedNovember();
    const without = await settled({ 'sessions.csv': sessionsCsv({ id: 's2', anchor: 'a2', day: '2023-11-06' }) });
    expect(adjustments(without)).toContain('a1,g1,2023-11-05,watch_time,10.00,0.00,-10.00,sessions_withdrawn:-10.00');
    await sound(closed, without);
    await closing(without);
    const again = await settled({ ...moved('a1=g2'), 'sessions-3.csv': sessionsCsv({ id: 's1' }) });
    expect(adjustments(again)).toEqual(['a1,g1,2023-11-05,watch_time,0.00,10.00,10.00,sessions_late:10.00']);
    await sound(without, again);
    await closing(again);
  });

  test('and a penalty on the agency takes from it what it did, whoever joined or left since', DEEP, async () => {
    const closed = await closedNovember({
      'anchors-3.csv': anchors('a3=g2'),
      'sessions-3.csv': sessionsCsv({ id: 's9', anchor: 'a3' }),
    });
    const result = await settled({ ...moved('a1=g2', 'a3=g1'), 'penalties.csv': CLUSTER('g2') });
    expect(adjustments(result)).toEqual(['a3,g2,,forfeited,0.00,-10.00,-10.00,penalties:-10.00']);
    expect(cells(result, 'settlement.csv', 2, 16)).toEqual(['a1 ', 'a2 ', 'a3 agency:agency-clustering']);
    await sound(closed, result);
    await closing(result);
  });
});

describe('--transfer', () => {
  test('takes what was closed from the old agency and pays it to the new one', async () => {
    const closed = await closedNovember();
    const result = await settled(moved('a1=g2'), { transfer: true });
    expect(adjustments(result)).toEqual([
      'a1,g1,,transfer,10.00,0.00,-10.00,agency:-10.00',
      'a1,g2,,transfer,0.00,10.00,10.00,agency:10.00',
    ]);
    expect(agencies(result)).toEqual(alike('a1 g2', 'a2 g1'));
    expect(result.manifest.restates).toMatchObject({ lines: 2, delta: '0.00', transfer: true });
    await sound(closed, result);
  });

  test('with late data: all other lines are of the new agency', DEEP, async () => {
    const closed = await closedNovember();
    const without = await settled({ ...moved('a1=g2'), ...LATE });
    const result = await settled({}, { transfer: true });
    expect(adjustments(result)).toEqual([
      'a1,g1,,transfer,10.00,0.00,-10.00,agency:-10.00',
      'a1,g2,,transfer,0.00,10.00,10.00,agency:10.00',
      'a1,g2,2023-11-05,watch_time,10.00,13.50,3.50,sessions_late:3.50',
    ]);
    expect(result.manifest.run_id).not.toBe(without.manifest.run_id);
    expect(result.causes).toMatchObject({ sessions_late: '3.50' });
    await sound(closed, result);
  });

  test('moves to nobody and from nobody: lines by the agencies’ ids, a blank one first', DEEP, async () => {
    const closed = await settled({ 'anchors.csv': anchors('a1=g1', 'a2='), 'sessions.csv': SESSIONS });
    await closing(closed);
    const result = await settled(moved('a1=', 'a2=g2'), { transfer: true });
    expect(adjustments(result)).toEqual([
      'a1,,,transfer,0.00,10.00,10.00,agency:10.00',
      'a1,g1,,transfer,10.00,0.00,-10.00,agency:-10.00',
      'a2,,,transfer,20.00,0.00,-20.00,agency:-20.00',
      'a2,g2,,transfer,0.00,20.00,20.00,agency:20.00',
    ]);
    expect(agencies(result)).toEqual(alike('a1 ', 'a2 g2'));
    await sound(closed, result);
  });

  test('is closed, and is what stands from then on', DEEP, async () => {
    const closed = await closedNovember();
    const second = await settled(moved('a1=g2'), { transfer: true });
    await close(second.runDir, { ...places(), by: 'Wang Li' }, SILENT); // nobody is asked whether a1 may stay with g1
    expect(await settled({})).toMatchObject({ alreadyThere: true, runDir: second.runDir });
    expect(await settled({}, { transfer: true })).toMatchObject({ alreadyThere: true, runDir: second.runDir });
    const third = await settled({ ...moved('a1=g3'), ...LATE });
    expect(adjustments(third)).toEqual(['a1,g2,2023-11-05,watch_time,10.00,13.50,3.50,sessions_late:3.50']);
    await sound(closed, second);
    await sound(second, third);
    await expect(close(third.runDir, { ...places(), by: 'Wang Li' }, SILENT)).rejects.toMatchObject({
      exit: 6,
      message: expect.stringContaining('agency_changed: a1 has g3 now and had g2'),
    });
    await closing(third);
    const fourth = await settled({}, { transfer: true });
    expect(adjustments(fourth)).toEqual([
      'a1,g2,,transfer,13.50,0.00,-13.50,agency:-13.50',
      'a1,g3,,transfer,0.00,13.50,13.50,agency:13.50',
    ]);
    await sound(third, fourth);
  });

  test('moves nothing of an anchor that was paid nothing, or is no longer settled', DEEP, async () => {
    const nothing = sessionsCsv({ id: 's1', dwell: '0.00' }, { id: 's2', anchor: 'a2' });
    const closed = await settled({ 'anchors.csv': anchors('a1=g1', 'a2=g1'), 'sessions.csv': nothing });
    await closing(closed);
    const left = sessionsCsv({ id: 's1', dwell: '0.00' });
    const result = await settled({ ...moved('a1=g2', 'a2=g2'), 'sessions.csv': left }, { transfer: true });
    expect(adjustments(result)).toEqual(['a2,g1,2023-11-05,watch_time,10.00,0.00,-10.00,sessions_withdrawn:-10.00']);
    expect(agencies(result)).toEqual(alike('a1 g2'));
    await sound(closed, result);
  });

  test('changes nothing where nobody moved, or nothing is closed', DEEP, async () => {
    const why = (result: RunResult): string | undefined =>
      /--transfer changed nothing: (.*)/.exec(summaryOf(result, (_, text) => text, ''))?.[1];
    const open = await settled({ 'anchors.csv': anchors('a1=g1', 'a2=g1'), 'sessions.csv': SESSIONS });
    expect(why(open)).toBeUndefined();
    const stillOpen = await settled({}, { transfer: true });
    expect(stillOpen).toMatchObject({ alreadyThere: true, runDir: open.runDir });
    expect(why(stillOpen)).toContain("the period isn't closed");
    await closing(open);
    const nobody = await settled({}, { transfer: true });
    expect(nobody).toMatchObject({ alreadyThere: true, runDir: open.runDir });
    expect(why(nobody)).toContain('no anchor has another agency');
    const late = await settled(LATE);
    expect(await settled({}, { transfer: true })).toMatchObject({ alreadyThere: true, runDir: late.runDir });
    const moving = await settled(moved('a1=g2'), { transfer: true });
    expect(why(moving)).toBeUndefined();
    expect(summaryOf(moving, (_, text) => text, '')).toContain('1 anchor goes to another agency, with 10.00 CNY');
  });

  test('lets penalties on the new agency count, and those on the old one no more', DEEP, async () => {
    const closed = await closedNovember({ 'penalties.csv': CLUSTER('g1') });
    expect(closed.manifest.totals.total).toBe('0.00');
    const leaving = await settled(moved('a1=g2'), { transfer: true });
    expect(adjustments(leaving)).toEqual(['a1,g2,,forfeited,-10.00,0.00,10.00,anchors:10.00']);
    await sound(closed, leaving);
    await closing(leaving);
    const punished = await settled({ ...moved('a2=g3'), 'penalties-2.csv': CLUSTER('g3', 'p2') }, { transfer: true });
    expect(adjustments(punished)).toEqual([]);
    expect(cells(punished, 'settlement.csv', 2, 4, 15)).toEqual(['a1 g2 10.00', 'a2 g3 0.00']);
    await sound(leaving, punished);
    const both = await settled({ ...moved('a1=g3'), 'penalties-3.csv': CLUSTER('g4', 'p3') }, { transfer: true });
    expect(adjustments(both)).toEqual([
      'a1,g3,,forfeited,0.00,-10.00,-10.00,anchors:-10.00',
      'a1,g2,,transfer,10.00,0.00,-10.00,agency:-10.00',
      'a1,g3,,transfer,0.00,10.00,10.00,agency:10.00',
    ]);
    await sound(leaving, both);
  });
});

describe('other commands see the agencies that the run saw', () => {
  test('explain and diff, of pinned and of transferred runs', DEEP, async () => {
    const closed = await closedNovember({ 'penalties.csv': CLUSTER('g1') });
    const pinned = await settled({ ...moved('a1=g2'), ...LATE });
    const transferred = await settled({}, { transfer: true });
    const explained = async ({ runDir }: RunResult): Promise<unknown> =>
      (await explain(runDir, { ...places(), anchor: 'a1' }, SILENT)).answer;
    expect(await explained(pinned)).toMatchObject({ anchor: { agency_id: 'g1' }, total: '0.00' });
    expect(await explained(transferred)).toMatchObject({ anchor: { agency_id: 'g2' }, total: '13.50' });
    const between = async (a: RunResult, b: RunResult): Promise<object> =>
      (await diff(a.runDir, b.runDir, places(), SILENT)).answer;
    expect(await between(closed, pinned)).toMatchObject({
      total: { a: '0.00', b: '0.00', causes: { program: '0.00' } },
    });
    expect(await between(pinned, transferred)).toMatchObject({
      total: { a: '0.00', b: '13.50', causes: { anchors: '13.50', program: '0.00' } },
    });
    const whatIf = await diff(closed.runDir, undefined, { ...places(), policy: SAMPLE_POLICY }, SILENT);
    expect(whatIf.answer).toMatchObject({ total: { delta: '0.00' } });
  });
});

describe('verify finds', () => {
  const changed = (result: RunResult, file: string, from: string | RegExp, to: string): void => {
    const path = join(result.runDir, file);
    const text = readFileSync(path, 'utf8');
    expect(text.replace(from, to)).not.toBe(text);
    overwrite(path, text.replace(from, to));
  };

  test.each([
    ['an amount', 'a1,g1,,transfer,10.00,0.00,-10.00', 'a1,g1,,transfer,10.01,0.00,-10.01'],
    ['the old agency', 'a1,g1,,transfer', 'a1,g9,,transfer'],
    ['the new agency', 'a1,g2,,transfer', 'a1,g9,,transfer'],
    ['the cause', 'agency:-10.00', 'anchors:-10.00'],
    ['a line that is gone', /a1,g1,.*\n/, ''],
    ['both lines gone', /a1,g1,.*\na1,g2.*\n/, ''],
    ['a part that nobody knows', 'a1,g1,,transfer', 'a1,g1,,transferred'],
    ['a transfer of an anchor that stayed', /$/, 'a2,g1,,transfer,20.00,0.00,-20.00,agency:-20.00\n'],
  ])('%s that was changed in the lines of a transfer', DEEP, async (_, from, to) => {
    await closedNovember();
    const result = await settled(moved('a1=g2'), { transfer: true });
    changed(result, 'adjustments.csv', from, to);
    expect((await differences(result)).filter((text) => text.startsWith('adjustments.csv'))).not.toEqual([]);
  });

  test('a transfer in a run that says that it transfers nobody, and none in one that says that it does', async () => {
    await closedNovember();
    const result = await settled(moved('a1=g2'), { transfer: true });
    changed(result, 'manifest.json', '"transfer": true', '"transfer": false');
    const found = await differences(result);
    expect(found).toContain('settlement.csv a1: g2');
    expect(found).toContain('adjustments.csv a1: a1,g1,,transfer,10.00,0.00,-10.00,agency:-10.00');
    const pinned = await settled(LATE);
    changed(pinned, 'manifest.json', '"transfer": false', '"transfer": 0');
    expect(await differences(pinned)).toContainEqual(expect.stringContaining('restates.transfer'));
  });

  test('an agency that isn’t the one of an earlier revision', DEEP, async () => {
    const closed = await closedNovember();
    const without = await settled({ 'sessions.csv': sessionsCsv({ id: 's2', anchor: 'a2', day: '2023-11-06' }) });
    await closing(without);
    const again = await settled({ 'sessions-3.csv': sessionsCsv({ id: 's1' }) });
    expect(await differences(again)).toEqual([]);
    changed(closed, 'settlement.csv', ',a1,,g1,', ',a1,,g7,');
    const found = await differences(again);
    expect(found).toContain('settlement.csv a1: g1');
    expect(found).toContainEqual(expect.stringContaining('manifest.json settlement.csv of'));
    await expect(settled({ 'sessions-4.csv': sessionsCsv({ id: 's5' }) })).rejects.toMatchObject({
      exit: 6,
      message: expect.stringContaining('through which agencies'),
    });
  });
});
