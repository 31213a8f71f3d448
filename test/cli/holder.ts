import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { REPOSITORY } from '../support/workspace.js';

const SCRIPT = `import { DuckDBInstance } from '@duckdb/node-api';
const instance = await DuckDBInstance.create(process.argv[1]);
await (await instance.connect()).run('SELECT 1');
console.log('held');
setInterval(() => instance, 1000);`;

/** Another process that has the warehouse open until the test has ended, or until it is told to go. */
export async function hold(warehouse: string): Promise<{ pid: number; release: () => Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, warehouse], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const release = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(release);
  if (child.stdout === null || child.pid === undefined) throw new Error('the other process has not started');
  await once(child.stdout, 'data');
  return { pid: child.pid, release };
}
