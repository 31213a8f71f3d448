import { chmodSync, cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreCloses } from '../../src/closing/restore.js';
import { book } from '../../src/commands/book.js';
import { load } from '../../src/commands/load.js';
import { verifyPayments } from '../../src/commands/payments.js';
import { prune } from '../../src/commands/prune.js';
import { rebuild } from '../../src/commands/rebuild.js';
import { verifyAll } from '../../src/commands/verify.js';
import { reviewBatch, reviewClose } from '../../src/paying/review.js';
import { listPayments, showPayment } from '../../src/paying/show.js';
import { sha256Of } from '../../src/payments/batch.js';
import { verifyBatch } from '../../src/verify/payments/verify-batch.js';
import { hold } from '../../src/warehouse/hold.js';
import { sheetsOf } from '../book/reading.js';
import { DEEP } from '../support/deep.js';
import { contentOf, overwrite, write } from '../support/workspace.js';
import { at, paidMonths, payIn, places } from './place.js';

const TODAY = at('2024-01-20');
const batchDir = (folder: string, number: number): string =>
  join(places(folder).out, '_payments/content-live', String(number).padStart(4, '0'));
const csv = (folder: string, number: number, name: 'payments' | 'withheld'): string[] =>
  readFileSync(join(batchDir(folder, number), `${name}.csv`), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
const differs = (message: RegExp, mend = /./) => ({
  ...{ code: 'differs', exit: 6, message: expect.stringMatching(message) },
  details: { mend: expect.stringMatching(mend) },
});

test('what is owed is carried until it is recovered, and what is less than the minimum until it is worth paying', async () => {
  const { folder, batches } = await paidMonths();
  expect(batches.map((id) => id.slice(0, 18))).toEqual([
    'content-live/0001-',
    'content-live/0002-',
    'content-live/0003-',
  ]);
  expect(csv(folder, 1, 'payments')).toEqual([
    'agency,12,,,,20.00,0.00,0.00,0.00,20.00,0.00,',
    'anchor,12,,,,10.00,0.00,0.00,0.00,10.00,0.00,',
  ]);
  expect(csv(folder, 1, 'withheld')).toEqual([]);
  expect(csv(folder, 2, 'payments')).toEqual(['agency,12,,,,0.00,0.00,-20.00,0.00,0.00,-20.00,owes']);
  expect(csv(folder, 2, 'withheld')).toEqual(['agency,12,2,a1,2023-11-05,watch_time,-20.00,owed,2,,']);
  expect(csv(folder, 3, 'payments')).toEqual([
    'agency,12,,,,25.00,0.00,0.00,-20.00,0.00,5.00,below_minimum;recovered',
    'anchor,12,,,,5.00,0.00,0.00,0.00,0.00,5.00,below_minimum',
  ]);
  expect(csv(folder, 3, 'withheld')).toEqual([
    'agency,12,2,a1,2023-11-05,watch_time,-20.00,owed,2,3,3:a1::total',
    'agency,12,3,a1,,total,5.00,below_minimum,3,,',
    'agency,12,3,a1,,total,20.00,offset,3,3,2:a1:2023-11-05:watch_time',
    'anchor,12,3,12,,total,5.00,below_minimum,3,,',
  ]);
  await expect(
    payIn(folder, '2024-01-07', { minimumPayout: '5.01' }),
    'nothing new, and nothing that may be paid',
  ).rejects.toMatchObject(
    differs(
      /every closed revision is in a batch already \(content-live: batch 3, made at 2024-01-06 12:00:00 by Wang Li\)/,
      /payments list/,
    ),
  );
  write(join(folder, 'exports'), { 'payees.csv': 'payee_type,payee_id,name,account\nagency,12,"=Ltd, ""M""",0012\n' });
  await load(join(folder, 'exports'), places(folder), TODAY);
  await payIn(folder, '2024-01-08', { minimumPayout: '5.00' });
  expect(csv(folder, 4, 'payments')).toEqual([
    `agency,12,"'=Ltd, ""M""",,0012,0.00,0.00,0.00,5.00,5.00,0.00,released`,
    'anchor,12,,,,0.00,0.00,0.00,5.00,5.00,0.00,released;no_account',
  ]);
  expect(await verifyPayments(undefined, places(folder))).toMatchObject({ exit: 0, answer: { count: 0 } });
  expect(await verifyAll(places(folder).out, TODAY)).toMatchObject({ exit: 0, answer: { batches: 4, closes: 3 } });
  const { text, answer } = await showPayment('4', { ...places(folder), lang: 'zh' }, TODAY);
  expect(text()).toMatch(/类型（机构\/个人）.*本次实付[\s\S]*含此前留存的款项；没有登记账号/);
  expect(`${text()}${JSON.stringify(answer)}`).not.toContain('0012,');
  expect(answer).toMatchObject({
    payees: [
      { payee_type: 'agency', has_account: true },
      { payee_type: 'anchor', has_account: false },
    ],
  });
});

test("the book of a paid run shows its batch's lines, to the fen, and no account", async () => {
  const { folder, closed } = await paidMonths();
  const { out } = places(folder);
  const sheet = async (run: string, name: string, more: object) => {
    const path = join(folder, `${name}.xlsx`);
    await book(run, { runs: out, out: path, lang: 'zh', ...more }, TODAY, {});
    return (await sheetsOf(path)).get('付款');
  };
  const found = await sheet(closed[2] as string, 'all', {});
  const row = (number: number): string[] =>
    [...'ABCDEFGHIJ'].map((column) => found?.cells.get(`${column}${number}`)?.text ?? '');
  expect(row(1)[0]).toMatch(/^付款 · 批次 content-live\/0003-[0-9a-f]{16}，Wang Li 于 2024-01-06 12:00:00 制单$/);
  expect(row(4)).toEqual([
    '收款方',
    '户名',
    '类型（机构/个人）',
    '本期应付',
    '往期补付',
    '往期扣回',
    '上次结转',
    '结转未抵',
    '本次实付',
    '备注',
  ]);
  expect(row(5)).toEqual([
    '12',
    '',
    '机构',
    '25.00',
    '0.00',
    '0.00',
    '-20.00',
    '5.00',
    '0.00',
    '未达最低付款额，留待下次；已从本次应付中抵扣欠款',
  ]);
  expect(row(6)).toEqual([
    '12',
    '',
    '个人',
    '5.00',
    '0.00',
    '0.00',
    '0.00',
    '5.00',
    '0.00',
    '未达最低付款额，留待下次',
  ]);
  expect(row(3).slice(3, 9)).toEqual(['30.00', '0.00', '0.00', '-20.00', '10.00', '0.00']);
  const own = await sheet(closed[2] as string, 'agency', { agency: '12' });
  expect([own?.cells.get('C5')?.text, own?.cells.get('C6')]).toEqual(['机构', undefined]);
  const lone = await sheet(closed[2] as string, 'lone', { agency: '_independent' });
  expect([lone?.cells.get('C5')?.text, lone?.cells.get('C6')]).toEqual(['个人', undefined]);
  rmSync(join(out, '_payments/content-live/0003'), { recursive: true });
  expect(await sheet(closed[2] as string, 'unpaid', {}), 'no batch pays it').toBe(undefined);
});

test('a review is of just this batch, by another person, and once', async () => {
  const { folder, batches } = await paidMonths();
  const [first = '', second = ''] = batches;
  const review = (id: string, by: string) => reviewBatch(id, { ...places(folder), by }, TODAY);
  await expect(review('content-live/0001', 'Zhao Min')).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('does not say which batch was looked at'),
  });
  await expect(review(`${first.slice(0, -16)}0123456789abcdef`, 'Zhao Min')).rejects.toMatchObject(
    differs(/is not the batch that stands there: that is content-live\/0001-/, /Look at it again/),
  );
  for (const name of [
    'Wang Li',
    ' wang  li',
    'ＷＡＮＧ　Li',
    'Wang\u200bLi',
    'Wang\u2800Li',
    'Wa\u034fng\u3164Li\ufe0f',
  ])
    await expect(review(first, name)).rejects.toMatchObject(differs(/nobody reviews their own/, /another person/));
  for (const nobody of ['\u200b', '\u2800', '\ufe0f', ' '])
    await expect(review(first, nobody)).rejects.toMatchObject({ code: 'usage' });
  await review(first, 'Zhao Min');
  await expect(review(first, 'Chen')).rejects.toMatchObject(
    differs(/was reviewed by Zhao Min at 2024-01-20 12:00:00 already/),
  );
  const { answer } = await listPayments(places(folder), TODAY);
  expect(answer).toMatchObject({
    batches: [{ review: { reviewed_by: 'Zhao Min' } }, { review: null }, { review: null }],
  });
  cpSync(join(batchDir(folder, 1), 'review.json'), join(batchDir(folder, 2), 'review.json'));
  await expect(review(second, 'Zhao Min')).rejects.toMatchObject(
    differs(/0002\/review\.json stands in the output folder, and not in the warehouse/),
  );
  expect(verifyBatch(batchDir(folder, 2)).differences).toContainEqual(
    expect.objectContaining({ file: 'review.json', key: 'sha256' }),
  );
});

