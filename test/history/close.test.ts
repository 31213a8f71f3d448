import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { closesBelow } from '../../src/close/close-file.js';
import type { CloseOptions } from '../../src/commands/close.js';
import { run } from '../../src/commands/run.js';
import { runs } from '../../src/commands/runs.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { overwrite, SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

/** A period is sealed once, by the run that it is paid by, and closes hold each other by their hashes. */

let folder: string;
let out: string;
let warehouse: string;

beforeEach(() => {
  folder = workspace();
  out = join(folder, 'out');
  warehouse = join(folder, 'w.duckdb');
});

/** Settles November, or another month by the sample policy moved there. */
async function settled(
  sessions: string,
  month = '11',
  more: { asOf?: string; out?: string; warehouse?: string } = {},
): Promise<RunResult> {
  const input = join(folder, `exports-${month}`);
  mkdirSync(input, { recursive: true });
  write(input, { 'anchors.csv': anchorsCsv('a1', 'a2'), [`sessions-${month}.csv`]: sessions });
  const policy = join(folder, `policy-${month}.yaml`);
  const days = month === '11' ? '30' : '31';
  const text = readFileSync(SAMPLE_POLICY, 'utf8')
    .replace('from: 2023-11-01, to: 2023-11-30', `from: 2023-${month}-01, to: 2023-${month}-${days}`)
    .replace('content-live-2023-11', `content-live-2023-${month}`);
  writeFileSync(policy, text);
  return run({ policy, input, out, warehouse, strict: false, statements: true, ...more }, SILENT);
}

const NOVEMBER = sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', dwell: '2000.00' });
const LATE = sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', dwell: '2000.00' }, { id: 'late' });
const DECEMBER = sessionsCsv({ id: 's3', day: '2023-12-05' });

/** Both months are over. */
const NEW_YEAR = { ...SILENT, clock: () => Date.UTC(2024, 0, 5) };

const closing = (runId: string, more: Partial<CloseOptions> = {}) =>
  closeAccepted(runId, { out, warehouse, by: 'Wang Li', ...more }, NEW_YEAR);

const closeOf = (runDir: string) => JSON.parse(readFileSync(join(runDir, 'close.json'), 'utf8'));

async function differences(runDir: string): Promise<string[]> {
  return (await verifyRun(runDir)).differences.map(({ file, key }) => `${file} ${key}`);
}

test('a close says which run, its totals, who and when; the run still verifies, and is listed as closed', async () => {
  const { runDir, manifest } = await settled(NOVEMBER);
  const { exit } = await closing(manifest.run_id, { note: 'paid on 8 December' });
  expect(exit).toBe(0);
  expect(closeOf(runDir)).toMatchObject({
    close_no: 1,
    run_id: manifest.run_id,
    totals: { total: '30.00', anchors: 2 },
    quarantine_accepted: null,
    closed_at: '2024-01-05 08:00:00',
    closed_by: 'Wang Li',
    note: 'paid on 8 December',
    previous: null,
  });
  expect(await differences(runDir)).toEqual([]);
  const { answer } = await runs({ out, warehouse }, SILENT);
  expect(answer).toMatchObject({ runs: [{ closed: { close_no: 1, closed_by: 'Wang Li' } }] });
});

test('whoever closes is told of loads that came after the run', DEEP, async () => {
  const { runDir } = await settled(NOVEMBER);
  await settled(DECEMBER, '12');
  const { text } = await closing(runDir);
  expect(text()).toMatch(/\n1 load has come since that run: .+ adjusts this close\.\n$/);
  expect((await closing((await settled(DECEMBER, '12')).runDir)).text()).not.toContain('since that run');
});

test('the closed run is there already when it is run again, and nothing is left over', DEEP, async () => {
  const { runDir } = await settled(NOVEMBER);
  await closing(runDir);
  expect((await settled(NOVEMBER)).alreadyThere).toBe(true);
  expect(readdirSync(join(runDir, '..')).filter((name) => name.startsWith('.'))).toEqual([]);
});

