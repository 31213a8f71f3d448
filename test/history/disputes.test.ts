import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreCloses } from '../../src/closing/restore.js';
import { explain } from '../../src/commands/explain.js';
import { packet } from '../../src/commands/packet.js';
import { rebuild } from '../../src/commands/rebuild.js';
import { verifyAll } from '../../src/commands/verify.js';
import { addDispute } from '../../src/disputing/add.js';
import { type AnswerOptions, answerDispute } from '../../src/disputing/answer.js';
import { listDisputes } from '../../src/disputing/list.js';
import { newDispute } from '../../src/disputing/new.js';
import type { Dispute } from '../../src/verify/dispute/dispute.js';
import { readPacket } from '../../src/verify/packet/read-packet.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder } from '../support/workspace.js';

/** An agency disputes a figure of its packet; whoever pays takes it in and answers it, and nothing of it is lost or changed. */

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const out = join(folder, 'out');
const place = { out, warehouse: join(folder, 'w.duckdb') };
let closed: string;
let restated: string;
let mine: string;
let file: string;

beforeAll(async () => {
  closed = (await settle({ ...place, policy: SAMPLE_POLICY, input: join(SAMPLES, '2023-11') })).runDir;
  await closeAccepted(closed, { ...place, by: '王莉' });
  await packet(closed, { runs: out, agency: 'MCN-02', out: folder }, SILENT);
  mine = join(folder, readdirSync(folder).find((name) => name.endsWith('agency-MCN-02.html')) as string);
  restated = (await settle({ ...place, policy: SAMPLE_POLICY, input: join(SAMPLES, '2023-11-late') })).runDir;
  file = madeOf({ session: SESSION });
});

/** Of A1007, of MCN-02: its penalty of the 11th was revoked later. */
const SESSION = 'L20231111-0060';
let files = 0;

function madeOf(asked: Partial<Parameters<typeof newDispute>[1]>): string {
  files += 1;
  const path = join(folder, `dispute-${files}.json`);
  newDispute(mine, { claim: CLAIM, contact: '李 138', out: path, ...asked }, 'en');
  return path;
}

const CLAIM = '=HYPERLINK("x") </script><b>not vulgar</b>';
const add = (path: string) => addDispute(path, { ...place, by: '王莉' }, SILENT);
const idOf = async (path: string): Promise<string> => ((await add(path)).answer as { id: string }).id;
const answer = (id: string, how: Partial<AnswerOptions>) =>
  answerDispute(id, { ...place, by: '王莉', text: 'the appeal was won', ...how }, SILENT);
const kept = (): string[] => (existsSync(join(out, '_disputes')) ? readdirSync(join(out, '_disputes')) : []).sort();

test('a dispute is made from the packet, taken in once, named by the close and answered once, with its rows', async () => {
  const id = await idOf(file);
  expect((await add(file)).answer).toMatchObject({ id, known: true });
  expect(kept()).toEqual([id]);
  const row = 'penalties-2023-12-14-appeals.csv:2';
  await expect(answer(id, { accept: true, run: closed, row: [row] })).rejects.toMatchObject({ exit: 2 });
  await expect(answer(id, { accept: true, run: restated, row: ['none.csv:2'] })).rejects.toMatchObject({ exit: 2 });
  await expect(answer(id, { accept: true })).rejects.toMatchObject({ exit: 2 });
  const { answer: sealed, text } = await closeAccepted(restated, { ...place, by: '王莉' });
  expect(sealed).toMatchObject({ open_disputes: [id] });
  expect(text()).toContain(`${id} (MCN-02)`);
  await answer(id, { accept: true, run: restated, row: [row] });
  await expect(answer(id, { refuse: true })).rejects.toMatchObject({ exit: 6 });
  const said = listDisputes({ out }, 'en').text();
  expect(said).toMatch(
    /accepted by 王莉 at .*, paid by run .*: the appeal was won \(penalties-2023-12-14-appeals.csv:2\)/,
  );
  expect(said).toContain(CLAIM);
  expect(listDisputes({ out, open: true }, 'zh').text()).toBe('没有异议。\n');
  const explained = await explain(restated, { ...place, session: SESSION, lang: 'en' }, SILENT);
  expect(explained.text((_, text_) => text_)).toContain('the appeal was won (penalties-2023-12-14-appeals.csv:2)');
  const page = join(folder, 'explained.html');
  await explain(restated, { ...place, session: SESSION, page, forAgency: 'MCN-02' }, SILENT);
  expect(readFileSync(page, 'utf8')).toContain('&lt;/script&gt;&lt;b&gt;not vulgar');
  const whole = await verifyAll(out, SILENT);
  expect([whole.exit, whole.text()]).toEqual([0, expect.stringContaining('1 dispute: every figure is right')]);
  const made = join(folder, 'revision-2');
  mkdirSync(made);
  await packet(restated, { runs: out, agency: 'MCN-02', out: made }, SILENT);
  const [shown] = readdirSync(made);
  // It was answered after the close, which shows it as it was then.
  const { groups } = readPacket(readFileSync(join(made, shown as string), 'utf8')).data;
  const records = groups.flatMap(({ files }) => files.find((each) => each.file === 'disputes.csv')?.records ?? []);
  expect(records).toEqual([expect.stringMatching(new RegExp(`^${id},.*,,,,,,$`))]);
});

