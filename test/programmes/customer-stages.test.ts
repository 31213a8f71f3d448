import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyRun } from '../../src/runs/verify-run.js';
import { DEEP } from '../support/deep.js';
import { OTHERS } from '../support/programmes.js';
import { seeded } from '../support/seeded.js';
import { settle, workspace, write } from '../support/workspace.js';

/** K1 to K7: stages of customers. The rules have their cases beside the SQL; here whole runs are held against the stranger. */

const { policy = '', exports = '' } = OTHERS.find(({ programme }) => programme.name === 'customer-stages') ?? {};
const lines = (file: string): string[] => readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);

test('the sample’s funnel, and what it is as of an earlier day', async () => {
  const folder = workspace();
  const { runDir } = await settle({ policy, input: exports, out: join(folder, 'out') });
  expect(lines(join(runDir, 'funnel.csv'))).toEqual([
    'customer,8,2',
    'potential,6,2',
    'reached,5,2',
    'handshake,3,1',
    'intent,1,1',
    'order,2,0',
    'repeat,1,0',
  ]);
  const earlier = await settle({ policy, input: exports, out: join(folder, 'earlier'), asOf: '2022-09-10' });
  expect(await verifyRun(earlier.runDir)).toMatchObject({ count: 0 });
  expect(earlier.manifest.totals).toMatchObject({ intent: 0, ordered: 0, repeated: 0 });
});

/** Times around the edges of every window as of 30 September. */
const at = fc.constantFrom(
  ...[
    '2021-01-01 00:00:00',
    '2022-04-03 23:59:59',
    '2022-04-04 00:00:00',
    '2022-08-31 23:59:59',
    '2022-09-01 00:00:00',
  ],
  ...['2022-09-01 00:00:01', '2022-09-10 12:00:00', '2022-09-30 23:59:59', '2022-10-01 00:00:00'],
);
const flag = fc.constantFrom('Y', 'N', '');
const id = fc.constantFrom('k1', 'k2', 'k3', 'k4', '1234567890123456789');
const drawn = fc.record({
  customers: fc.uniqueArray(
    fc.record({
      id,
      filed: flag,
      follower: flag,
      binned: fc.constantFrom('', '', 'N', 'Y'),
      l1: flag,
      active: fc.oneof(at, fc.constant('')),
    }),
    { selector: (each) => each.id, maxLength: 5 },
  ),
  visits: fc.array(
    fc.record({ id, kind: fc.constantFrom('visit', '加购', 'favourite', 'follow', '询盘', 'other'), at }),
    { maxLength: 12 },
  ),
  contacts: fc.array(fc.record({ id, at, delivered: flag, replied: fc.oneof(at, fc.constant('')) }), { maxLength: 10 }),
  orders: fc.array(fc.record({ id, at }), { maxLength: 8 }),
  asOf: fc.constantFrom('2022-09-01', '2022-09-10', '2022-09-30'),
});

async function agree(runs: number): Promise<void> {
  const csv = (head: string, rows: readonly (readonly string[])[]) =>
    `${[head, ...rows.map((row) => row.join())].join('\n')}\n`;
  await fc.assert(
    fc.asyncProperty(drawn, async ({ customers, visits, contacts, orders, asOf }) => {
      const folder = write(workspace(), {
        'customers.csv': csv(
          'customer_id,filed,follower,binned,l1_plus,active_at',
          customers.map((each) => [each.id, each.filed, each.follower, each.binned, each.l1, each.active]),
        ),
        'customer_visits.csv': csv(
          'visit_id,customer_id,kind,happened_at',
          visits.map((each, n) => [`v${n}`, each.id, each.kind, each.at]),
        ),
        'customer_contacts.csv': csv(
          'contact_id,customer_id,channel,sent_at,delivered,replied_at',
          contacts.map((each, n) => [`c${n}`, each.id, 'EDM', each.at, each.delivered, each.replied]),
        ),
        'customer_orders.csv': csv(
          'order_id,customer_id,ordered_at',
          orders.map((each, n) => [`o${n}`, each.id, each.at]),
        ),
      });
      const { runDir } = await settle({ policy, input: folder, out: join(folder, 'out'), asOf });
      expect((await verifyRun(runDir)).differences).toEqual([]);
    }),
    seeded(runs),
  );
}

test('random months are judged as the second implementation judges them', () => agree(3));
test('a hundred of them', { ...DEEP, timeout: 600_000 }, () => agree(100));