test('with four eyes a close is paid once another person has reviewed it', DEEP, async () => {
  const { folder, closed } = await paidMonths();
  rmSync(join(places(folder).out, '_payments'), { recursive: true });
  await hold(places(folder).warehouse, [], {}, TODAY, ({ warehouse }) => warehouse.run('DELETE FROM payment_file'));
  const pay = () => payIn(folder, '2024-01-21', { fourEyes: true });
  const review = (run: string | undefined, by: string) => reviewClose(run as string, { ...places(folder), by }, TODAY);
  await expect(pay()).rejects.toMatchObject(
    differs(/^close 1 .* was not reviewed \(and 2 more\)/, /settle close 2023-11-30-\w+ --review --by NAME/),
  );
  await expect(review(closed[0], 'wang li')).rejects.toMatchObject(differs(/nobody reviews their own/));
  for (const run of closed) await review(run, 'Zhao Min');
  await expect(review(closed[0], 'Chen')).rejects.toMatchObject(differs(/was reviewed by Zhao Min .* already/));
  await pay();
  const { out } = places(folder);
  expect(await verifyAll(out, TODAY)).toMatchObject({ exit: 0, answer: { batches: 1 } });
  const [first = '', second = ''] = readdirSync(join(out, '_payments/content-live/reviews')).map((name) =>
    join(out, '_payments/content-live/reviews', name),
  );
  const reviews = [first, second].map((path) => readFileSync(path, 'utf8'));
  overwrite(first, (reviews[0] as string).replace('Zhao Min', 'WANG LI'));
  overwrite(second, reviews[0] as string);
  const { answer } = await verifyAll(out, TODAY);
  expect(answer).toMatchObject({
    differences: [
      { file: expect.stringMatching(/^close-1-/), key: 'reviewed_by', found: 'WANG LI' },
      { file: expect.stringMatching(/^close-2-/), key: 'sha256' },
    ],
  });
  expect(csv(folder, 1, 'payments')).toEqual([
    'agency,12,,,,45.00,0.00,-20.00,0.00,25.00,0.00,recovered',
    'anchor,12,,,,15.00,0.00,0.00,0.00,15.00,0.00,',
  ]);
});