test('what folder or warehouse lost the other has, and a warehouse that is made again has all', DEEP, async () => {
  const id = await idOf(madeOf({ anchor: 'A1008', date: '2023-11-05' }));
  const before = readFileSync(join(out, '_disputes', id, 'dispute.json'), 'utf8');
  rmSync(join(out, '_disputes'), { recursive: true });
  await restoreCloses(place, SILENT);
  expect(readFileSync(join(out, '_disputes', id, 'dispute.json'), 'utf8')).toBe(before);
  const other = join(folder, 'other');
  cpSync(out, join(other, 'out'), { recursive: true });
  const again = { out: join(other, 'out'), warehouse: join(other, 'w.duckdb') };
  await rebuild({ ...again, input: [join(SAMPLES, '2023-11'), join(SAMPLES, '2023-11-late')] }, SILENT);
  rmSync(join(again.out, '_disputes', id), { recursive: true });
  expect((await restoreCloses(again, SILENT)).answer).toMatchObject({ disputes: [{ into: 'folder' }] });
  writeFileSync(join(again.out, '_disputes', id, 'answer.json'), '{}\n');
  await expect(restoreCloses(again, SILENT)).rejects.toMatchObject({ exit: 6 });
});

const changed = (change: (dispute: Dispute & Record<string, unknown>) => void): string => {
  const dispute = JSON.parse(readFileSync(file, 'utf8'));
  change(dispute);
  const path = join(folder, 'changed.json');
  writeFileSync(path, JSON.stringify(dispute));
  return path;
};

test.each<[string, () => string]>([
  ['of another agency', () => changed((one) => Object.assign(one.unit, { id: 'MCN-01' }))],
  ['of another agency’s anchor', () => changed((one) => Object.assign(one, { anchor_id: 'A1001' }))],
  ['of another anchor’s session', () => changed((one) => Object.assign(one, { anchor_id: 'A1008' }))],
  [
    'of a run that is none of these',
    () => changed((one) => Object.assign(one, { run_id: '2023-11-30-0000000000000000' })),
  ],
  ['of another root', () => changed((one) => Object.assign(one, { root: '0'.repeat(64) }))],
  ['of a day outside the month', () => changed((one) => Object.assign(one, { session_id: null, date: '2023-12-01' }))],
  ['of a session and a day', () => changed((one) => Object.assign(one, { date: '2023-11-11' }))],
  ['with a path for an id', () => changed((one) => Object.assign(one, { anchor_id: '../../etc' }))],
  ['with a key more', () => changed((one) => Object.assign(one, { paid: true }))],
  ['with a claim that steers a terminal', () => changed((one) => Object.assign(one, { claim: '\u001b[2Jx' }))],
  ['without a claim', () => changed((one) => Object.assign(one, { claim: ' \n' }))],
  ['with a claim as long as a book', () => changed((one) => Object.assign(one, { claim: 'x'.repeat(2001) }))],
  ['with half a character', () => changed((one) => Object.assign(one, { claim: 'x\ud800' }))],
  ['as large as a book', () => changed((one) => Object.assign(one, { claim: 'x'.repeat(100_000) }))],
  ['that is a list', () => text('[]')],
  ['that is no JSON', () => text('{')],
  ['that is a packet', () => mine],
])('a dispute %s is refused, and nothing is kept', async (_, path) => {
  const before = kept();
  await expect(add(path())).rejects.toMatchObject({ exit: 3 });
  expect(kept()).toEqual(before);
});

function text(content: string): string {
  const path = join(folder, 'text.json');
  writeFileSync(path, content);
  return path;
}

test('verify --all tells what is wrong with disputes and answers, and which of them packets lack', DEEP, async () => {
  const copy = join(folder, 'verified');
  cpSync(out, copy, { recursive: true });
  const [sealed] = JSON.parse(
    readFileSync(join(copy, 'content-live-2023-11', basename(restated), 'close.json'), 'utf8'),
  ).packets.disputes;
  const at = (...names: string[]): string => join(copy, '_disputes', ...names);
  const change = (file: string, by: (said: Record<string, unknown>) => void): void => {
    const said = JSON.parse(readFileSync(file, 'utf8'));
    by(said);
    rmSync(file);
    writeFileSync(file, JSON.stringify(said));
  };
  const found = async (): Promise<string[]> => {
    const { answer } = (await verifyAll(copy, SILENT)) as {
      answer: { differences: { file: string; column: string }[] };
    };
    return answer.differences.map(({ file, column }) => `${file.replace(/[0-9a-f]{16}/, 'ID')} ${column}`.trim());
  };
  expect(await found()).toEqual([]);
  mkdirSync(at('0'.repeat(16))); // a killed call leaves such a folder
  mkdirSync(at('other'));
  change(at(sealed.id, 'dispute.json'), (said) => {
    said.received_at = 'once';
    Object.assign(said.dispute as object, { root: 'f'.repeat(64) });
  });
  change(at(sealed.id, 'answer.json'), (said) => Object.assign(said, { run_id: null, rows: [{ file: 'x' }] }));
  const dispute = '_disputes/ID/dispute.json';
  expect((await found()).sort()).toEqual(
    [
      ...['_disputes/other', `${dispute} received_at`, `${dispute} dispute`, `${dispute} root`],
      ...['_disputes/ID/answer.json rows', '_disputes/ID/answer.json run_id'],
    ].sort(),
  );
  rmSync(at(sealed.id), { recursive: true });
  rmSync(at('other'), { recursive: true });
  expect(await found()).toEqual([dispute]);
});

test('a session that the packet lacks can be disputed, of an anchor that it has', DEEP, async () => {
  expect(() => madeOf({ session: 'NEVER-1' })).toThrow('no session');
  expect(() => madeOf({ session: 'NEVER-1', anchor: 'A1001' })).toThrow('no such row');
  const id = await idOf(madeOf({ session: 'NEVER-1', anchor: 'A1008' }));
  expect(kept()).toContain(id);
  expect(dirname(closed)).toBe(dirname(restated));
});
