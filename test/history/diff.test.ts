import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type DiffOptions, diff } from '../../src/commands/diff.js';
import { files } from '../../src/commands/files.js';
import { run } from '../../src/commands/run.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { filesIn, SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** From one settlement to another, by causes that add up to the fen. */

let folder: string;
let out: string;
let warehouse: string;
let exports: number;
let minutes: number;

beforeEach(() => {
  folder = workspace();
  out = join(folder, 'out');
  warehouse = join(folder, 'w.duckdb');
  exports = 0;
  minutes = 0;
});

const context = () => {
  minutes += 1;
  return { ...SILENT, clock: () => Date.UTC(2023, 11, 5, 0, minutes) };
};

function folderOf(content: Record<string, string>): string {
  exports += 1;
  const input = join(folder, `exports-${exports}`);
  mkdirSync(input);
  return write(input, content);
}

async function settled(
  content: Record<string, string>,
  more: { policy?: string; asOf?: string } = {},
): Promise<RunResult> {
  const options = { policy: SAMPLE_POLICY, input: folderOf(content), out, warehouse, strict: false, statements: true };
  return run({ ...options, ...more }, context());
}

async function compared(a: string, b?: string, options: Partial<DiffOptions> = {}) {
  const { exit, answer, text } = await diff(a, b, { out, warehouse, ...options }, context());
  return { exit, ...(answer as Answer), text: text((_, said) => said) };
}

interface Amounts {
  a: string;
  b: string;
  delta: string;
  causes: Record<string, string>;
  policy_keys?: Record<string, string>;
}

interface Answer {
  a: Record<string, unknown>;
  b: Record<string, unknown>;
  total: Amounts;
  anchors: (Amounts & { anchor_id: string; agency_id: string | null })[];
}

const ANCHORS = { 'anchors.csv': anchorsCsv('a1', 'a2') };
const SESSIONS = { 'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', dwell: '2000.00' }) };
const LATE = { 'sessions-late.csv': sessionsCsv({ id: 's3', dwell: '350.00' }) };

const NONE = Object.fromEntries(
  [
    'sessions_late',
    'sessions_corrected',
    'sessions_withdrawn',
    'penalties',
    'ineligible',
    'anchors',
    'scarcity',
    'policy',
    'program',
  ].map((cause) => [cause, '0.00']),
);

/** A policy whose cap, and amounts of the tiers where they are given, are others. */
function policyWith(changes: Record<string, string>): string {
  const path = join(folder, `policy-${Object.values(changes).join('-')}.yaml`);
  let text = readFileSync(SAMPLE_POLICY, 'utf8');
  for (const [from, to] of Object.entries(changes)) text = text.replaceAll(from, to);
  writeFileSync(path, text);
  return path;
}

describe('two runs', () => {
  test('each kind of change by its own cause, per anchor and in total', async () => {
    const first = await settled({ ...ANCHORS, ...SESSIONS });
    const other = sessionsCsv({ id: 's1', dwell: '1500.00' });
    const second = await settled({ ...LATE, 'sessions.csv': other });
    const { exit, total, anchors } = await compared(first.runDir, second.manifest.run_id);
    expect(exit).toBe(0);
    const causes = { sessions_late: '3.50', sessions_corrected: '5.00', sessions_withdrawn: '-20.00' };
    expect(total).toEqual({ a: '30.00', b: '18.50', delta: '-11.50', causes: { ...NONE, ...causes } });
    expect(anchors).toEqual([
      {
        anchor_id: 'a2',
        agency_id: null,
        a: '20.00',
        b: '0.00',
        delta: '-20.00',
        causes: { sessions_withdrawn: '-20.00' },
      },
      {
        anchor_id: 'a1',
        agency_id: null,
        a: '10.00',
        b: '18.50',
        delta: '8.50',
        causes: { sessions_late: '3.50', sessions_corrected: '5.00' },
      },
    ]);
  });

  test('backwards, what came late is withdrawn', DEEP, async () => {
    const first = await settled({ ...ANCHORS, ...SESSIONS });
    const second = await settled(LATE);
    const { total } = await compared(second.runDir, first.runDir);
    expect(total).toMatchObject({ a: '33.50', b: '30.00', delta: '-3.50', causes: { sessions_withdrawn: '-3.50' } });
  });

  test('of another evaluation date: what ended later came late', DEEP, async () => {
    const sessions = sessionsCsv({ id: 's1' }, { id: 's2', day: '2023-11-20' });
    const early = await settled({ ...ANCHORS, 'sessions.csv': sessions }, { asOf: '2023-11-19' });
    const whole = await settled({});
    const { total } = await compared(early.runDir, whole.runDir);
    expect(total).toMatchObject({ a: '10.00', b: '20.00', causes: { sessions_late: '10.00' } });
  });

  test('by two policies: each key that differs for itself, in the order of the file', DEEP, async () => {
    const sessions = { 'sessions.csv': sessionsCsv({ id: 's1', dwell: '19000.00' }) };
    const first = await settled({ ...ANCHORS, ...sessions });
    const tier = {
      'cap: "160.00"': 'cap: "170.00"',
      'valid_days: 20, valid_minutes: 2400': 'valid_days: 1, valid_minutes: 1',
      'share: "0.20"': 'share: "1"',
    };
    const second = await settled({}, { policy: policyWith(tier) });
    const { total, text } = await compared(first.runDir, second.runDir);
    expect(total).toMatchObject({
      delta: '1010.00',
      causes: { ...NONE, policy: '1010.00' },
      policy_keys: { 'watch_time.daily_caps': '10.00', 'attendance_bonus.tiers': '1000.00' },
    });
    expect(text).toMatch(/watch_time\.daily_caps +\+10\.00 +1 anchor/);
  });

  test('that are alike differ in nothing, and --exit-code says when they do', DEEP, async () => {
    const first = await settled({ ...ANCHORS, ...SESSIONS });
    const second = await settled({ 'anchors-2.csv': anchorsCsv('a1').replace('主播', '=') });
    const same = await compared(first.runDir, second.runDir, { exitCode: true });
    expect(same).toMatchObject({ exit: 0, total: { delta: '0.00', causes: NONE }, anchors: [] });
    expect(same.text).toContain('No amount differs.');
    const third = await settled(LATE);
    expect((await compared(first.runDir, third.runDir, { exitCode: true })).exit).toBe(6);
  });

  test('--csv writes a line per anchor, over what stood there', DEEP, async () => {
    const first = await settled({ ...ANCHORS, ...SESSIONS });
    const second = await settled(LATE);
    const csv = join(folder, 'diff.csv');
    writeFileSync(csv, 'old');
    await compared(first.runDir, second.runDir, { csv });
    expect(readFileSync(csv, 'utf8')).toBe(
      'anchor_id,agency_id,a,b,delta,causes\na1,,10.00,13.50,3.50,sessions_late:3.50\n',
    );
  });
});

