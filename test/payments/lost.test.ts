import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { restoreCloses } from '../../src/closing/restore.js';
import { verifyPayments } from '../../src/commands/payments.js';
import { rebuild } from '../../src/commands/rebuild.js';
import { verifyAll } from '../../src/commands/verify.js';
import { showPayment } from '../../src/paying/show.js';
import { type PaymentBatch, sha256Of } from '../../src/payments/batch.js';
import { hold } from '../../src/warehouse/hold.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { contentOf, SILENT } from '../support/workspace.js';
import { at, paidMonths, payIn, places } from './place.js';

/** The warehouse is lost, and with it batches of payments: a rebuild can't know them, and nobody is paid twice by it. */

const TODAY = at('2024-01-20');
const payments = (folder: string): string => join(places(folder).out, '_payments');
const batchOf = (folder: string, number: number): PaymentBatch =>
  JSON.parse(readFileSync(join(payments(folder), `content-live/000${number}/batch.json`), 'utf8'));
const lose = (folder: string): void => {
  for (const file of [places(folder).warehouse, `${places(folder).warehouse}.head`]) rmSync(file);
};
const again = (folder: string, day = TODAY) => rebuild({ ...places(folder), input: [join(folder, 'exports')] }, day);
const mayBePaid = {
  code: 'differs',
  exit: 6,
  message: expect.stringMatching(/close 1 of content-live .*\(and 2 more\) may have been paid already/),
  details: { mend: expect.stringMatching(/_payments back .*close --restore.*--after-loss/) },
};

test('all of them: it is told, and a person says which closes were paid and which were not', DEEP, async () => {
  const { folder } = await paidMonths();
  const before = [1, 2, 3].map((number) => batchOf(folder, number).totals);
  lose(folder);
  rmSync(payments(folder), { recursive: true });
  const made = await again(folder);
  expect(made.answer).toMatchObject({
    payments: 0,
    losses: [{ programme: 'content-live', batches: 0, closes: [{ close_no: 1 }, { close_no: 2 }, { close_no: 3 }] }],
  });
  expect(made.text()).toMatch(/Unpaid {3}content-live: close 1, 2, 3 stands in no batch; .*no batch of it/);
  await expect(payIn(folder, '2024-01-21')).rejects.toMatchObject(mayBePaid);
  await expect(payIn(folder, '2024-01-21', { afterLoss: ' ' })).rejects.toMatchObject({ code: 'usage' });
  await expect(payIn(folder, '2024-01-21', { afterLoss: 'x', upTo: '9' })).rejects.toMatchObject({
    code: 'usage',
    message: 'there is no close 9',
  });
  expect(readdirSync(join(payments(folder), 'content-live'))).toEqual(['losses']);
  const paid = 'paid on 6 December, statement 118';
  await payIn(folder, '2024-01-21', { afterLoss: paid, upTo: '1' });
  await payIn(folder, '2024-01-21', { afterLoss: 'paid on 16 December', upTo: '2' });
  const last = await payIn(folder, '2024-01-21', { afterLoss: 'never paid', minimumPayout: '5.01' });
  expect(batchOf(folder, 1).after_loss).toEqual({ reason: paid, closes: [1] });
  expect([1, 2, 3].map((number) => batchOf(folder, number).totals)).toEqual(before);
  expect((await showPayment(last, { ...places(folder), lang: 'zh' }, TODAY)).text()).toContain(
    '第 3 号关账可能曾在已丢失的批次中；列入本批次的原因：never paid',
  );
  expect((await verifyPayments(undefined, places(folder))).answer).toMatchObject({ count: 0 });
  expect((await verifyAll(places(folder).out, TODAY)).exit).toBe(0);
  await expect(payIn(folder, '2024-01-22', { afterLoss: 'from habit', minimumPayout: '0.01' })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/no close is in question/),
  });
});

