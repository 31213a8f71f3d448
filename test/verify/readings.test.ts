import { afterEach, describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import { buildRun, type Manifest, readManifest, remove, sealRun } from '../support/case-run.js';

/** What the manifest says of how a file was read, where another system calls columns and words otherwise. */

let run = '';
afterEach(() => remove(run));

type Reading = NonNullable<Manifest['inputs'][number]['reading']>;

/** What differs where the sessions of a case were read so. */
async function keysWith(more: object): Promise<string[]> {
  run = buildRun('08-valid-day');
  const manifest = readManifest(run);
  const input = manifest.inputs.find(({ kind }) => kind === 'sessions') as Manifest['inputs'][number];
  const entries = Object.entries({ ...input.reading, ...more }).sort(([a], [b]) => (a < b ? -1 : 1));
  input.reading = Object.fromEntries(entries) as unknown as Reading;
  sealRun(run, manifest);
  return (await verifyRun(run)).differences.map(({ key }) => key.replace(/^inputs\[\d+\]\./, ''));
}

describe('is sound', () => {
  test.each([
    ['a name of a column', { columns: { '停留时长(分钟)': 'rec_dwell_minutes' } }],
    ['words of flags', { words: { settleable: { 不可: 'N', 可: 'Y' }, suspended: { 停: 'Y' } } }],
    ['both', { columns: { 单价: 'unit_price' }, words: { settleable: { 可: '是' } } }],
    ['numbers, which come first', { words: { settleable: { '7': 'Y', '10': 'N', a: 'Y' } } }],
  ])('%s', async (_, reading) => {
    expect(await keysWith(reading)).toEqual([]);
  });
});

describe('differs', () => {
  test.each<[what: string, reading: object, key: string]>([
    ['a name of no column of the kind', { columns: { 昵称: 'nickname' } }, 'reading.columns.昵称'],
    ['a column that another is called', { columns: { track: 'unit_price' } }, 'reading.columns'],
    ['no name at all', { columns: {} }, 'reading.columns'],
    ['names that are no object', { columns: 'track' }, 'reading.columns'],
    ['names out of order', { columns: { b: 'track', a: 'unit_price' } }, 'reading.columns'],
    ['words of no column', { words: { status: { a: 'upheld' } } }, 'reading.words'],
    ['words without any', { words: { settleable: {} } }, 'reading.words.settleable'],
    ['a word that means nothing', { words: { settleable: { a: ' ' } } }, 'reading.words.settleable.a'],
    ['a key that nobody knows', { letters: 'x' }, 'reading'],
  ])('%s', async (_, reading, key) => {
    expect(await keysWith(reading)).toContain(key);
  });
});