describe('closed and latest', () => {
  test('are of the period of the run that is named, or of the one that is closed', DEEP, async () => {
    const first = await settled({ ...ANCHORS, ...SESSIONS });
    await closeAccepted(first.runDir, { out, warehouse, by: 'finance' }, context());
    const second = await settled(LATE);
    const december = policyWith({
      '2023-11-01, to: 2023-11-30': '2023-12-01, to: 2023-12-31',
      'content-live-2023-11': 'content-live-2023-12',
    });
    const later = await settled({}, { policy: december });
    for (const [a, b] of [
      ['closed', 'latest'],
      [first.manifest.run_id, 'latest'],
      ['closed', second.runDir],
    ] as const) {
      const found = await compared(a, b);
      expect([found.a.run_id, found.b.run_id]).toEqual([first.manifest.run_id, second.manifest.run_id]);
    }
    await expect(compared('closed', later.runDir)).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining("isn't closed"),
    });
    expect(await compared(first.runDir, later.runDir), 'two periods are compared as months').toMatchObject({
      a: { period: { from: '2023-11-01' } },
      b: { period: { from: '2023-12-01' } },
    });
  });

  test('mean nothing where nothing was closed or published', async () => {
    await expect(compared('closed', 'latest')).rejects.toMatchObject({ exit: 2 });
    const { runDir } = await settled({ ...ANCHORS, ...SESSIONS });
    await expect(compared('closed', runDir)).rejects.toMatchObject({ exit: 2 });
  });
});

describe('what if', () => {
  test('the policy were another: nothing is published', async () => {
    const { runDir } = await settled({ ...ANCHORS, 'sessions.csv': sessionsCsv({ id: 's1', dwell: '19000.00' }) });
    const before = filesIn(out);
    const { b, total } = await compared(runDir, undefined, {
      policy: policyWith({ 'cap: "160.00"': 'cap: "150.00"' }),
    });
    expect(total).toMatchObject({ a: '160.00', b: '150.00', causes: { policy: '-10.00' } });
    expect(b).toMatchObject({ what_if: { policy: expect.stringContaining('policy-') } });
    expect(filesIn(out)).toEqual(before);
  });

  test('exports came: nothing is loaded for good', DEEP, async () => {
    const { runDir } = await settled({ ...ANCHORS, ...SESSIONS });
    const { total } = await compared(runDir, undefined, { input: folderOf(LATE) });
    expect(total).toMatchObject({ a: '30.00', b: '33.50', causes: { sessions_late: '3.50' } });
    const held = (await files({ out, warehouse }, SILENT)).answer as { files: unknown[] };
    expect(held.files).toHaveLength(2);
    expect((await settled(LATE)).manifest.totals.total).toBe('33.50');
  });

  test.each([
    ['with a second run besides', 'latest', { policy: SAMPLE_POLICY }],
    ['of nothing', undefined, {}],
  ])('%s is wrong use', async (_, b, options) => {
    const { runDir } = await settled({ ...ANCHORS, ...SESSIONS });
    await expect(compared(runDir, b, options)).rejects.toMatchObject({ exit: 2 });
  });

  test('by the policy of another month is wrong use', async () => {
    const { runDir } = await settled({ ...ANCHORS, ...SESSIONS });
    const december = policyWith({ '2023-11-01, to: 2023-11-30': '2023-12-01, to: 2023-12-31' });
    await expect(compared(runDir, undefined, { policy: december })).rejects.toMatchObject({ exit: 2 });
  });
});

test('a run folder that was changed since is not compared', DEEP, async () => {
  const first = await settled({ ...ANCHORS, ...SESSIONS });
  const second = await settled(LATE);
  const days = join(first.runDir, 'days.csv');
  writeFileSync(days, readFileSync(days, 'utf8').replace('10.00', '11.00'));
  await expect(compared(first.runDir, second.runDir)).rejects.toMatchObject({
    exit: 1,
    message: expect.stringContaining('was changed'),
  });
});
