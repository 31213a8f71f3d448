import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/commands/run.js';
import { isReachable, makeReadable, makeWritable, ownFolder, READER } from '../reading/place.js';
import { DEEP } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { settle as call } from '../support/program.js';
import {
  filesIn,
  overwrite,
  REPOSITORY,
  SAMPLE_POLICY,
  SILENT,
  settle,
  temporaryFolder,
  workspace,
} from '../support/workspace.js';
import { folderOf, loadBeside, loadInto, publishedFiles, settledFrom } from './lake-place.js';

/** What may be wrong with a lake, and with what is loaded into it. */

const PARQUET = join(REPOSITORY, 'test/parquet');

function place(files: Record<string, string> = CLEAN_MONTH): {
  folder: string;
  input: string;
  lake: string;
  out: string;
} {
  const folder = workspace();
  const input = folderOf(join(folder, 'exports'), files);
  return { folder, input, lake: join(folder, 'lake'), out: join(folder, 'out') };
}

const taking = (lake: string, out: string) =>
  run({ policy: SAMPLE_POLICY, strict: false, statements: true, lake, out, warehouse: ':memory:' }, SILENT);

test('all unusable files are named, nothing counts, and mended they load', async () => {
  const { input, lake, out } = place({ ...CLEAN_MONTH, 'sessions-x.csv': 'a,b\n', 'anchors-x.csv': '' });
  await expect(loadInto(lake, input)).rejects.toMatchObject({
    code: 'input',
    exit: 3,
    message: expect.stringMatching(/2 files can't be used.*anchors-x\.csv.*sessions-x\.csv/s),
  });
  expect((await taking(lake, out)).manifest.inputs).toEqual([]);
  rmSync(join(input, 'sessions-x.csv'));
  rmSync(join(input, 'anchors-x.csv'));
  expect(await loadInto(lake, input)).toMatchObject({ load: 1, exit: 0 });
  expect((await taking(lake, out)).manifest.inputs).toHaveLength(2);
});

test('quarantined rows are there with their faults', DEEP, async () => {
  const bad = sessionsCsv({ id: 's1' }, { id: 's2', end: '19:00:00' }, { id: 's3', anchor: 'nobody' });
  const { input, lake, folder } = place({ ...CLEAN_MONTH, 'sessions.csv': bad });
  expect(await loadInto(lake, input)).toMatchObject({ exit: 4, loaded: [{ quarantined: 0 }, { quarantined: 1 }] });
  const there = await settledFrom(lake, SAMPLE_POLICY, join(folder, 'there'));
  const here = await settle({ policy: SAMPLE_POLICY, input, out: join(folder, 'here') });
  expect(there.published['quarantine.csv']).toMatch(/ends_before_start.*unknown_anchor/s);
  expect(there.published).toEqual(publishedFiles(here.runDir));
});

test('a file that is written to while it is loaded makes the go void', DEEP, async () => {
  const { folder, input } = place();
  const ended = await loadBeside(folder, 'exports', {
    command: [process.execPath, '--import', join(REPOSITORY, 'test/lake/change-at.mjs')],
    env: { CHANGE: join(input, 'sessions.csv'), CHANGE_AT: '_new-' },
  });
  expect(ended.exit).toBe(3);
  expect(ended.json.error.message).toMatch(/sessions\.csv: changed while it was being read/);
  const again = await loadBeside(folder, 'exports');
  expect(again.json, again.stderr).toMatchObject({ load: 1 });
  const { published } = await settledFrom(join(folder, 'lake'), SAMPLE_POLICY, join(folder, 'out'));
  expect(published['sessions.csv']).toContain('late-1');
});

describe('a folder that Spark wrote', () => {
  /** Two parts of some rows, under names whose order is the other way round where that is asked for. */
  function sparkFolder(path: string, names: [string, string]): void {
    mkdirSync(path, { recursive: true });
    copyFileSync(join(PARQUET, 'spark43-ntz.parquet'), join(path, names[0]));
    writeFileSync(join(path, names[1]), second);
    for (const name of ['_SUCCESS', `.${names[0]}.crc`, '._SUCCESS.crc']) writeFileSync(join(path, name), 'x');
  }
  let second: Buffer;
  let third: Buffer;
  beforeAll(async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'second.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT * REPLACE ('b-' || session_id AS session_id)
      FROM '${join(PARQUET, 'spark43-ntz.parquet')}') TO '${path}' (FORMAT parquet)`);
    second = readFileSync(path);
    await connection.run(
      `COPY (SELECT * EXCLUDE (unit_price) FROM '${path}') TO '${join(folder, 'third.parquet')}' (FORMAT parquet)`,
    );
    third = readFileSync(join(folder, 'third.parquet'));
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  });
  const FILES = { 'anchors.csv': readFileSync(join(PARQUET, 'anchors.csv'), 'utf8') };

  test('counts as one export, by the hashes of its parts', async () => {
    const { input, lake, out } = place(FILES);
    const export1 = join(input, 'sessions-2023-11.parquet');
    sparkFolder(export1, ['part-00000-a.snappy.parquet', 'part-00001-a.snappy.parquet']);
    expect(await loadInto(lake, input)).toMatchObject({ load: 1 });
    const first = await taking(lake, out);
    expect(first.manifest.inputs.map(({ file }) => file)).toEqual(['anchors.csv', 'sessions-2023-11.parquet']);
    expect(first.manifest.accounting.rows_read).toBeGreaterThan(0);
    rmSync(export1, { recursive: true });
    sparkFolder(export1, ['part-00001-b.snappy.parquet', 'part-00000-b.snappy.parquet']);
    expect(await loadInto(lake, input)).toMatchObject({ load: null, known: 2 });
    expect((await taking(lake, out)).runDir).toBe(first.runDir);
  });

  const faulty: [string, (path: string) => void, RegExp][] = [
    ['is still being written', (path) => mkdirSync(join(path, '_temporary')), /still being written.*_temporary/],
    ['was left half written', (path) => rmSync(join(path, '_SUCCESS')), /half written.*lacks _SUCCESS/],
    ['has partitions', (path) => mkdirSync(join(path, 'dt=2023-11-01')), /dt=2023-11-01, which is no Parquet file/],
    ['holds something else', (path) => writeFileSync(join(path, 'part-2.csv'), ''), /part-2\.csv, which is no Parquet/],
    [
      'is empty',
      (path) => {
        for (const name of readdirSync(path).filter((each) => each.startsWith('part'))) rmSync(join(path, name));
      },
      /without any Parquet/,
    ],
    [
      'has another table in it',
      (path) => writeFileSync(join(path, 'part-2.parquet'), third),
      /different columns: .*part-2\.parquet|different columns: part-2/,
    ],
    [
      'has a damaged part',
      (path) => truncateSync(join(path, 'part-0.parquet'), 100),
      /part-0\.parquet: can't be read as Parquet/,
    ],
  ];
  test.each(faulty)('%s', DEEP, async (_, change, message) => {
    const { input, lake } = place(FILES);
    const path = join(input, 'sessions.parquet');
    sparkFolder(path, ['part-0.parquet', 'part-1.parquet']);
    change(path);
    await expect(loadInto(lake, input)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(message),
    });
  });
});

describe('a lake that is not as it was', () => {
  test('a Parquet file that is cut, changed or gone', DEEP, async () => {
    const { input, lake, out } = place();
    await loadInto(lake, input);
    const rows = join(lake, filesIn(lake).find((path) => path.startsWith('rows/session_row')) as string);
    const whole = readFileSync(rows);
    for (const content of [whole.subarray(0, whole.length / 2), Buffer.concat([whole, whole]), undefined]) {
      if (content === undefined) rmSync(rows);
      else overwrite(rows, content);
      await expect(taking(lake, out)).rejects.toMatchObject({
        code: 'warehouse',
        message: expect.stringContaining(rows),
      });
    }
    writeFileSync(rows, whole);
    expect((await taking(lake, out)).exit).toBe(0);
  });

  test('rows that lie half written where a load would put its own', DEEP, async () => {
    const { input, lake, folder } = place();
    await loadInto(join(folder, 'first'), input);
    cpSync(join(folder, 'first/rows'), join(lake, 'rows'), { recursive: true });
    const rows = join(lake, filesIn(lake).find((path) => path.startsWith('rows/session_row')) as string);
    truncateSync(rows, 50);
    await expect(loadInto(lake, input)).rejects.toMatchObject({
      code: 'warehouse',
      message: expect.stringContaining('is damaged'),
    });
    cpSync(join(folder, 'first/rows'), join(lake, 'rows'), { recursive: true });
    expect(await loadInto(lake, input)).toMatchObject({ load: 1 });
  });

  test('a go that is gone', DEEP, async () => {
    const { input, lake, out } = place();
    await loadInto(lake, input);
    folderOf(input, { 'sessions-2.csv': sessionsCsv({ id: 's7' }) });
    await loadInto(lake, input);
    renameSync(join(lake, 'goes/000001'), join(lake, 'kept'));
    await expect(taking(lake, out)).rejects.toMatchObject({ code: 'warehouse' });
    renameSync(join(lake, 'kept'), join(lake, 'goes/000001'));
    expect((await taking(lake, out)).manifest.inputs).toHaveLength(3);
  });

  test('another format, and a folder that is no lake', DEEP, async () => {
    const { folder, input, lake, out } = place();
    await expect(taking(lake, out)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('is no lake'),
    });
    await expect(loadInto(folder, input)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('holds exports'),
    });
    await loadInto(lake, input);
    writeFileSync(join(lake, 'lake/record.json'), '{"settle_lake":2}\n');
    for (const work of [() => taking(lake, out), () => loadInto(lake, input)])
      await expect(work()).rejects.toMatchObject({
        code: 'warehouse',
        message: expect.stringContaining('lake of format 2'),
      });
  });
});

test.skipIf(!isReachable())('a lake that may only be read is settled from, and not loaded into', DEEP, async () => {
  const { folder, input, lake } = place({ ...CLEAN_MONTH, 'anchors.csv': anchorsCsv('a1', 'a2') });
  await loadInto(lake, input);
  makeReadable(lake);
  makeReadable(input);
  chmodSync(folder, 0o755);
  const own = ownFolder(join(folder, 'own'));
  const options = { cwd: own, user: READER, env: { TMPDIR: own } };
  try {
    const settled = await call(['run', '--policy', SAMPLE_POLICY, '--lake', lake, '--json'], options);
    expect(settled.exit, settled.stderr).toBe(0);
    appendFileSync(join(input, 'anchors.csv'), 'a3,主播a3,content,2023-03-01\n');
    const loaded = await call(['load', input, '--lake', lake, '--json'], options);
    expect(loaded.exit).toBe(1);
    expect(loaded.json.error).toMatchObject({ code: 'machine' });
  } finally {
    makeWritable(lake);
    makeWritable(input);
  }
});