describe('an older warehouse is put in the place of one that is lost', () => {
  const forgetting = (folder: string) =>
    hold(places(folder).warehouse, [], {}, SILENT, async ({ warehouse }) => {
      await warehouse.run('DELETE FROM close_record WHERE close_no = 3');
      await warehouse.run('DELETE FROM payment_file');
    });
  const markOf = (path: string): string => {
    const runDir = dirname(path);
    return join(dirname(runDir), `.closing-${sha256Of(readFileSync(path))}`);
  };

  test('with the batches: a close that it takes in is in question', async () => {
    const { folder, closed } = await paidMonths();
    rmSync(payments(folder), { recursive: true });
    await forgetting(folder);
    const { answer, text } = await restoreCloses(places(folder), TODAY);
    expect(answer).toMatchObject({
      restored: [{ close_no: 3, into: 'warehouse' }],
      losses: [{ programme: 'content-live', batches: 0, closes: [{ close_no: 3 }] }],
    });
    expect(text()).toMatch(/Unpaid {3}content-live: close 3 stands in no batch/);
    await expect(payIn(folder, '2024-01-21')).rejects.toMatchObject({
      message: expect.stringMatching(/^close 3 of .* may have been paid already: when the warehouse took it in/),
    });
    const again = closeAccepted(closed[2] as string, { ...places(folder), by: 'Wang Li' }, TODAY);
    await expect(again).rejects.toMatchObject({ exit: 6 });
  });

  test('without its batch: a close that somebody closes again is not taken in unseen', DEEP, async () => {
    const { folder, closed } = await paidMonths();
    rmSync(payments(folder), { recursive: true });
    await forgetting(folder);
    const again = closeAccepted(closed[2] as string, { ...places(folder), by: 'Wang Li' }, TODAY);
    await expect(again).rejects.toMatchObject({
      exit: 6,
      message: expect.stringMatching(/close 3 .* stands in .* and not in the warehouse/),
    });
  });

  test('of a close that was killed nothing can have been paid', DEEP, async () => {
    const { folder, closed } = await paidMonths();
    rmSync(payments(folder), { recursive: true });
    await forgetting(folder);
    const mark = markOf(join(closed[2] as string, 'close.json'));
    writeFileSync(mark, '');
    const { answer } = await restoreCloses(places(folder), TODAY);
    expect(answer).toMatchObject({ restored: [{ close_no: 3 }], losses: [] });
    expect(existsSync(mark)).toBe(false);
  });
});

test('the last of them: only its closes are in question, and once it is back none are', DEEP, async () => {
  const { folder } = await paidMonths();
  lose(folder);
  renameSync(join(payments(folder), 'content-live/0003'), join(folder, 'batch-3'));
  const { answer } = await again(folder);
  expect(answer).toMatchObject({ payments: 6, losses: [{ batches: 2, closes: [{ close_no: 3 }] }] });
  await expect(payIn(folder, '2024-01-21')).rejects.toMatchObject({ message: expect.stringMatching(/^close 3 of/) });
  cpSync(join(folder, 'batch-3'), join(payments(folder), 'content-live/0003'), { recursive: true });
  await restoreCloses(places(folder), TODAY);
  await expect(payIn(folder, '2024-01-21', { minimumPayout: '5.01' })).rejects.toMatchObject({
    message: expect.stringMatching(/is in a batch already/),
  });
  expect((await verifyAll(places(folder).out, TODAY)).exit).toBe(0);
});

test('what was found is found once, and comes back with the folder or the warehouse', DEEP, async () => {
  const { folder } = await paidMonths();
  const kept = join(folder, 'kept');
  renameSync(payments(folder), kept);
  lose(folder);
  await again(folder);
  const found = contentOf(payments(folder));
  lose(folder);
  expect((await again(folder, at('2024-01-25'))).answer).toMatchObject({ payments: 1, losses: [] });
  expect(contentOf(payments(folder))).toEqual(found);
  await expect(payIn(folder, '2024-01-26')).rejects.toMatchObject(mayBePaid);
  rmSync(payments(folder), { recursive: true });
  await expect(payIn(folder, '2024-01-26')).rejects.toMatchObject({
    message: expect.stringMatching(/losses\/[0-9a-f]{16}\.json stands in the warehouse/),
  });
  cpSync(kept, payments(folder), { recursive: true });
  await restoreCloses(places(folder), TODAY);
  expect(existsSync(join(payments(folder), 'content-live/losses'))).toBe(true);
  await expect(payIn(folder, '2024-01-26', { minimumPayout: '5.01' })).rejects.toMatchObject({
    message: expect.stringMatching(/is in a batch already/),
  });
  expect((await verifyPayments(undefined, places(folder))).answer).toMatchObject({ count: 0 });
});

test('a batch of such closes without a word, or with one where nothing was lost, is found', DEEP, async () => {
  const { folder } = await paidMonths();
  const path = join(payments(folder), 'content-live/0003/batch.json');
  const batch = batchOf(folder, 3);
  const rewritten = (change: Partial<PaymentBatch>): void => {
    chmodSync(path, 0o644);
    writeFileSync(path, `${JSON.stringify({ ...batch, ...change }, null, 2)}\n`);
  };
  const found = async () => (await verifyPayments('3', places(folder))).answer;
  rewritten({ after_loss: { reason: 'why not', closes: [3] } });
  expect(await found()).toMatchObject({ count: 1 });
  rewritten({});
  const loss = `${JSON.stringify({ programme: 'content-live', found_at: batch.made_at, batches: 2, closes: batch.closes })}\n`;
  const losses = join(payments(folder), 'content-live/losses');
  cpSync(join(payments(folder), 'content-live/0001'), losses, { recursive: true });
  for (const name of readdirSync(losses)) rmSync(join(losses, name));
  writeFileSync(join(losses, `${sha256Of(loss).slice(0, 16)}.json`), loss);
  expect(await found()).toMatchObject({ count: 1 });
  rewritten({ after_loss: { reason: ' ', closes: [3] } });
  expect(await found()).toMatchObject({ count: 1 });
  rewritten({ after_loss: { reason: 'never paid', closes: [3] } });
  expect(await found()).toMatchObject({ count: 0 });
});
