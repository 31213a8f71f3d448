import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesIn, temporaryFolder } from '../support/workspace.js';
import { expectSame, few, placeAsBefore, type Reference, STARTS, TEST_MS, THOROUGH, undisturbed } from './month.js';
import { digest, type Place, POLICY_ID } from './place.js';

// @module-tag deep

/** Many runs at once: one settles at a time, and whoever looks into the output folder sees whole run folders alone. */

const MANY = THOROUGH ? 20 : 4;

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(few(STARTS, 0))('%s', (start) => {
  let reference: Reference;
  beforeAll(async () => {
    reference = await undisturbed(start);
  });

  test(
    `${MANY} at once: whoever doesn't get the warehouse is told at once who has it`,
    async () => {
      const place = placeAsBefore(folder, reference);
      const { ended, pids, looks } = await many(place, ...same());
      const told = ended.filter(({ exit }) => exit === 5);
      expect(ended.filter(({ exit }) => exit !== 5).map(({ exit }) => exit)).toContain(0);
      expect(ended.map(({ exit }) => exit).filter((exit) => exit !== 0 && exit !== 5)).toEqual([]);
      for (const { json } of told) {
        expect(json.error).toMatchObject({ code: 'held', file: place.warehouse });
        expect(pids).toContain(json.error.pid);
        expect(json.error.message).toContain(String(json.error.pid));
      }
      await expectSame(place, reference);
      const slowest = Math.round(Math.max(0, ...told.map(({ ms }) => ms)));
      if (THOROUGH) console.log(`${told.length} of ${MANY} were told within ${slowest} ms; ${looks} looks`);
    },
    TEST_MS,
  );

  test(
    `${MANY} at once that wait: all end with the same work`,
    async () => {
      const place = placeAsBefore(folder, reference);
      const { ended } = await many(place, ...same('--wait', '120'));
      expect(ended.map(({ exit, stderr }) => (exit === 0 ? 0 : stderr))).toEqual(ended.map(() => 0));
      expect(new Set(ended.map(({ stdout }) => stdout)).size).toBe(1);
      await expectSame(place, reference);
    },
    TEST_MS,
  );
});

test.runIf(THOROUGH)(
  `${MANY} at once, each with a warehouse of its own: the work is published once, and all find it`,
  async () => {
    const place = placeAsBefore(folder, await undisturbed('a new warehouse'));
    const warehouses = Array.from({ length: MANY }, (_, at) => ['--warehouse', `of-their-own/${at}.duckdb`]);
    const { ended } = await many(place, ...warehouses);
    expect(ended.map(({ exit, stderr }) => (exit === 0 ? 0 : stderr))).toEqual(ended.map(() => 0));
    expect(new Set(ended.map(({ stdout }) => stdout)).size).toBe(1);
    expect(place.leftovers()).toEqual(['of-their-own']);
  },
  TEST_MS,
);

/** The words of each of them. */
function same(...words: string[]): string[][] {
  return Array.from({ length: MANY }, () => words);
}

async function many(place: Place, ...calls: string[][]) {
  const pids: (number | undefined)[] = [];
  let running = true;
  const looking = look(place, () => running);
  const began = performance.now();
  const runs = calls.map(async (words) => {
    const ended = await place.run(['--json', ...words], { onStart: (child) => pids.push(child.pid) });
    return { ...ended, ms: performance.now() - began };
  });
  const ended = await Promise.all(runs);
  running = false;
  return { ended, pids, looks: await looking };
}

/** Looks at the run folders that can be seen, again and again; each is whole from the first sight on. */
async function look(place: Place, goOn: () => boolean): Promise<number> {
  const policyDir = join(place.out, POLICY_ID);
  const seen = new Set<string>();
  let looks = 0;
  while (goOn()) {
    const visible = existsSync(policyDir) ? readdirSync(policyDir).filter((name) => !name.startsWith('.')) : [];
    for (const name of visible) {
      if (!seen.has(name) || looks % 50 === 0) expectWhole(join(policyDir, name));
      seen.add(name);
    }
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(seen.size).toBeGreaterThan(0);
  return looks;
}

/** Every file that the manifest names is there with its hash, and none besides. */
function expectWhole(runDir: string): void {
  const manifest = JSON.parse(readFileSync(join(runDir, 'manifest.json'), 'utf8'));
  const files = filesIn(runDir);
  const named: string[] = ['manifest.json', 'policy.yaml'];
  expect(digest(readFileSync(join(runDir, 'policy.yaml')))).toBe(manifest.policy.sha256);
  for (const { file, sha256 } of manifest.outputs as { file: string; sha256: string }[]) {
    const within = file.endsWith('/') ? files.filter((path) => path.startsWith(file)) : [file];
    const digests = within.map((path) => [path, digest(readFileSync(join(runDir, path)))]);
    const lines = digests.map(([path, hash]) => `${hash}  ${path}\n`).join('');
    expect(file.endsWith('/') ? digest(lines) : digests[0]?.[1], file).toBe(sha256);
    named.push(...within);
  }
  expect(files).toEqual(named.sort());
}
