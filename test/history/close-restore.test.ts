import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { closesBelow } from '../../src/close/close-file.js';
import { readRecords } from '../../src/close/close-record.js';
import { markClosing } from '../../src/close/closing-mark.js';
import { restoreCloses } from '../../src/closing/restore.js';
import { diff } from '../../src/commands/diff.js';
import { files } from '../../src/commands/files.js';
import { load } from '../../src/commands/load.js';
import { nightly } from '../../src/commands/nightly.js';
import { rebuild } from '../../src/commands/rebuild.js';
import { run } from '../../src/commands/run.js';
import { runs } from '../../src/commands/runs.js';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { hold } from '../../src/warehouse/hold.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { copyOf } from '../support/template.js';
import { SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** Closes stand in the folder and in the warehouse; where one has lost or changed one, nothing is settled on it. */

let folder: string;
let warned: string[];

beforeEach(() => {
  folder = workspace();
  warned = [];
  mkdirSync(join(folder, 'exports'));
  mkdirSync(join(folder, 'policies'));
  writeFileSync(join(folder, 'policies/policy.yaml'), readFileSync(SAMPLE_POLICY));
  const sessions = sessionsCsv({ id: 's1' }, { id: 's2', anchor: 'a2', dwell: '2000.00' });
  write(join(folder, 'exports'), { 'anchors.csv': anchorsCsv('a1', 'a2'), 'sessions.csv': sessions });
});

const context = {
  ...SILENT,
  clock: () => Date.UTC(2024, 0, 5),
  note: (line: string) => warned.push(line),
} as typeof SILENT;
const places = () => ({ out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') });
const input = () => join(folder, 'exports');
const settled = (more = {}): Promise<RunResult> =>
  run({ policy: SAMPLE_POLICY, input: input(), ...places(), strict: false, statements: true, ...more }, context);
const closing = ({ runDir }: RunResult) => closeAccepted(runDir, { ...places(), by: 'Wang Li' }, context);
const restore = () => restoreCloses(places(), context);
const night = () =>
  nightly(
    { input: input(), policies: join(folder, 'policies'), ...places(), date: '2023-11-30', statements: true },
    context,
  );
const closePath = ({ runDir }: RunResult): string => join(runDir, 'close.json');
const records = () => hold(places().warehouse, [], {}, context, ({ warehouse }) => readRecords(warehouse));

async function closed(): Promise<RunResult> {
  const { folder: copy, answer } = await copyOf('close-restore', async (template) => {
    cpSync(folder, template, { recursive: true });
    folder = template;
    const result = await settled();
    await closing(result);
    return result;
  });
  folder = copy;
  return answer;
}

async function sql(statement: string): Promise<void> {
  await hold(places().warehouse, [], {}, context, ({ warehouse }) => warehouse.run(statement));
}

const differs = (message: RegExp, mend: RegExp) => ({
  ...{ code: 'differs', exit: 6, message: expect.stringMatching(message) },
  details: { mend: expect.stringMatching(mend) },
});

/** All that settle or close refuse so, and publish nothing. */
async function expectRefused(result: RunResult, message: RegExp, mend: RegExp): Promise<void> {
  const error = differs(message, mend);
  await expect(settled()).rejects.toMatchObject(error);
  await expect(night()).rejects.toMatchObject(error);
  await expect(closing(result)).rejects.toMatchObject(error);
}

test('a close stands in the warehouse byte for byte', async () => {
  const result = await closed();
  const content = readFileSync(closePath(result), 'utf8');
  expect(await records()).toMatchObject([
    { close_no: 1, policy_id: 'content-live-2023-11', run_id: result.manifest.run_id, content },
  ]);
  expect((await settled()).alreadyThere).toBe(true);
  expect((await restore()).answer).toEqual({
    restored: [],
    closes: 1,
    payments: [],
    signatures: [],
    disputes: [],
    losses: [],
  });
});

describe('a closed run folder', () => {
  test.each([
    ['under another name', ({ runDir }: RunResult) => [runDir, join(runDir, '../november')]],
    [
      'in a policy folder under another name',
      ({ runDir }: RunResult) => [join(runDir, '..'), join(runDir, '../../nov')],
    ],
  ])('%s: it is said where it is, and it is put back', async (_what, paths) => {
    const result = await closed();
    const [before, after] = paths(result) as [string, string];
    renameSync(before, after);
    const where = /^close 1 \(.* its run folder .*\/2023-11-30-\w+ is now .*\/nov(ember)?(\/2023-11-30-\w+)?$/;
    for (const refused of [settled, night, restore])
      await expect(refused()).rejects.toMatchObject(differs(where, /^Move .*nov.* back to .*\/2023-11-30-\w+: /));
    renameSync(after, before);
    expect((await settled()).closed).toMatchObject({ by_this_run: true });
  });

  test('that is there twice: it is said which is the copy, and nothing is taken in', async () => {
    const result = await closed();
    const copy = join(result.runDir, '../copy');
    cpSync(result.runDir, copy, { recursive: true });
    const refusal = differs(
      /^close 1 \(.*\) stands twice in the folder: .*\/copy is a copy of /,
      /^Move .*\/copy out of/,
    );
    await expectRefused(result, /stands twice in the folder/, /\/copy out of/);
    await expect(restore()).rejects.toMatchObject(refusal);
    expect(await records()).toHaveLength(1);
    rmSync(copy, { recursive: true });
    expect((await settled()).closed).toMatchObject({ by_this_run: true });
  });
});

describe('a close.json that is deleted', () => {
  test('is missed by all that settle and close, told by those that read, and written again', async () => {
    const result = await closed();
    const text = readFileSync(closePath(result), 'utf8');
    rmSync(closePath(result));
    await expectRefused(
      result,
      /^close 1 \(content-live-2023-11, run .*close\.json is gone$/,
      /settle close --restore/,
    );
    warned = [];
    const list = await runs(places(), context);
    expect([warned.length, warned[0]]).toEqual([
      1,
      expect.stringMatching(/^closes: close 1 .* settle close --restore/),
    ]);
    expect(list.answer).toMatchObject({ runs: [{ run_id: result.manifest.run_id, closed: null }] });
    await files(places(), context);
    await load(input(), places(), context);
    await diff(result.runDir, 'latest', places(), context);
    expect(warned).toHaveLength(4);
    expect((await verifyRun(result.runDir)).count).toBe(0);

    const { answer, text: said } = await restore();
    expect(answer).toMatchObject({ restored: [{ close_no: 1, into: 'folder' }], closes: 1 });
    expect(said()).toContain('written into the run folder, from the warehouse');
    expect(readFileSync(closePath(result), 'utf8')).toBe(text);
    expect((await settled()).closed).toMatchObject({ by_this_run: true });
  });

  test('of several: the first and the last, each is named', DEEP, async () => {
    const first = await closed();
    write(input(), { 'sessions-late.csv': sessionsCsv({ id: 'late' }) });
    const second = await settled();
    await closing(second);
    const texts = [first, second].map((each) => readFileSync(closePath(each), 'utf8'));
    for (const each of [first, second]) rmSync(closePath(each));
    await expect(settled()).rejects.toMatchObject(differs(/^close 1 .* is gone \(and 1 more\)$/, /--restore/));
    const found = (await verifyRun(second.runDir)).differences;
    expect(found).toContainEqual(expect.objectContaining({ key: 'restates', found: 'close.json is missing' }));
    await restore();
    expect([first, second].map((each) => readFileSync(closePath(each), 'utf8'))).toEqual(texts);
    rmSync(closePath(second));
    await expect(settled()).rejects.toMatchObject(differs(/^close 2 /, /--restore/));
  });

  test('isn’t written into another run’s folder', DEEP, async () => {
    const result = await closed();
    rmSync(closePath(result));
    const path = join(result.runDir, 'manifest.json');
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n`);
    await expect(restore()).rejects.toMatchObject(differs(/is not the one that was closed/, /from a backup/));
    expect(existsSync(closePath(result))).toBe(false);
  });
});

describe('a warehouse that lacks a close', () => {
  test('takes it in from the folder', async () => {
    const result = await closed();
    await sql('DELETE FROM close_record');
    const error = differs(/holds no close, and .* has one: close 1 /, /settle rebuild .*settle close --restore$/);
    await expect(settled()).rejects.toMatchObject(error);
    await expect(night()).rejects.toMatchObject(error);
    expect((await restore()).answer).toMatchObject({ restored: [{ close_no: 1, into: 'warehouse' }] });
    expect((await records()).map(({ content }) => content)).toEqual([readFileSync(closePath(result), 'utf8')]);
    expect((await settled()).alreadyThere).toBe(true);
  });

  test(
    'because it was lost and is made anew: no run makes one silently; a rebuilt one has the closes',
    DEEP,
    async () => {
      await closed();
      rmSync(places().warehouse);
      rmSync(`${places().warehouse}.head`);
      await expect(settled()).rejects.toMatchObject(differs(/is missing, but/, /settle rebuild --input DIR/));
      expect(existsSync(places().warehouse)).toBe(false);
      await expect(restore()).rejects.toMatchObject({
        exit: 2,
        details: { mend: expect.stringContaining('settle rebuild') },
      });
      await rebuild({ ...places(), input: input() }, context);
      expect((await restore()).answer).toEqual({
        restored: [],
        closes: 1,
        payments: [],
        signatures: [],
        disputes: [],
        losses: [],
      });
      expect((await settled()).alreadyThere).toBe(true);
    },
  );

  test('in memory looks at the folder alone', DEEP, async () => {
    await closed();
    expect((await settled({ warehouse: ':memory:' })).closed).toMatchObject({ by_this_run: true });
  });
});

test('each lacks what the other has: one command writes both', DEEP, async () => {
  const first = await closed();
  write(input(), { 'sessions-late.csv': sessionsCsv({ id: 'late' }) });
  await closing(await settled());
  rmSync(closePath(first));
  await sql('DELETE FROM close_record WHERE close_no = 2');
  const { answer } = await restore();
  expect(answer).toMatchObject({
    restored: [
      { close_no: 1, into: 'folder' },
      { close_no: 2, into: 'warehouse' },
    ],
  });
  expect((await settled()).closed).toMatchObject({ revision: 2 });
});

describe('what can’t be restored is refused, and nothing is written', () => {
  test('a close that was changed in the folder: what differs is said, and how to mend it', async () => {
    const result = await closed();
    const text = readFileSync(closePath(result), 'utf8');
    writeFileSync(closePath(result), text.replace('"total": "30.00"', '"total": "31.00"'));
    await expectRefused(result, /they differ in totals$/, /moved away and written again: settle close --restore/);
    await expect(restore()).rejects.toMatchObject(differs(/they differ in totals$/, /from a backup/));
    renameSync(closePath(result), join(folder, 'aside'));
    await restore();
    expect(readFileSync(closePath(result), 'utf8')).toBe(text);
  });

  variations(['no JSON', '', '{}'])('a close.json that says %j', async (text) => {
    const result = await closed();
    writeFileSync(closePath(result), text);
    await expect(restore()).rejects.toMatchObject(differs(/^close 1 /, /from a backup/));
    expect(readFileSync(closePath(result), 'utf8')).toBe(text);
  });

  test('one that was changed in the warehouse', DEEP, async () => {
    await closed();
    await sql("UPDATE close_record SET content = replace(content, 'Wang Li', 'Wang Lu')");
    await expect(restore()).rejects.toMatchObject(differs(/is damaged in the warehouse/, /from a backup/));
  });

  test('a run folder that is gone: a backup is named, by the close that it was of', DEEP, async () => {
    const result = await closed();
    renameSync(result.runDir, join(folder, 'aside'));
    const error = differs(/^close 1 .*its run folder .* is gone$|no run folder of the close/, /from a backup/);
    await expect(settled()).rejects.toMatchObject(error);
    await expect(restore()).rejects.toMatchObject(error);
    renameSync(join(folder, 'aside'), result.runDir);
    expect((await settled()).alreadyThere).toBe(true);
  });
});

test(
  'a close that was killed before the warehouse had it: the same command takes it in and says that it is closed',
  DEEP,
  async () => {
    const result = await closed();
    await sql('DELETE FROM close_record');
    const [one] = closesBelow(places().out);
    markClosing(result.runDir, one?.sha256 as string);
    await expect(closing(result)).rejects.toMatchObject(differs(/was closed at .* by Wang Li/, /closed once/));
    expect(await records()).toHaveLength(1);
    expect((await settled()).alreadyThere).toBe(true);
  },
);

test('a run that does not lie in --out is not closed', async () => {
  const result = await settled();
  mkdirSync(join(folder, 'other'));
  await expect(
    closeAccepted(result.runDir, { ...places(), out: join(folder, 'other'), by: 'Wang Li' }, context),
  ).rejects.toMatchObject({ exit: 2, message: expect.stringContaining('does not lie in') });
});
