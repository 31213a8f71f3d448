import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backup } from '../../src/commands/backup.js';
import { packet } from '../../src/commands/packet.js';
import { verifyPacketFile } from '../../src/commands/verify.js';
import { closeAccepted } from '../support/accepting.js';
import { DEEP } from '../support/deep.js';
import { SILENT, workspace } from '../support/workspace.js';
import { dataIn, type PacketMonth, packetMonth } from './month.js';

let month: PacketMonth;
beforeAll(async () => {
  month = await packetMonth();
});
afterAll(() => month.leave());

const secret = (): string => join(month.out, 'packet-secret');
const asked = (run: string, options: object) => packet(run, { runs: month.out, ...options }, SILENT);
const verified = async (path: string, trust = {}) => {
  const { exit, answer, text } = await verifyPacketFile(path, trust, SILENT);
  return { exit, answer: answer as Record<string, unknown>, text: text() };
};

test('packets are made again byte for byte, and never over another file', async () => {
  const first = await month.packets(month.closed);
  const folder = workspace();
  const { answer } = await asked(month.closed, { all: true, out: folder });
  const { files } = answer as { files: string[] };
  expect(files).toHaveLength(6);
  for (const path of files) {
    const [, unit = ''] = /_((?:agency|anchor)-.*)\.html$/.exec(path) ?? [];
    expect(readFileSync(path).equals(readFileSync(first.get(unit) as string)), unit).toBe(true);
  }
  await asked(month.closed, { all: true, out: folder });
  writeFileSync(files[0] as string, 'mine');
  await expect(asked(month.closed, { all: true, out: folder })).rejects.toThrow(/is there already/);
  expect(readFileSync(files[0] as string, 'utf8')).toBe('mine');
});

test('a packet says what its seal is worth', async () => {
  const path = (await month.packets(month.closed)).get('anchor-A1012') as string;
  const { packets } = JSON.parse(readFileSync(join(month.closed, 'close.json'), 'utf8'));
  const plain = await verified(path);
  expect(plain).toMatchObject({ exit: 0, answer: { seal: 'consistent', page: 'this_release', due: '2233.51' } });
  expect(plain.text).toContain('only that the packet agrees with itself');
  expect((await verified(path, { root: packets.root })).answer).toMatchObject({ seal: 'trusted', count: 0 });
  expect((await verified(path, { close: join(month.closed, 'close.json') })).answer).toMatchObject({ seal: 'trusted' });
  expect(await verified(path, { root: 'f'.repeat(64) })).toMatchObject({
    exit: 6,
    answer: { error: { code: 'differs' } },
  });
  const later = (await month.packets(month.restated)).get('agency-MCN-01') as string;
  const provisional = await verified(later);
  expect(provisional).toMatchObject({ exit: 0, answer: { seal: 'none', provisional: true, due: '132.74' } });
  expect(provisional.text).toContain('Provisional');
  expect(dataIn(later)).toMatchObject({ key: null, proof: null, close: null, shared: { key: null } });
});

test('what the page shows is the rows’, and a file that is none is refused', async () => {
  const path = (await month.packets(month.closed)).get('agency-MCN-02') as string;
  const html = readFileSync(path, 'utf8');
  const changed = join(workspace(), 'p.html');
  writeFileSync(changed, html.replace('5,195.66', '9,195.66'));
  expect(await verified(changed)).toMatchObject({ exit: 6, answer: { page: 'differs', count: 1 } });
  for (const broken of [
    '',
    html.slice(0, html.indexOf('"groups"')),
    html.replace('"cover":', '"over":'),
    html.replace('"closed_before":', '"closed_before":"1.00","closed_before":'),
    html.replace('"groups":', '"groups": '),
    html.replace('settle-packet-1', 'settle-packet-2'),
    `${html}${html}`,
  ]) {
    writeFileSync(changed, broken);
    await expect(verified(changed)).rejects.toMatchObject({ code: 'input' });
  }
  expect(html.split('</script><!--<b>').length, 'a name ends no element').toBe(1);
  expect(html.match(/<script/g)).toHaveLength(2);
});

test('without its secret a closed run gives no packet, and nothing is closed', DEEP, async () => {
  const away = join(month.folder, 'away');
  expect(statSync(secret()).mode & 0o777).toBe(0o600);
  renameSync(secret(), away);
  try {
    await expect(asked(month.closed, { agency: 'MCN-01', out: workspace() })).rejects.toMatchObject({
      code: 'differs',
    });
    const closing = { ...month.place, by: '王莉', acceptQuarantine: quarantineOf(month.restated) };
    await expect(closeAccepted(month.restated, closing)).rejects.toThrow(/packet-secret is gone/);
    writeFileSync(secret(), `${'0'.repeat(64)}\n`);
    await expect(asked(month.closed, { agency: 'MCN-01', out: workspace() })).rejects.toThrow(/another root/);
    writeFileSync(secret(), 'none');
    await expect(asked(month.closed, { agency: 'MCN-01', out: workspace() })).rejects.toThrow(/is not the secret/);
  } finally {
    renameSync(away, secret());
  }
});

