import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../src/engine/spark/connect/address.js';
import { SparkClient } from '../../src/engine/spark/connect/client.js';
import { type Ended, settle } from '../support/program.js';
import { REPOSITORY, SAMPLE_POLICY, SAMPLES, temporaryFolder, write } from '../support/workspace.js';
import { NO_CLUSTER, publishedIn } from './on-spark.js';

/** What is killed in the middle: the program, a worker, all of them, the server. A cluster of these tests' own, for they break it. */

const CLUSTER = join(REPOSITORY, 'deploy/spark/cluster');
const folder = temporaryFolder();
const cluster = join(folder, 'cluster');
const lake = join(folder, 'lake');
const runs = join(lake, 'runs');
let connect = '';
let right: Record<string, string> = {};

describe.skipIf(NO_CLUSTER)('in the middle of a settlement on Spark', () => {
  beforeAll(async () => {
    expect(spawnSync(CLUSTER, ['start', cluster], { stdio: 'inherit' }).status).toBe(0);
    connect = readFileSync(join(cluster, 'connect'), 'utf8').trim();
    const spark = `{ connect: "${connect}", lake: lake, database_prefix: settle_fault_, patience: 30 }`;
    write(folder, { 'settle.yaml': `engine: spark\nspark: ${spark}\n` });
    right = publishedIn((await run('here', '--engine', 'duckdb')).json.run_dir);
  });
  afterAll(() => {
    spawnSync(CLUSTER, ['stop', cluster], { stdio: 'inherit' });
    rmSync(folder, { recursive: true, force: true });
  });

  test('the program is killed: nothing is published, and the next run drops its database alone', async () => {
    const client = new SparkClient(addressOf(connect, {}), 60);
    await client.run('CREATE DATABASE settle_fault_0123456789abcdef'); // named like one, and not in this lake
    const killed = await runUntil(5, 'killed', (pid) => process.kill(pid, 'SIGKILL'), []);
    expect(killed.exit).toBeNull();
    const [left] = readdirSync(runs);
    expect(await databases(client)).toContain(left);
    const ended = await run('after-kill');
    expect(ended.exit).toBe(0);
    expect(publishedIn(ended.json.run_dir)).toEqual(right);
    expect(await databases(client)).toEqual(['settle_fault_0123456789abcdef']);
    expect(readdirSync(runs)).toEqual([]);
    await client.run('DROP DATABASE settle_fault_0123456789abcdef');
    await client.release();
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('it hears %s: it ends at once, and nothing is published', async (signal, exit) => {
    let heard = 0;
    const ended = await runUntil(3, signal, (pid) => {
      heard = Date.now();
      process.kill(pid, signal);
    });
    expect(ended.exit).toBe(exit);
    expect(Date.now() - heard).toBeLessThan(10_000);
    expect(existsSync(join(folder, signal, 'out/content-live-2023-11'))).toBe(false);
  });

  test('a worker is lost: the same bytes', async () => {
    const ended = await runUntil(6, 'worker', () => kill('worker-1'));
    expect(ended.exit).toBe(0);
    expect(publishedIn(ended.json.run_dir)).toEqual(right);
    expect(leases()).toEqual([]);
  });

  test('the server is lost: it ends, says so, and the load is kept', async () => {
    const ended = await runUntil(6, 'server', () => kill('connect'));
    expect(ended.exit).toBe(1);
    expect(ended.json.error.message).toContain('was lost in the middle');
    expect(existsSync(join(folder, 'server/out/content-live-2023-11'))).toBe(false);
    const files = await settle(['files', '--out', join(folder, 'server/out'), '--json'], { cwd: folder });
    expect(files.stdout).toContain('sessions-2023-11-22.csv');
    const gone = await run('server');
    expect(gone.json.error.message).toContain(`no Spark server answers at ${connect.slice('sc://'.length)}`);
    spawnSync(CLUSTER, ['stop', cluster], { stdio: 'inherit' });
    expect(spawnSync(CLUSTER, ['start', cluster, portOf(connect)], { stdio: 'inherit' }).status).toBe(0);
    const again = await run('server');
    expect(again.exit).toBe(0);
    expect(publishedIn(again.json.run_dir)).toEqual(right);
    expect(leases()).toEqual([]);
  });

  test('all workers are lost: it ends after its patience, and says so', async () => {
    const ended = await runUntil(6, 'workers', () => {
      kill('worker-1');
      kill('worker-2');
    });
    expect(ended.exit).toBe(1);
    expect(ended.json.error).toMatchObject({ code: 'machine' });
    expect(ended.json.error.message).toContain('nothing has gone on for 30 seconds');
    expect(existsSync(join(folder, 'workers/out/content-live-2023-11'))).toBe(false);
  });
});

/** Runs that hold something: a task of a lost worker may leave a folder behind, which has no lease. */
const leases = (): string[] => readdirSync(runs).filter((name) => existsSync(join(runs, name, 'lease.json')));

const portOf = (address: string): string => address.split(':').at(-1) as string;

function words(out: string): string[] {
  return ['run', '--policy', SAMPLE_POLICY, '--input', join(SAMPLES, '2023-11'), '--out', join(folder, out, 'out')];
}

async function run(out: string, ...more: string[]): Promise<Ended> {
  mkdirSync(join(folder, out), { recursive: true });
  return settle([...words(out), ...more, '--json'], { cwd: folder });
}

/** Settles, and does something once so many tables are there. */
async function runUntil(tables: number, out: string, act: (pid: number) => void, more = ['--json']): Promise<Ended> {
  let watch: NodeJS.Timeout | undefined;
  mkdirSync(join(folder, out), { recursive: true });
  const before = new Set(existsSync(runs) ? readdirSync(runs) : []);
  const ended = await settle([...words(out), ...more], {
    cwd: folder,
    onStart: ({ pid = 0 }) => {
      watch = setInterval(() => {
        const mine = (existsSync(runs) ? readdirSync(runs) : []).filter((name) => !before.has(name));
        const made = mine.flatMap((name) =>
          existsSync(join(runs, name, 'tables')) ? readdirSync(join(runs, name, 'tables')) : [],
        );
        if (made.length < tables) return;
        clearInterval(watch);
        act(pid);
      }, 20);
    },
  });
  clearInterval(watch);
  return ended;
}

/** Ends a process of the cluster with all that it has started. */
function kill(name: string): void {
  const line = readFileSync(join(cluster, 'pids'), 'utf8')
    .split('\n')
    .find((each) => each.endsWith(` ${name}`));
  process.kill(-Number(line?.split(' ')[0]), 'SIGKILL');
}

async function databases(client: SparkClient): Promise<string[]> {
  const rows = await client.rows("SHOW DATABASES LIKE 'settle_fault_*'");
  return rows.map(({ namespace }) => namespace as string).sort();
}
