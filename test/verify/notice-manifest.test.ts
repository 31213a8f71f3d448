import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import {
  buildRun,
  type Manifest,
  noticeAgain,
  readManifest,
  remove,
  sealRun,
  settlingCases,
  writeSealed,
} from '../support/case-run.js';
import { expectSound, set, tampered, told } from './notices-forger.js';

/** What the manifest says of notices: their number, the severities that settings lower, and since when there are any. */

let run = '';
afterEach(() => remove(run));

describe('severities that the settings lower', () => {
  /** Puts them into their place, before the warnings. */
  const lowered = (severities: NonNullable<Manifest['severities']>) => (manifest: Manifest) => {
    const last = ['warnings', 'database', 'started_at', 'finished_at'] as const;
    const behind = Object.fromEntries(last.map((key) => [key, manifest[key]]));
    for (const key of last) delete (manifest as Partial<Manifest>)[key];
    Object.assign(manifest, { severities, ...behind });
  };
  const lower = (code: string, severity = 'info', reason = 'it is so') => lowered({ [code]: { severity, reason } });

  beforeEach(() => {
    run = buildRun('08-valid-day');
  });

  test('stand in the manifest, in the lines and in the run id', async () => {
    noticeAgain(run, lower('sessions_overlap'));
    expect(told(run, 'sessions_overlap').map((line) => line[1])).toEqual(['info']);
    expect(readManifest(run).notices?.info).toBe(1);
    await expectSound(run);
    expect(await tampered(run, set('sessions_overlap', 'severity', 'attention'))).toContain(
      'notices.csv severity contract',
    );
    const manifest = readManifest(run);
    delete manifest.severities;
    writeSealed(run, manifest);
    const keys = (await verifyRun(run)).differences.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['run_id', 'sessions_overlap a1']));
  });

  test('of a code that has no line', async () => {
    noticeAgain(run, lower('last_line_open'));
    await expectSound(run);
  });

  test.each([
    ['nothing that the contract knows', lower('sessions_overlaps')],
    ['to attention', lower('last_line_open', 'attention')],
    ['without a reason', lower('last_line_open', 'info', ' ')],
    ['to nothing', lower('last_line_open', '')],
    ['no code at all', lowered({})],
  ])('%s', async (_, lie) => {
    const manifest = readManifest(run);
    lie(manifest);
    sealRun(run, manifest);
    expect((await verifyRun(run)).differences.some(({ key }) => key.startsWith('severities'))).toBe(true);
  });
});

describe('counts of the manifest', () => {
  /** The case has 26 lines of attention: 25 silent days and an overlap. */
  test.each<[string, unknown, string]>([
    ['one less', { attention: 25, info: 0 }, 'notices.attention'],
    ['one more', { attention: 27, info: 0 }, 'notices.attention'],
    ['one that is none', { attention: 26, info: 1 }, 'notices.info'],
    ['text', { attention: '26', info: 0 }, 'notices.attention'],
    ['another order', { info: 0, attention: 26 }, 'notices'],
    ['one key', { attention: 26 }, 'notices'],
    ['one key more', { attention: 26, info: 0, other: 0 }, 'notices'],
    ['nothing', undefined, ''],
    ['null', null, 'notices'],
    ['a list', [26, 0], 'notices'],
  ])('%s', async (_, notices, key) => {
    run = buildRun('08-valid-day');
    const manifest = readManifest(run);
    expect(manifest.notices).toEqual({ attention: 26, info: 0 });
    writeSealed(run, { ...manifest, notices } as Manifest);
    expect((await verifyRun(run)).differences.map((difference) => difference.key)).toContain(key);
  });
});

describe('versions', () => {
  test.each(settlingCases())('case %s as the first version wrote it', async (name) => {
    run = buildRun(name, { version: '0.1.0', statements: false });
    expect(readManifest(run).notices).toBeUndefined();
    await expectSound(run);
  });

  test('the first version has neither notices nor readings', async () => {
    run = buildRun('01-scope', { version: '0.1.0' });
    writeFileSync(join(run, 'notices.csv'), 'code,severity,file,subject,count,value,message\n');
    expect((await verifyRun(run)).differences.map(({ file }) => file)).toEqual(['notices.csv']);
    remove(run);
    run = buildRun('01-scope');
    const manifest = readManifest(run);
    manifest.program.version = '0.1.0';
    sealRun(run, manifest);
    const keys = (await verifyRun(run)).differences.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['', 'inputs[0]', 'inputs[1]', 'outputs']));
  });

  test('every other has them', async () => {
    run = buildRun('01-scope', { version: '0.1.0' });
    const manifest = readManifest(run);
    manifest.program = { name: 'settlement', version: '0.3.0', build: '0'.repeat(16) };
    sealRun(run, manifest);
    const { differences } = await verifyRun(run);
    expect(differences.map(({ file }) => file)).toContain('notices.csv');
    expect(differences.map(({ key }) => key)).toEqual(expect.arrayContaining(['', 'inputs[0]']));
  });

  test('the first two name neither the digest of the program nor the database', async () => {
    run = buildRun('01-scope', { version: '0.2.0' });
    expect(readManifest(run)).toMatchObject({ program: { name: 'settlement', version: '0.2.0' } });
    expect(readManifest(run).database).toBeUndefined();
    await expectSound(run);
    const manifest = readManifest(run);
    manifest.program.build = '0123456789abcdef';
    sealRun(run, manifest);
    expect((await verifyRun(run)).differences.map(({ key }) => key)).toContain('program');
  });

  test.each<[string, (manifest: Manifest) => void, string]>([
    ['no digest of the program', ({ program }) => delete program.build, 'program.build'],
    ['one of 15 digits', ({ program }) => Object.assign(program, { build: 'a'.repeat(15) }), 'program.build'],
    ['one of 65 digits', ({ program }) => Object.assign(program, { build: 'a'.repeat(65) }), 'program.build'],
    ['one in capitals', ({ program }) => Object.assign(program, { build: 'A'.repeat(16) }), 'program.build'],
    ['another digest', ({ program }) => Object.assign(program, { build: 'f'.repeat(16) }), 'run_id'],
    ['no database', (manifest) => delete manifest.database, 'database'],
    ["a programme that isn't the policy's", (manifest) => Object.assign(manifest, { programme: 'mall' }), 'programme'],
    ['a database without a version', (manifest) => Object.assign(manifest, { database: 'DuckDB' }), 'database'],
  ])('of every other, %s is found', async (_what, change, key) => {
    run = buildRun('01-scope');
    await expectSound(run);
    const manifest = readManifest(run);
    change(manifest);
    writeSealed(run, manifest);
    expect((await verifyRun(run)).differences.map((difference) => difference.key)).toContain(key);
  });

  test.each([
    ['16 digits', 'a'.repeat(16)],
    ['64 digits', '0'.repeat(64)],
  ])('a digest may have %s', async (_what, build) => {
    run = buildRun('01-scope');
    const manifest = readManifest(run);
    manifest.program.build = build;
    sealRun(run, manifest);
    await expectSound(run);
  });

  test('another database is no difference, and no other run', async () => {
    run = buildRun('01-scope');
    const manifest = readManifest(run);
    const { run_id } = manifest;
    manifest.database = 'DuckDB 1.4.4';
    sealRun(run, manifest);
    expect(readManifest(run).run_id).toBe(run_id);
    await expectSound(run);
  });
});