function quarantineOf(run: string): string {
  const { outputs } = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8'));
  return outputs.find(({ file }: { file: string }) => file === 'quarantine.csv').sha256;
}

test('a backup has the secret, and with it the same packet is made', async () => {
  const copy = join(workspace(), 'b.duckdb');
  const { answer, text } = await backup(copy, { out: month.out, warehouse: month.place.warehouse }, SILENT);
  expect(answer.packet_secret).toBe(`${copy}.packet-secret`);
  expect(readFileSync(answer.packet_secret as string)).toEqual(readFileSync(secret()));
  expect(statSync(answer.packet_secret as string).mode & 0o777).toBe(0o600);
  expect(text()).toContain(`cp -p ${copy}.packet-secret ${secret()}`);
});

test('whose packet is asked for is said once, and known', DEEP, async () => {
  const out = workspace();
  for (const options of [{}, { agency: 'MCN-01', all: true }, { agency: 'MCN-01', anchor: 'A1012' }])
    await expect(asked(month.closed, { ...options, out })).rejects.toMatchObject({ code: 'usage' });
  for (const options of [{ agency: 'MCN-09' }, { anchor: 'A1001' }, { agency: 'A1012' }])
    await expect(asked(month.closed, { ...options, out })).rejects.toMatchObject({ code: 'usage' });
  await expect(asked(month.closed, { all: true, out: join(month.closed, 'x') })).rejects.toThrow(/never changes/);
  await expect(verified(join(month.closed, 'policy.yaml'), { root: 'x' })).rejects.toMatchObject({ code: 'usage' });
});

test('a close of a build before packets gives packets without a seal', DEEP, async () => {
  const folder = workspace();
  const out = join(folder, 'out');
  cpSync(month.out, out, { recursive: true });
  const run = join(out, 'content-live-2023-11', basename(month.closed));
  const path = join(run, 'close.json');
  const { packets: _none, ...close } = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(path);
  writeFileSync(path, `${JSON.stringify(close, null, 2)}\n`);
  rmSync(join(out, 'packet-secret'));
  const made = join(folder, 'p');
  mkdirSync(made);
  const { answer } = await packet(run, { runs: out, agency: 'MCN-01', out: made }, SILENT);
  const [file = ''] = (answer as { files: string[] }).files;
  expect(dataIn(file)).toMatchObject({ key: null, proof: null, close: { root: null, closed_by: '王莉' } });
  expect((await verified(file)).answer).toMatchObject({ seal: 'none', provisional: false, count: 0 });
});

test(
  'what was disputed after a close changes nothing of its packets, and where it is lost, it is missed',
  DEEP,
  async () => {
    const folder = workspace();
    const out = join(folder, 'out');
    cpSync(month.out, out, { recursive: true });
    const run = join(out, 'content-live-2023-11', basename(month.closed));
    const { packets } = JSON.parse(readFileSync(join(run, 'close.json'), 'utf8'));
    const answered = packets.disputes.filter((each: { answered: boolean }) => each.answered);
    expect([packets.disputes.length, answered.length]).toEqual([2, 1]);
    const made = () => packet(run, { runs: out, agency: 'MCN-02', out: folder }, SILENT);
    const [file = ''] = ((await made()).answer as { files: string[] }).files;
    expect(
      readFileSync(file).equals(readFileSync((await month.packets(month.closed)).get('agency-MCN-02') as string)),
    ).toBe(true);
    rmSync(join(out, '_disputes', answered[0].id, 'answer.json'));
    await expect(made()).rejects.toMatchObject({
      code: 'differs',
      message: expect.stringContaining(answered[0].id),
    });
  },
);

test('the next revision is sealed too, and says what was closed before', DEEP, async () => {
  const closing = { ...month.place, by: '赵敏', acceptQuarantine: quarantineOf(month.restated) };
  await closeAccepted(month.restated, closing);
  const { answer } = await asked(month.restated, { agency: 'MCN-01', out: workspace() });
  const [file = ''] = (answer as { files: string[] }).files;
  const { packets } = JSON.parse(readFileSync(join(month.restated, 'close.json'), 'utf8'));
  expect((await verified(file, { root: packets.root })).answer).toMatchObject({ seal: 'trusted', count: 0 });
  expect(dataIn(file)).toMatchObject({
    cover: { total: '26856.91', closed_before: '26724.17', due: '132.74' },
    close: { revision: 2, closed_by: '赵敏' },
  });
});
