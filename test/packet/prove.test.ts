import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import { REPOSITORY, temporaryFolder } from '../support/workspace.js';
import { CHANGES } from './changes.js';
import { reseal } from './forging.js';
import { dataIn, type PacketMonth, packetMonth } from './month.js';

// @module-tag deep

/** prove.py was written from docs/packet.md alone, by somebody who had read neither the program nor verify_packet.py. */

const PROVER = join(REPOSITORY, 'test/packet/prove.py');
const FIXTURE = join(REPOSITORY, 'test/fixtures/packets/agency-MCN-03.html');
const hasPython = spawnSync('python3', ['--version']).status === 0;

const rootIn = (close: string): string => JSON.parse(readFileSync(close, 'utf8')).packets.root;
const ROOT_OF_FIXTURE = rootIn(join(REPOSITORY, 'test/fixtures/packets/close.json'));

/** What was said of many packets, in one process: to start it takes longer than to prove. */
const MANY = `
import contextlib, io, json, runpy, sys
for args in json.load(sys.stdin):
    sys.argv, said = ["prove.py", *args], io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            runpy.run_path(${JSON.stringify(PROVER)}, run_name="__main__")
    except SystemExit as end:
        print(json.dumps({"exit": end.code, "text": said.getvalue()}))
`;

interface Said {
  exit: number;
  text: string;
}

function prove(asked: readonly string[][]): Said[] {
  const { stdout, stderr } = spawnSync('python3', ['-c', MANY], { input: JSON.stringify(asked), encoding: 'utf8' });
  expect(stderr).toBe('');
  const said = stdout.trim().split('\n');
  expect(said).toHaveLength(asked.length);
  return said.map((line) => JSON.parse(line));
}

describe.runIf(hasPython)('the second reader of proofs', () => {
  let month: PacketMonth;
  let sound: PacketData;
  let root: string;
  let packets: [unit: string, file: string][];
  beforeAll(async () => {
    month = await packetMonth();
    root = rootIn(join(month.closed, 'close.json'));
    packets = [...(await month.packets(month.closed))];
    sound = dataIn(new Map(packets).get('agency-MCN-02') as string);
  });
  afterAll(() => month.leave());

  const folder = temporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let written = 0;
  function pageOf(data: PacketData, text = JSON.stringify(data).replaceAll('<', '\\u003c')): string {
    const file = join(folder, `${++written}.html`);
    writeFileSync(file, `<script type="application/json" id="settle-packet">${text}</script>`);
    return file;
  }

  test('finds every packet of the month good, of agencies and of anchors that have none', () => {
    expect(packets.map(([unit]) => unit).sort()).toEqual(
      ['agency-MCN-01', 'agency-MCN-02', 'agency-MCN-03', 'anchor-A1012', 'anchor-A1013', 'anchor-A1014'].sort(),
    );
    for (const { exit, text } of prove(packets.flatMap(([, file]) => [[file], [file, '--root', root]])))
      expect({ exit, text }).toMatchObject({ exit: 0, text: expect.stringMatching(`^good: .*${root}`) });
    const [fixture] = prove([[FIXTURE, '--root', ROOT_OF_FIXTURE]]);
    expect(fixture?.text).toMatch(/^good: agency MCN-03, 3 groups, 84 rows and 42 shared ones/);
  });

  test('refuses each of them under the root of another run, and one that has no seal', async () => {
    const [, provisional] = [...(await month.packets(month.restated))][0] as [string, string];
    const said = prove([
      ...packets.map(([, file]) => [file, '--root', ROOT_OF_FIXTURE]),
      [FIXTURE, '--root', root],
      [provisional],
    ]);
    expect(said.map(({ exit }) => exit)).toEqual(said.map(() => 1));
    expect(said[0]?.text).toBe(`--root: the packet is under ${root}\n`);
    expect(said.at(-1)?.text).toBe('close: there is no seal, or not all of it\n');
  });

  test('refuses each single change, with the root and without it', () => {
    const changed = CHANGES.map(([name, change]) => {
      const data = structuredClone(sound);
      change(data);
      return { name, file: pageOf(data) };
    });
    for (const flags of [[], ['--root', root]]) {
      const said = prove(changed.map(({ file }) => [file, ...flags]));
      expect(changed.filter((_, at) => said[at]?.exit !== 1).map(({ name }) => name)).toEqual([]);
    }
  });

  test('refuses each against the root where the forger hangs all of it on another', () => {
    const forged = CHANGES.flatMap(([name, change]) => {
      const data = structuredClone(sound);
      change(data);
      return data.proof === null ? [] : [{ name, file: pageOf(reseal(data)) }];
    });
    const held = prove(forged.map(({ file }) => [file, '--root', root]));
    const alone = prove(forged.map(({ file }) => [file]));
    const otherwise = forged.filter((_, at) => held[at]?.exit !== 1 || !/^--root: /m.test(held[at].text));
    expect(otherwise.map(({ name }) => name)).toEqual([]);
    const agree = held.filter((_, at) => alone[at]?.exit === 0);
    expect(agree.length).toBeGreaterThan(forged.length / 2);
    for (const { text } of agree) expect(text).toMatch(/^--root: the packet is under [0-9a-f]{64}\n$/);
  });

  test('refuses another form, and wrong use', () => {
    const text = JSON.stringify(sound).replaceAll('<', '\\u003c');
    const pages = [
      text.replace('"format":', '"format": '),
      text.replace('"format":"settle-packet-1"', '"format":"settle-packet-1","format":"settle-packet-1"'),
      text.replace('{', '{"more":1,'),
      text.replace('settle-packet-1', 'settle-packet-2'),
      text.replace('"close_no":1', '"close_no":1.0'),
      text.replace('MCN-02', '\\u004dCN-02'),
      text.replace(/"root":"[0-9a-f]+"/, (each) => each.toUpperCase().replace('ROOT', 'root')),
      `${text}</script><script type="application/json" id="settle-packet">${text}`,
    ].map((each) => pageOf(sound, each));
    expect(prove(pages.map((file) => [file])).map(({ exit }) => exit)).toEqual(pages.map(() => 1));
    const good = pageOf(sound);
    const wrong = [[], [good, '--root'], [good, '--root', ''], [good, '--root', root.slice(1)], [join(folder, 'none')]];
    expect(prove(wrong).map(({ exit }) => exit)).toEqual(wrong.map(() => 2));
    expect(prove([[good]])[0]?.exit).toBe(0);
  });
});