test('what folder and warehouse have not alike is paid on by nobody, and restored', DEEP, async () => {
  const { folder, batches } = await paidMonths();
  const { out, warehouse } = places(folder);
  const before = contentOf(join(out, '_payments'));
  const restore = () => restoreCloses(places(folder), TODAY);
  await reviewBatch(batches[0] as string, { ...places(folder), by: 'Zhao Min' }, TODAY);
  const after = contentOf(join(out, '_payments'));
  expect(Object.keys(after).length).toBe(Object.keys(before).length + 1);
  renameSync(batchDir(folder, 2), join(folder, 'gone'));
  await expect(payIn(folder, '2024-01-21')).rejects.toMatchObject(
    differs(/0002\/batch\.json stands in the warehouse, and is gone .*\(and 2 more\)/, /close --restore/),
  );
  const notes: string[] = [];
  await expect(listPayments(places(folder), { ...TODAY, note: (line) => notes.push(line) })).rejects.toMatchObject(
    differs(/chain of payments is broken/),
  );
  expect(notes).toEqual([expect.stringMatching(/nothing is paid until that is mended/)]);
  expect((await restore()).text()).toMatch(/0002\/batch\.json: written into the output folder/);
  expect(contentOf(join(out, '_payments'))).toEqual(after);
  await hold(warehouse, [], {}, TODAY, (held) =>
    held.warehouse.run("DELETE FROM payment_file WHERE path LIKE '%0001%' OR path LIKE '%0003%'"),
  );
  await expect(payIn(folder, '2024-01-21')).rejects.toMatchObject(
    differs(/stands in the output folder, and not in the warehouse/),
  );
  expect((await restore()).answer).toMatchObject({
    payments: expect.arrayContaining([expect.objectContaining({ into: 'warehouse' })]),
  });
  const path = join(batchDir(folder, 3), 'payments.csv');
  chmodSync(path, 0o644);
  writeFileSync(path, readFileSync(path, 'utf8').replace('below_minimum\n', '\n'));
  for (const refused of [restore, () => payIn(folder, '2024-01-21')])
    await expect(refused()).rejects.toMatchObject(
      differs(/is one thing in the output folder and another in the warehouse/),
    );
});

