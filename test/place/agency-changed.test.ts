import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agenciesChanged } from '../../src/place/agency-changed.js';
import { closeOf } from './closed.js';
import { type Loaded, warehouseOf } from './memory.js';

/** Anchors of closed periods that have another agency now. */

const POLICY = { id: 'p', sha256: 'p' };
const anchors = (rows: Record<string, string>, more: Partial<Loaded> = {}): Loaded => ({
  ...{ at: '2023-12-01 00:00:00', kind: 'anchors', rows: Object.entries(rows) },
  ...more,
});

async function changed(closes: Parameters<typeof agenciesChanged>[1], ...loads: Loaded[]) {
  const { warehouse, scratch } = await warehouseOf(...loads);
  return agenciesChanged(warehouse, closes, scratch);
}
const told = async (...given: Parameters<typeof changed>): Promise<string[]> =>
  (await changed(...given)).map(({ subject, value }) => `${subject} ${value}`);

test('another, none now, none then; the same, and one that nobody exports any more, are not told', async () => {
  const closed = closeOf('2023-11', POLICY, { a1: 'g1', a2: 'g1', a3: '', a4: 'g1', a5: '', a6: 'g1' });
  const now = anchors({ a1: 'g2', a2: '', a3: 'g1', a4: 'g1', a5: '', a7: 'g9' });
  expect(await told([closed], now)).toEqual(['a1 g1;g2', 'a2 g1;', 'a3 ;g1']);
  expect(await told([], now)).toEqual([]);
});

test('the anchors that stand count: the latest file’s row, and none of a file that was replaced', async () => {
  const closed = closeOf('2023-11', POLICY, { a1: 'g1', a2: 'g1' });
  expect(await told([closed], anchors({ a1: 'g2', a2: 'g2' }), anchors({ a1: 'g1' }))).toEqual(['a2 g1;g2']);
  expect(await told([closed], anchors({ a1: 'g1', a2: 'g1' }), anchors({ a1: 'g2' }, { replaced: true }))).toEqual([]);
});

test('the last revision of a period counts; of several periods each other agency is told once', async () => {
  const first = closeOf('2023-11', POLICY, { a1: 'g1' });
  const second = closeOf('2023-11', POLICY, { a1: 'g2' });
  expect(await told([first, second], anchors({ a1: 'g2' }))).toEqual([]);
  const october = closeOf('2023-10', POLICY, { a1: 'g2' });
  const september = closeOf('2023-09', POLICY, { a1: 'g1' });
  const found = await changed([september, october, first, second], anchors({ a1: 'g3' }));
  expect(found.map(({ subject, value }) => `${subject} ${value}`)).toEqual(['a1 g1;g3', 'a1 g2;g3']);
  expect(found[0]?.message).toContain(
    'a1 has g3 now and had g1 in the closed period 2023-09-01 to 2023-09-28: what was paid stays with g1, and so does what comes late.',
  );
  expect(found[0]?.message).toContain('To pay g3 instead, run that period again with --transfer');
  expect(found[1]?.message).toContain('in 2 closed periods, the last 2023-11-01 to 2023-11-28');
});

test('an anchor that the last revision lacks is held against the last one that has it', async () => {
  const revision = (number: number, closeNo: number, rows: Record<string, string>) => {
    const found = closeOf('2023-11', POLICY, rows);
    return { ...found, close: { ...found.close, revision: number, close_no: closeNo } };
  };
  const october = closeOf('2023-10', POLICY, { a1: 'g9' });
  const closes = [
    revision(1, 1, { a1: 'g1', a2: 'g1', a3: 'g1' }),
    { ...october, close: { ...october.close, close_no: 2 } },
    revision(2, 3, { a1: 'g2', a2: '' }),
    revision(3, 4, { a1: 'g2' }),
  ];
  const now = anchors({ a1: 'g2', a2: 'g2', a3: 'g2' });
  expect(await told(closes, now)).toEqual(['a1 g9;g2', 'a2 ;g2', 'a3 g1;g2']);
});

test('what it is', async () => {
  const closed = closeOf('2023-11', POLICY, { a1: 'g1' });
  expect(await changed([closed], anchors({ a1: '' }))).toMatchObject([
    { code: 'agency_changed', severity: 'attention', file: '', subject: 'a1', count: null, value: 'g1;' },
  ]);
  rmSync(closed.path.replace('close.json', 'settlement.csv'));
  await expect(changed([closed], anchors({ a1: '' }))).rejects.toThrow(/ENOENT/);
});
