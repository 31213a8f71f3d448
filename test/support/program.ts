import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { REPOSITORY } from './workspace.js';

/** Calls the built program as a shell would, and holds every call to what is promised of its streams. */

export const PROGRAM = join(REPOSITORY, 'dist/bin/settle.js');

export interface Ended {
  exit: number | null;
  stdout: string;
  stderr: string;
  /** The one line of JSON, where `--json` was among the words. */
  json: Answer;
}

export interface Answer {
  run_id: string;
  run_dir: string;
  error: { code: string; message: string; mend: string; [more: string]: unknown };
  accounting: Record<string, number>;
  totals: Record<string, string | number>;
  inputs: { file: string; rows: number; quarantined: number }[];
  [more: string]: unknown;
}

export interface CallOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** The program's file, and where it isn't node that runs it, what does. */
  program?: string;
  command?: readonly [string, ...string[]];
  /** Another user than the test's own. */
  user?: { uid: number; gid: number } | undefined;
  onStart?: (child: ChildProcess) => void;
  /** Called with all of standard error so far. */
  onStderr?: (said: string, child: ChildProcess) => void;
}

export async function settle(words: readonly string[], options: CallOptions): Promise<Ended> {
  const [command, ...first] = options.command ?? [process.execPath];
  const child = spawn(command, [...first, options.program ?? PROGRAM, ...words], {
    cwd: options.cwd,
    env: { ...bare(process.env), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.user,
  });
  options.onStart?.(child);
  const ended = { exit: null as number | null, stdout: '', stderr: '', json: {} as Answer };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.stderr += text;
    options.onStderr?.(ended.stderr, child);
  });
  ended.exit = await new Promise((resolve) => child.on('close', resolve));
  checkStreams(words, ended);
  return ended;
}

/** What a test runner puts into the environment is not what a person has there. */
function bare(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NO_COLOR: _no, FORCE_COLOR: _force, NODE_OPTIONS: _node, VITEST: _vitest, ...rest } = environment;
  return rest;
}

const PROGRESS = /^(Opening|Loading|Settling|Auditing|Writing|Publishing|Verifying)\b/m;
const STACK = /^ {4}at /m;

function checkStreams(words: readonly string[], ended: Ended): void {
  const { stdout, stderr } = ended;
  expect(stderr, 'control characters off a terminal').not.toMatch(/[^\P{Cc}\n]/u);
  expect(stdout, 'control characters off a terminal').not.toMatch(/[^\P{Cc}\n]/u);
  expect(stdout, 'progress on standard output').not.toMatch(PROGRESS);
  if (!words.includes('--debug')) expect(stderr, 'a stack trace without --debug').not.toMatch(STACK);
  if (!words.includes('--json')) return;
  expect(stdout, 'one line of JSON').toMatch(/^\{.*\}\n$/);
  ended.json = JSON.parse(stdout);
}
