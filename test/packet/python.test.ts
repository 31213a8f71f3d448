import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import { DEEP } from '../support/deep.js';
import { REPOSITORY, SAMPLES, settle, temporaryFolder, write } from '../support/workspace.js';
import { CHANGES } from './changes.js';
import { reseal } from './forging.js';
import { dataIn, type PacketMonth, packetMonth } from './month.js';

/**
 * verify_packet.py was written from docs/packet.md, docs/rulebook.md and docs/reference alone, by somebody who hadn't read
 * the program. Whatever it says of a packet, `settle verify` must say too; where the two don't agree, the page is to blame.
 */

const VERIFIER = join(REPOSITORY, 'test/packet/verify_packet.py');
const FIXTURE = join(REPOSITORY, 'test/fixtures/packets/agency-MCN-03.html');
/** Changes of the seal itself, which a forger who hangs all of it on another root takes back. */
const OF_SEAL = /path|key|seal|hash|size|index|root/;

/** What settle verify works out besides amounts, and the page leaves to the root: of another root nobody else sees it. */
const BESIDES = /^(?:a notice|a fault has another code|the control desk)/;

const hasPython = spawnSync('python3', ['--version']).status === 0;

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  exit: number;
  text: string;
}

async function python(file: string, ...flags: string[]): Promise<Said> {
  try {
    return { exit: 0, text: (await promisify(execFile)('python3', [VERIFIER, file, ...flags])).stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exit: code, text: `${stdout}${stderr}` };
  }
}

/** The exits for many packets, in one process: to start it takes longer than to verify. */
const MANY = `
import io, runpy, sys, contextlib
for line in sys.stdin.read().splitlines():
    sys.argv = ["verify_packet.py", *line.split(" ")]
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            runpy.run_path(${JSON.stringify(VERIFIER)}, run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code or 0
    print(code)
`;

async function exitsOf(asked: readonly { data: PacketData; flags?: string[] }[]): Promise<number[]> {
  const lines = asked.map(({ data, flags = [] }, at) => {
    const file = join(folder, `${at}.html`);
    const text = JSON.stringify(data).replaceAll('<', '\\u003c');
    writeFileSync(file, `<script type="application/json" id="settle-packet">${text}</script>`);
    return [file, ...flags].join(' ');
  });
  const { stdout, stderr } = spawnSync('python3', ['-c', MANY], { input: lines.join('\n'), encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim().split('\n').map(Number);
}

describe.runIf(hasPython)('the verifier in Python', () => {
  test('agrees with the packet of the fixtures', async () => {
    const said = await python(FIXTURE);
    expect(said).toMatchObject({ exit: 0 });
    expect(said.text).toMatch(/^agrees: agency MCN-03, 0\.00 CNY, root 07a05e3afc59e126/);
  });

  describe('of a month', DEEP, () => {
    let month: PacketMonth;
    let sound: PacketData;
    beforeAll(async () => {
      month = await packetMonth();
      sound = dataIn((await month.packets(month.closed)).get('agency-MCN-02') as string);
    });
    afterAll(() => month.leave());

    test.each(['closed', 'restated'] as const)('agrees with every packet of the %s run', async (run) => {
      const packets = await month.packets(month[run]);
      expect(packets.size).toBeGreaterThan(2);
      for (const [unit, file] of packets) expect([unit, await python(file)]).toMatchObject([unit, { exit: 0 }]);
    });

    test('agrees with every packet where an anchor went to another agency, and was moved', async () => {
      const moved = join(folder, 'moved');
      mkdirSync(moved);
      const [header, ...rows] = readFileSync(join(SAMPLES, '2023-11/anchors-2023-11-01.csv'), 'utf8').split('\n');
      const row = (rows.find((each) => each.startsWith('A1001,')) as string).replace('MCN-01', 'MCN-02');
      write(moved, { 'anchors-2023-12-20.csv': `${header}\n${row}\n` });
      for (const transfer of [false, true]) {
        const { runDir } = await settle({ ...month.place, input: moved, transfer });
        const packets = await month.packets(runDir);
        for (const [unit, file] of packets)
          expect([transfer, unit, await python(file)]).toMatchObject([transfer, unit, { exit: 0 }]);
        const lines = dataIn(packets.get('agency-MCN-02') as string).groups.find(({ anchor }) => anchor === 'A1001');
        expect(lines === undefined).toBe(!transfer);
      }
    });

    test('finds each change that settle verify finds, sealed and hung on another root', async () => {
      const root = (JSON.parse(readFileSync(join(month.closed, 'close.json'), 'utf8')) as { packets: { root: string } })
        .packets.root;
      const asked = CHANGES.flatMap(([name, change, , forged]) => {
        const data = structuredClone(sound);
        change(data);
        const found = { name, data, exit: 6 };
        if (OF_SEAL.test(name)) return [found];
        const other = reseal(structuredClone(data));
        return [
          found,
          { name: `${name}, on another root`, data: other, exit: forged === null || BESIDES.test(name) ? 0 : 6 },
          { name: `${name}, against the root`, data: other, exit: 6, flags: ['--root', root] },
        ];
      });
      const exits = await exitsOf(asked);
      expect(exits).toHaveLength(asked.length);
      const otherwise = asked.flatMap(({ name, exit }, at) => (exits[at] === exit ? [] : [`${name}: ${exits[at]}`]));
      expect(otherwise).toEqual([]);
    });
  });
});