test('a batch that somebody made is no payment: it is not taken in, reviewed or restored', async () => {
  const { folder, batches } = await paidMonths();
  const { out } = places(folder);
  const [last, forged] = [batchDir(folder, 3), join(out, '_payments/content-live/0004')];
  cpSync(last, forged, { recursive: true });
  const before = readFileSync(join(last, 'batch.json'));
  const batch = { ...JSON.parse(before.toString()), batch_no: 4, closes: [] };
  overwrite(
    join(forged, 'batch.json'),
    `${JSON.stringify({ ...batch, previous: { batch_no: 3, sha256: sha256Of(before) } }, null, 2)}\n`,
  );
  const alone = differs(/0004\/batch\.json stands in the output folder, and not in the warehouse/);
  await expect(payIn(folder, '2024-01-21')).rejects.toMatchObject(alone);
  const review = reviewBatch(batches[0] as string, { ...places(folder), by: 'Zhao Min' }, TODAY);
  await expect(review).rejects.toMatchObject(alone);
  await expect(restoreCloses(places(folder), TODAY)).rejects.toMatchObject(
    differs(/0004-\w+ is not what its closes come to/, /payments verify/),
  );
  rmSync(forged, { recursive: true });
  await reviewBatch(batches[0] as string, { ...places(folder), by: 'Zhao Min' }, TODAY);
});

test('a review by who made the batch, put there by hand, is not taken in', DEEP, async () => {
  const { folder, batches } = await paidMonths();
  const [first = ''] = batches;
  await reviewBatch(first, { ...places(folder), by: 'Zhao Min' }, TODAY);
  const review = readFileSync(join(batchDir(folder, 1), 'review.json'), 'utf8');
  const own = {
    ...JSON.parse(review),
    number: 2,
    sha256: sha256Of(readFileSync(join(batchDir(folder, 2), 'batch.json'))),
    reviewed_by: 'WANG LI',
  };
  writeFileSync(join(batchDir(folder, 2), 'review.json'), `${JSON.stringify(own, null, 2)}\n`);
  await expect(payIn(folder, '2024-01-21', { minimumPayout: '0.01' })).rejects.toMatchObject(
    differs(/0002\/review\.json stands in the output folder, and not in the warehouse/),
  );
});

test('a review that is none of the batch is shown as none, in JSON as in words', DEEP, async () => {
  const { folder, batches } = await paidMonths();
  const review = {
    of: 'batch',
    number: 1,
    sha256: '0'.repeat(64),
    reviewed_at: '2023-12-07 10:00:00',
    reviewed_by: 'X',
  };
  writeFileSync(join(batchDir(folder, 1), 'review.json'), JSON.stringify(review));
  const { answer, text } = await showPayment(batches[0] as string, places(folder), TODAY);
  expect([answer, text()]).toEqual([
    expect.objectContaining({ review: null }),
    expect.stringMatching(/Not reviewed yet/),
  ]);
});

test('what somebody puts beside the batches is nobody’s payment', async () => {
  const { folder, batches } = await paidMonths();
  const { out } = places(folder);
  writeFileSync(join(out, '_payments/README.txt'), 'paid on the tenth');
  writeFileSync(join(batchDir(folder, 1), 'payments.xlsx'), 'PK');
  writeFileSync(join(batchDir(folder, 1), 'bank.csv'), 'a copy for the bank');
  await reviewBatch(batches[0] as string, { ...places(folder), by: 'Zhao Min' }, TODAY);
  await hold(places(folder).warehouse, [], {}, TODAY, async ({ warehouse }) => {
    expect(
      await warehouse.count("SELECT count(*) FROM payment_file WHERE path LIKE '%bank%' OR path LIKE '%README%'"),
    ).toBe(0);
  });
});

test('a lost warehouse takes the payments in again, and no run that is paid is pruned', DEEP, async () => {
  const { folder, closed } = await paidMonths();
  const { out, warehouse } = places(folder);
  for (const file of [warehouse, `${warehouse}.head`]) rmSync(file);
  const made = await rebuild({ ...places(folder), input: [join(folder, 'exports')] }, TODAY);
  expect(made.answer).toMatchObject({ payments: 9 });
  await expect(payIn(folder, '2024-01-21', { minimumPayout: '5.01' })).rejects.toMatchObject(
    differs(/is in a batch already/),
  );
  const { answer } = await prune({ ...places(folder), keepDays: '0' }, TODAY);
  expect(answer.deleted).toEqual([]);
  expect(answer.others).toEqual([]);
  for (const { run_dir, why } of answer.kept.filter((run) => closed.includes(run.run_dir)))
    expect([run_dir, why]).toEqual([run_dir, expect.arrayContaining(['closed', 'paid'])]);
  rmSync(join(batchDir(folder, 1), 'batch.json'));
  for (const file of [warehouse, `${warehouse}.head`]) rmSync(file);
  await expect(rebuild({ ...places(folder), input: [join(folder, 'exports')] }, TODAY)).rejects.toMatchObject(
    differs(/chain of payments is broken/),
  );
  expect(contentOf(out)).not.toEqual({});
});