describe('a close is refused (exit 6)', () => {
  const refused = (message: RegExp) => ({ code: 'differs', exit: 6, message: expect.stringMatching(message) });

  test('of a period that is closed, by whichever run', DEEP, async () => {
    const first = await settled(NOVEMBER);
    await closing(first.runDir);
    await expect(closing(first.runDir)).rejects.toMatchObject(refused(/was closed at .* by Wang Li/));
    await expect(closing(first.manifest.run_id)).rejects.toMatchObject(refused(/was closed at .* by Wang Li/));
  });

  test('before the period is over, on its last day no more', DEEP, async () => {
    const { runDir } = await settled(NOVEMBER, '11', { asOf: '2023-11-29' });
    await expect(closing(runDir)).rejects.toMatchObject(refused(/settles up to 2023-11-29/));
    await closing((await settled(NOVEMBER, '11', { asOf: '2023-11-30' })).runDir);
  });

  test('while rows are quarantined that nobody has accepted, or others were', DEEP, async () => {
    const { runDir } = await settled(sessionsCsv({ id: 's1' }, { id: 's2', dwell: 'x' }));
    await expect(closing(runDir)).rejects.toMatchObject(refused(/1 quarantined row is not accepted/));
    const error = await closing(runDir, { acceptQuarantine: '0'.repeat(64) }).catch((thrown) => thrown);
    expect(error).toMatchObject(refused(/of another file/));
    const sha256 = /--accept-quarantine ([0-9a-f]{64})/.exec(error.details.mend)?.[1] as string;
    await closing(runDir, { acceptQuarantine: sha256 });
    expect(closeOf(runDir).quarantine_accepted).toBe(sha256);
    expect(await differences(runDir)).toEqual([]);
  });

  test('with rows accepted where none is quarantined', DEEP, async () => {
    const { runDir } = await settled(NOVEMBER);
    await expect(closing(runDir, { acceptQuarantine: '0'.repeat(64) })).rejects.toMatchObject(
      refused(/no row is quarantined/),
    );
  });

  test('while verify disagrees', DEEP, async () => {
    const { runDir } = await settled(NOVEMBER);
    const days = join(runDir, 'days.csv');
    writeFileSync(days, readFileSync(days, 'utf8').replace('10.00', '11.00'));
    await expect(closing(runDir)).rejects.toMatchObject(refused(/differ from what they should be/));
  });

  variations(['{}', 'null', '{"run_id":1}', 'no JSON'])('of a run whose manifest is %s', async (text) => {
    const { runDir } = await settled(NOVEMBER);
    overwrite(join(runDir, 'manifest.json'), text);
    await expect(closing(runDir)).rejects.toMatchObject(refused(/manifest\.json can.t be read/));
    expect((await runs({ out, warehouse }, SILENT)).answer).toMatchObject({ runs: [] });
  });

  test('of a run without its quarantine.csv', DEEP, async () => {
    const { runDir } = await settled(NOVEMBER);
    rmSync(join(runDir, 'quarantine.csv'));
    await expect(closing(runDir)).rejects.toMatchObject(refused(/has no quarantine.csv/));
  });

  test('where the warehouse never held its files', DEEP, async () => {
    const { runDir } = await settled(NOVEMBER);
    const other = { out: join(folder, 'other'), warehouse: join(folder, 'other.duckdb') };
    await settled(DECEMBER, '12', other);
    await expect(closing(runDir, { warehouse: other.warehouse })).rejects.toMatchObject(
      refused(/is not the one that .* was settled from, or is older: it doesn't hold sessions-11\.csv/),
    );
  });
});

test.each([
  ['no such run', 'nothing', {}],
  ['by nobody', undefined, { by: ' ' }],
])('%s is wrong use', async (_, runId, more) => {
  const { runDir } = await settled(NOVEMBER);
  await expect(closing(runId ?? runDir, more)).rejects.toMatchObject({ exit: 2 });
});

describe('closes make a chain', () => {
  test('each holds the one before by its hash, whatever the period', DEEP, async () => {
    const november = await settled(NOVEMBER);
    const december = await settled(DECEMBER, '12');
    await closing(november.runDir);
    await closing(december.runDir);
    expect(closeOf(december.runDir)).toMatchObject({
      close_no: 2,
      previous: { policy_id: 'content-live-2023-11', run_id: november.manifest.run_id },
    });
    expect(await differences(december.runDir)).toEqual([]);
  });

  test(
    'which verify follows: an earlier close that is changed or gone is found, and nothing can be closed or settled on it',
    DEEP,
    async () => {
      const november = await settled(NOVEMBER);
      const december = await settled(DECEMBER, '12');
      const october = await settled(sessionsCsv({ id: 's9', day: '2023-10-05' }), '10');
      await closing(november.runDir);
      await closing(december.runDir);
      const path = join(november.runDir, 'close.json');
      const text = readFileSync(path, 'utf8');
      overwrite(path, text.replace('Wang Li', 'Wang Lu'));
      expect(await differences(december.runDir)).toEqual(['close.json previous of close 2']);
      const broken = { exit: 6, message: expect.stringMatching(/^close 1 .* they differ in closed_by$/) };
      expect(() => closesBelow(out)).toThrow('chain of closes is broken');
      await expect(closing(october.runDir)).rejects.toMatchObject(broken);
      await expect(settled(NOVEMBER)).rejects.toMatchObject(broken);
      rmSync(path);
      expect(await differences(december.runDir)).toEqual(['close.json previous of close 2']);
    },
  );

  test('of which the last can’t go unnoticed once a run restates it', DEEP, async () => {
    const { runDir } = await settled(NOVEMBER);
    await closing(runDir);
    await settled(LATE);
    rmSync(join(runDir, 'close.json'));
    expect(() => closesBelow(out)).toThrow('the close that this run restates is missing');
    const gone = { exit: 6, message: expect.stringMatching(/^close 1 .* stands in the warehouse, and .* is gone$/) };
    await expect(settled(NOVEMBER)).rejects.toMatchObject(gone);
    await expect(closing(runDir)).rejects.toMatchObject(gone);
  });

  variations([
    ['close_no', '"close_no": 1', '"close_no": 2'],
    ['run_id', '"run_id": "2023-11-30-', '"run_id": "2023-11-30x'],
    ['totals', '"total": "30.00"', '"total": "31.00"'],
    ['manifest_sha256', '"manifest_sha256": "', '"manifest_sha256": "0'],
    ['closed_at', '2024-01-05 08', '2023-12-35 08'],
    ['close.json', '"note": ""', '"remark": ""'],
  ])('a close that says another %s is found', async (key, from, to) => {
    const { runDir } = await settled(NOVEMBER);
    await closing(runDir);
    const path = join(runDir, 'close.json');
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    overwrite(path, text.replace(from, to));
    expect(await differences(runDir)).toEqual([`close.json ${key}`]);
  });
});
