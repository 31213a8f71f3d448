import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import {
  buildRun,
  fromCsv,
  type Input,
  type Manifest,
  noticeAgain,
  read,
  readManifest,
  remove,
  sealRun,
  toCsv,
  writeSealed,
} from '../support/case-run.js';
import { and, expectSound, LINE, set, tampered, told, without } from './notices-forger.js';

/** How each file was read, as the manifest says it, and the notices that follow from the manifest alone. */

let run = '';
afterEach(() => remove(run));

describe('what the manifest says of its inputs', () => {
  const PARQUET = 'sessions.parquet';
  const reading = (i: number, value: Partial<NonNullable<Input['reading']>>) => (manifest: Manifest) => {
    const input = manifest.inputs[i] as Input;
    const { encoding = 'utf-8', reader = 2 } = input.reading ?? {};
    const { created_by, doubtful, int96 } = value;
    const isParquet = input.file.endsWith('.parquet');
    input.reading = {
      ...(created_by === undefined ? {} : { created_by }),
      ...(doubtful === undefined ? {} : { doubtful }),
      ...(isParquet ? {} : { encoding: value.encoding ?? encoding }),
      ...(int96 === undefined ? {} : { int96 }),
      reader: value.reader ?? reader,
    };
  };

  beforeEach(() => {
    run = buildRun('02-period-by-end');
  });

  test('a file whose encoding is doubtful', async () => {
    noticeAgain(run, reading(0, { doubtful: 'gb18030' }));
    expect(told(run, 'encoding_doubtful').map((line) => line[2])).toEqual(['anchors.csv']);
    await expectSound(run);
    expect(await tampered(run, without('encoding_doubtful'))).toEqual([LINE]);
    expect(await tampered(run, set('encoding_doubtful', 'file', 'sessions.csv'))).toEqual([LINE, LINE]);
  });

  test('files of an older reader, all or some', async () => {
    noticeAgain(run, reading(1, { reader: 1 }));
    expect(told(run, 'read_by_older').map((line) => line.slice(1, 6))).toEqual([
      ['attention', 'sessions.csv', '', String(readManifest(run).inputs[1]?.rows), ''],
    ]);
    await expectSound(run);
    expect(await tampered(run, without('read_by_older', 'sessions.csv'))).toEqual([LINE]);
    expect(await tampered(run, set('read_by_older', 'count', '1'))).toEqual(['notices.csv count contract']);
    expect(await tampered(run, set('read_by_older', 'file', 'anchors.csv'))).not.toEqual([]);
    noticeAgain(run, reading(0, { reader: 1 }));
    expect(told(run, 'read_by_older')).toHaveLength(2);
    await expectSound(run);
    expect(await tampered(run, without('read_by_older', 'anchors.csv'))).toEqual([LINE]);
  });

  test('files of the last reader, where a later one than that of the folder was in use', async () => {
    const older = (file: string): string[] => {
      const rows = readManifest(run).inputs.find((input) => input.file === file)?.rows;
      return ['read_by_older', 'attention', file, '', String(rows), '', 'x'];
    };
    expect(await tampered(run, and(older('anchors.csv'), older('sessions.csv')))).toEqual([]);
    expect(await tampered(run, and(older('anchors.csv')))).toEqual([LINE]);
    noticeAgain(run, reading(0, { reader: 3 }));
    expect(await tampered(run, (rows) => rows)).toEqual([LINE]);
    expect(await tampered(run, and(older('sessions.csv')))).toEqual([]);
  });

  /** The case's sessions as a Parquet file, and more such files without rows, each of a writer and a choice. */
  function asParquet(...choices: string[]): void {
    noticeAgain(run, (manifest) => {
      const { inputs } = manifest;
      const input = inputs[1] as Input;
      input.file = PARQUET;
      choices.slice(1).forEach((_, i) => {
        inputs.push({ ...input, file: `sessions-${i}.parquet`, rows: 0 });
      });
      choices.forEach((choice, i) => {
        const [created_by = '', int96 = ''] = choice.split(';');
        reading(i + 1, { created_by, int96 })(manifest);
      });
    });
  }

  test.each([
    [['spark;instant'], ['info spark;instant']],
    [
      ['spark;wall', 'spark;wall'],
      ['info spark;wall', 'info spark;wall'],
    ],
    [
      ['spark;wall', 'trino;instant'],
      ['info trino;instant', 'info spark;wall'],
    ],
    [
      ['=spark;wall', '=spark;instant'],
      ["attention '=spark;instant", "attention '=spark;wall"],
    ],
    [
      ['spark;wall', 'spark;instant', 'trino;wall'],
      ['attention spark;instant', 'info trino;wall', 'attention spark;wall'],
    ],
  ])('INT96 read as %s', async (choices, expected) => {
    asParquet(...choices);
    expect(told(run, 'int96_read').map((line) => `${line[1]} ${line[5]}`)).toEqual(expected);
    await expectSound(run);
    const [first = []] = told(run, 'int96_read');
    const other = first[1] === 'info' ? 'attention' : 'info';
    expect(await tampered(run, set('int96_read', 'severity', other))).toEqual(['notices.csv severity contract']);
    expect(await tampered(run, set('int96_read', 'value', 'parquet;wall'))).toEqual(['notices.csv value contract']);
    expect(await tampered(run, (rows) => rows.filter((row) => row[2] !== PARQUET))).toEqual([LINE]);
  });

  test('a file of which every row is quarantined, but not one of none', async () => {
    run = buildRun('31-duplicates');
    const more = (rows: number, quarantined: number) => (manifest: Manifest) => {
      const input = { file: 'agencies.csv', kind: 'agencies', sha256: 'a'.repeat(64), rows, quarantined };
      manifest.inputs = manifest.inputs.filter(({ file }) => file !== 'agencies.csv');
      manifest.inputs.push({ ...input, reading: { encoding: 'utf-8', reader: 2 } });
    };
    const faults = (count: number): void => {
      const rows = fromCsv(read(join(run, 'quarantine.csv'))).filter(([file]) => file !== 'agencies.csv');
      const [header = [], ...others] = rows;
      const fault = (line: number): string[] => ['agencies.csv', String(line), 'agency_id', 'missing', '', 'x'];
      const own = Array.from({ length: count }, (_, i) => fault(i + 2));
      writeFileSync(join(run, 'quarantine.csv'), toCsv([header, ...own, ...others]));
    };
    for (const [rows, quarantined, expected] of [
      [0, 0, []],
      [3, 2, []],
      [2, 2, ['2']],
      [1, 1, ['1']],
    ] as const) {
      faults(quarantined);
      noticeAgain(run, more(rows, quarantined));
      expect(told(run, 'file_all_out').map((line) => line[4])).toEqual(expected);
      await expectSound(run);
    }
    expect(await tampered(run, without('file_all_out'))).toEqual([LINE]);
    expect(await tampered(run, set('file_all_out', 'count', '2'))).toEqual(['notices.csv count contract']);
    expect(await tampered(run, set('file_all_out', 'file', 'anchors.csv'))).toContain(LINE);
  });

  const LIES: Record<string, unknown> = {
    'none at all': undefined,
    'no reader': { encoding: 'utf-8' },
    'a reader of 0': { encoding: 'utf-8', reader: 0 },
    'half a reader': { encoding: 'utf-8', reader: 1.5 },
    'a reader in words': { encoding: 'utf-8', reader: '2' },
    'keys in another order': { reader: 2, encoding: 'utf-8' },
    'another key': { encoding: 'utf-8', mood: 'good', reader: 2 },
    'another encoding': { encoding: 'latin1', reader: 2 },
    'INT96 of text': { encoding: 'utf-8', int96: 'wall', reader: 2 },
    'a writer of text': { created_by: 'x', encoding: 'utf-8', reader: 2 },
    'a doubt of another encoding': { doubtful: 'gb18030', encoding: 'gb18030', reader: 2 },
    'a doubt of nothing': { doubtful: true, encoding: 'utf-8', reader: 2 },
    text: 'utf-8',
    null: null,
  };

  test.each(Object.keys(LIES))('a reading that says %s', async (lie) => {
    const manifest = readManifest(run);
    Object.assign(manifest.inputs[0] ?? {}, { reading: LIES[lie] });
    sealRun(run, manifest);
    const { differences } = await verifyRun(run);
    expect(differences.some(({ key }) => key.startsWith('inputs[0]'))).toBe(true);
  });

  test('another reading is another run', async () => {
    const manifest = readManifest(run);
    reading(0, { encoding: 'gb18030' })(manifest);
    writeSealed(run, manifest);
    expect((await verifyRun(run)).differences.map(({ key }) => key)).toEqual(['run_id']);
  });
});