/** Rewrites a batch's files, and seals them again. */
function forge(
  folder: string,
  number: number,
  change: (files: { payments: string; withheld: string; batch: Record<string, unknown> }) => void,
): void {
  const dir = batchDir(folder, number);
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
  const files = {
    payments: read('payments.csv'),
    withheld: read('withheld.csv'),
    batch: JSON.parse(read('batch.json')),
  };
  change(files);
  const tables = [['payments.csv', files.payments] as const, ['withheld.csv', files.withheld] as const];
  files.batch.files = tables.map(([file, text]) => ({
    file,
    sha256: sha256Of(text),
    rows: text.trimEnd().split('\n').length - 1,
  }));
  for (const [file, text] of tables) overwrite(join(dir, file), text);
  overwrite(join(dir, 'batch.json'), `${JSON.stringify(files.batch, null, 2)}\n`);
}

test.each<[string, number, Parameters<typeof forge>[2], RegExp]>([
  [
    'more is paid',
    3,
    (f) => {
      f.payments = f.payments.replace('0.00,5.00,below_minimum;recovered', '5.00,0.00,recovered');
    },
    /payments\.csv.*to_pay/,
  ],
  [
    'paid to another',
    1,
    (f) => {
      f.payments = f.payments.replace('agency,12', 'agency,13');
    },
    /agency,12/,
  ],
  [
    'a debt is forgotten',
    3,
    (f) => {
      f.payments = f.payments.replace('-20.00,0.00,5.00', '0.00,0.00,25.00');
      f.withheld = f.withheld
        .split('\n')
        .filter((line) => !line.includes('2023-11-05'))
        .join('\n');
    },
    /carried_in/,
  ],
  [
    'a close is left out',
    3,
    (f) => {
      f.batch.closes = [];
    },
    /payees|no line/,
  ],
  [
    'a close of another hash',
    1,
    (f) => {
      Object.assign((f.batch.closes as object[])[0] as object, { sha256: 'x' });
    },
    /close 1/,
  ],
  [
    'a close is paid again',
    3,
    (f) => {
      (f.batch.closes as unknown[]).push({ close_no: 1, revision: 1, policy_id: 'p', run_id: 'r', sha256: 'x' });
    },
    /close 1/,
  ],
  [
    'a batch before it is another',
    2,
    (f) => {
      f.batch.previous = { batch_no: 1, sha256: 'x' };
    },
    /0001\/batch\.json/,
  ],
  [
    'another minimum',
    3,
    (f) => {
      f.batch.minimum = '1.00';
    },
    /to_pay/,
  ],
  [
    'other totals',
    1,
    (f) => {
      (f.batch.totals as Record<string, string>).to_pay = '31.00';
    },
    /totals/,
  ],
  [
    'a line withheld that nobody is due',
    1,
    (f) => {
      f.withheld += 'agency,12,1,a1,,total,1.00,below_minimum,1,,\n';
    },
    /withheld\.csv/,
  ],
])('%s, and sealed again: the second implementation finds it', async (_what, number, change, found) => {
  const { folder } = await paidMonths();
  expect(verifyBatch(batchDir(folder, number)).count).toBe(0);
  forge(folder, number, change);
  const { differences, count } = verifyBatch(batchDir(folder, number));
  expect(count).toBeGreaterThan(0);
  expect(differences.map((difference) => Object.values(difference).join(' ')).join('\n')).toMatch(found);
});

test('a byte of a sealed file', async () => {
  const { folder } = await paidMonths();
  const path = join(batchDir(folder, 1), 'payments.csv');
  overwrite(path, readFileSync(path, 'utf8').replace('20.00', '30.00'));
  expect(verifyBatch(batchDir(folder, 1)).differences).toContainEqual(
    expect.objectContaining({ file: 'payments.csv', column: 'sha256' }),
  );
  await expect(payIn(folder, '2024-01-21')).rejects.toMatchObject(
    differs(/is one thing in the output folder and another/),
  );
});
