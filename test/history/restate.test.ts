import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/commands/run.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, SESSIONS_HEADER, sessionLine, sessionsCsv } from '../support/exports.js';
import { copyOf } from '../support/template.js';
import { overwrite, SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

/** What comes after a close is paid, or taken back, by lines that say why; the closed figures stay. */

let folder: string;
let loads: number;
let policy: string;

beforeEach(() => {
  folder = workspace();
  loads = 0;
  policy = SAMPLE_POLICY;
});

const ANCHORS = anchorsCsv('a1', 'a2');
const PENALTIES = 'penalty_id,anchor_id,session_id,kind,penalized_at,status';

async function settled(exports: Record<string, string>, asOf?: string): Promise<RunResult> {
  loads += 1;
  const input = join(folder, `exports-${loads}`);
  mkdirSync(input);
  write(input, exports);
  const places = { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') };
  return run({ policy, input, ...places, asOf, strict: false, statements: true }, SILENT);
}

async function closing({ runDir }: RunResult, acceptQuarantine?: string) {
  const places = { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') };
  return closeAccepted(runDir, { ...places, by: 'Wang Li', acceptQuarantine });
}

/** The lines of adjustments.csv below its header. */
function adjustments({ runDir }: RunResult): string[] {
  const [header, ...lines] = readFileSync(join(runDir, 'adjustments.csv'), 'utf8').trimEnd().split('\n');
  expect(header).toBe('anchor_id,agency_id,date,part,closed,restated,delta,causes');
  return lines;
}

async function differences({ runDir }: RunResult): Promise<string[]> {
  return (await verifyRun(runDir)).differences.map(({ file, key, found }) => `${file} ${key}: ${found}`);
}

/** November, closed: s1 of a1 on the 5th (10.00), s2 of a2 on the 6th (20.00). */
async function closedNovember(more: Record<string, string> = {}): Promise<RunResult> {
  const { folder: copy, answer } = await copyOf(`restate ${JSON.stringify(more)}`, async (template) => {
    folder = template;
    const sessions = sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', day: '2023-11-06', dwell: '2000.00' });
    const result = await settled({ 'anchors.csv': ANCHORS, 'sessions.csv': sessions, ...more });
    await closing(result);
    return result;
  });
  folder = copy;
  loads = 1;
  return answer;
}

describe('a run for a closed period says what changed and why', () => {
  test('a session that came late', async () => {
    const first = await closedNovember();
    const result = await settled({ 'sessions-late.csv': sessionsCsv({ id: 's3', dwell: '350.00' }) });
    expect(adjustments(result)).toEqual(['a1,,2023-11-05,watch_time,10.00,13.50,3.50,sessions_late:3.50']);
    expect(result.restated).toMatchObject({ revision: 1, run_id: first.manifest.run_id, lines: 1, delta: '3.50' });
    expect(result.manifest.totals.total).toBe('33.50');
    expect(await differences(result)).toEqual([]);
  });

  test('the cap of the day that a late session belongs to is computed anew', DEEP, async () => {
    await closedNovember({ 'sessions-big.csv': sessionsCsv({ id: 's3', dwell: '14000.00' }) });
    const result = await settled({ 'sessions-late.csv': sessionsCsv({ id: 's4', dwell: '5000.00' }) });
    expect(adjustments(result)).toEqual(['a1,,2023-11-05,watch_time,150.00,160.00,10.00,sessions_late:10.00']);
    expect(await differences(result)).toEqual([]);
  });

  test('sessions corrected and withdrawn, each by its own cause', DEEP, async () => {
    await closedNovember();
    const result = await settled({ 'sessions.csv': sessionsCsv({ id: 's1', dwell: '1500.00' }) });
    expect(adjustments(result)).toEqual([
      'a1,,2023-11-05,watch_time,10.00,15.00,5.00,sessions_corrected:5.00',
      'a2,,2023-11-06,watch_time,20.00,0.00,-20.00,sessions_withdrawn:-20.00',
    ]);
    expect(await differences(result)).toEqual([]);
  });

  test('a penalty that was revoked: what was forfeited comes back', DEEP, async () => {
    const fake = (status: string): string => `${PENALTIES}\np1,a2,,fake_trade,2023-11-20 10:00:00,${status}\n`;
    await closedNovember({ 'penalties.csv': fake('upheld') });
    const result = await settled({ 'penalties-2.csv': fake('revoked') });
    expect(adjustments(result)).toEqual(['a2,,,forfeited,-20.00,0.00,20.00,penalties:20.00']);
    expect(await differences(result)).toEqual([]);
  });

  test('several causes of one line add up to it, in their order', DEEP, async () => {
    await closedNovember();
    const punished = `${PENALTIES}\np1,a1,s1,idle,2023-11-06 10:00:00,upheld\n`;
    const late = sessionsCsv({ id: 's3', dwell: '350.00' });
    const result = await settled({ 'sessions-late.csv': late, 'penalties.csv': punished });
    expect(adjustments(result)).toEqual([
      'a1,,2023-11-05,watch_time,10.00,3.50,-6.50,sessions_late:3.50;penalties:-10.00',
    ]);
    expect(await differences(result)).toEqual([]);
  });

  test('an anchor that becomes known, and one that leaves the scope', DEEP, async () => {
    const unknown = await settled({
      'anchors.csv': ANCHORS,
      'sessions.csv': sessionsCsv({ id: 's1' }, { id: 's9', anchor: 'a9', dwell: '400.00' }),
    });
    const sha256 = unknown.manifest.outputs.find(({ file }) => file === 'quarantine.csv')?.sha256;
    await closing(unknown, sha256);
    const shop = anchorsCsv('a1', 'a9').replace('a1,主播a1,content', 'a1,主播a1,shop');
    const result = await settled({ 'anchors-2.csv': shop });
    expect(adjustments(result)).toEqual([
      'a1,,2023-11-05,watch_time,10.00,0.00,-10.00,anchors:-10.00',
      'a9,,2023-11-05,watch_time,0.00,4.00,4.00,anchors:4.00',
    ]);
    expect(await differences(result)).toEqual([]);
  });

  test('an index of the scarcity table', DEEP, async () => {
    const bare = `${SESSIONS_HEADER}\n${sessionLine({ id: 's3' }).replace(/1\.000$/, '')}\n`;
    const table = (index: string): string => `track,effective_from,scarcity_index\n文化,2023-11-01,${index}\n`;
    await closedNovember({ 'sessions-bare.csv': bare, 'scarcity.csv': table('1.000') });
    const result = await settled({ 'scarcity.csv': table('1.500') });
    expect(adjustments(result)).toEqual(['a1,,2023-11-05,watch_time,20.00,25.00,5.00,scarcity:5.00']);
    expect(await differences(result)).toEqual([]);
  });

  test('another policy', DEEP, async () => {
    await closedNovember({ 'sessions-big.csv': sessionsCsv({ id: 's3', dwell: '19000.00' }) });
    policy = join(folder, 'policy.yaml');
    writeFileSync(policy, readFileSync(SAMPLE_POLICY, 'utf8').replace('cap: "160.00"', 'cap: "170.00"'));
    const result = await settled({});
    expect(adjustments(result)).toEqual(['a1,,2023-11-05,watch_time,160.00,170.00,10.00,policy:10.00']);
    expect(await differences(result)).toEqual([]);
  });

  test('nothing where no amount changed, and the closed run itself where nothing came', DEEP, async () => {
    const first = await closedNovember();
    expect(await settled({})).toMatchObject({ alreadyThere: true, runDir: first.runDir });
    const renamed = await settled({ 'anchors-2.csv': ANCHORS.replace('主播a1', '小明') });
    expect(adjustments(renamed)).toEqual([]);
    expect(renamed.restated).toMatchObject({ lines: 0, delta: '0.00' });
    expect(await differences(renamed)).toEqual([]);
  });
});

describe('a restatement is closed as the next revision', () => {
  test('which adjusts the one before, and no line is paid twice', DEEP, async () => {
    await closedNovember();
    const second = await settled({ 'sessions-late.csv': sessionsCsv({ id: 's3', dwell: '350.00' }) });
    await closing(second);
    expect(JSON.parse(readFileSync(join(second.runDir, 'close.json'), 'utf8'))).toMatchObject({
      revision: 2,
      close_no: 2,
    });
    expect(await settled({})).toMatchObject({ alreadyThere: true, runDir: second.runDir });
    const third = await settled({ 'sessions-later.csv': sessionsCsv({ id: 's4', dwell: '50.00' }) });
    expect(adjustments(third)).toEqual(['a1,,2023-11-05,watch_time,13.50,14.00,0.50,sessions_late:0.50']);
    await closing(third);
    for (const result of [second, third]) expect(await differences(result)).toEqual([]);
  });

  test('unless another revision was closed meanwhile, or it was settled before the close', DEEP, async () => {
    const early = await settled({ 'anchors.csv': ANCHORS, 'sessions.csv': sessionsCsv({ id: 's1' }) });
    const first = await settled({ 'sessions-2.csv': sessionsCsv({ id: 's2' }) });
    await closing(first);
    await expect(closing(early)).rejects.toMatchObject({ exit: 6, message: expect.stringContaining('was closed at') });
    const second = await settled({ 'sessions-3.csv': sessionsCsv({ id: 's3' }) });
    const third = await settled({ 'sessions-4.csv': sessionsCsv({ id: 's4' }) });
    await closing(third);
    await expect(closing(second)).rejects.toMatchObject({ exit: 6, message: expect.stringContaining('revision 2') });
    expect(existsSync(join(second.runDir, 'close.json'))).toBe(false);
  });
});

describe('verify finds', () => {
  variations([
    ['an amount', ',3.50,sessions_late:3.50', ',3.51,sessions_late:3.51'],
    ['a cause that the line is not made of', 'sessions_late:3.50', 'sessions_late:3.40'],
    ['a cause that nobody knows', 'sessions_late:3.50', 'sessions_lately:3.50'],
    ['a line that is gone', /a1,.*\n/, ''],
    ['a line too many', /(a1,.*\n)/, '$1a2,,2023-11-06,watch_time,20.00,20.01,0.01,sessions_late:0.01\n'],
  ])('%s that was changed in adjustments.csv', async (_, from, to) => {
    await closedNovember();
    const result = await settled({ 'sessions-late.csv': sessionsCsv({ id: 's3', dwell: '350.00' }) });
    const path = join(result.runDir, 'adjustments.csv');
    overwrite(path, readFileSync(path, 'utf8').replace(from, to));
    expect((await differences(result)).filter((text) => text.startsWith('adjustments.csv'))).not.toEqual([]);
  });

  test('that the closed figures are others now', DEEP, async () => {
    const first = await closedNovember();
    const result = await settled({ 'sessions-late.csv': sessionsCsv({ id: 's3', dwell: '350.00' }) });
    const path = join(first.runDir, 'days.csv');
    overwrite(path, readFileSync(path, 'utf8').replaceAll('10.00', '10.50'));
    expect(await differences(result)).toEqual(
      expect.arrayContaining([expect.stringContaining("manifest.json the closed run's days.csv")]),
    );
  });
});
