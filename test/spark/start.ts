import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { REPOSITORY } from '../support/workspace.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the Spark server; blank where there is none. */
    connect: string;
  }
}

const CLUSTER = join(REPOSITORY, 'deploy/spark/cluster');

/** Starts a cluster for all test files, and stops it after the last; a machine without Java or pip has none. */
export default function start({ provide }: TestProject): (() => void) | undefined {
  const given = process.env.SPARK_CONNECT;
  provide('connect', given ?? '');
  if (given !== undefined) return undefined;
  const lacking = lackingHere();
  if (lacking !== undefined) {
    process.stderr.write(`left out: no settlement was tried on Spark, for ${lacking}\n`);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'settlement-spark-'));
  const stop = (): void => {
    spawnSync(CLUSTER, ['stop', folder], { stdio: 'inherit' });
    rmSync(folder, { recursive: true, force: true });
  };
  // A port that was free may be taken by somebody else before it is used.
  const hasStarted = [1, 2].some(() => spawnSync(CLUSTER, ['start', folder], { stdio: 'inherit' }).status === 0);
  if (!hasStarted) {
    stop();
    throw new Error('the cluster of deploy/spark/cluster does not start');
  }
  provide('connect', readFileSync(join(folder, 'connect'), 'utf8').trim());
  return stop;
}

/** What this machine lacks; the package is installed where it can be. */
function lackingHere(): string | undefined {
  if (spawnSync('java', ['-version']).status !== 0) return 'java is not there';
  const installed = spawnSync(CLUSTER, ['install'], { encoding: 'utf8' });
  if (installed.status === 0) return undefined;
  const said = installed.stderr?.trim().split('\n').at(-1) ?? '';
  return existsSync(CLUSTER) ? `pyspark can't be installed (${said})` : 'deploy/spark/cluster is not there';
}
