import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLEAN_MONTH } from '../support/exports.js';
import { settle } from '../support/program.js';
import { SAMPLE_POLICY, workspace, write } from '../support/workspace.js';
import { hold } from './holder.js';

// @module-tag deep

/** Exit 5: another process has the warehouse. */

const RUN = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--json'];

function place(): string {
  const folder = workspace();
  mkdirSync(join(folder, 'exports'));
  write(join(folder, 'exports'), CLEAN_MONTH);
  return folder;
}

test('5: the message names the process that holds the warehouse; when it has gone, the run is fine', async () => {
  const cwd = place();
  const warehouse = join(cwd, 'settlement.duckdb');
  expect((await settle([...RUN, '--out', 'first'], { cwd })).exit).toBe(0);
  const { pid, release } = await hold(warehouse);
  const { exit, json, stderr } = await settle(RUN, { cwd });
  expect(exit).toBe(5);
  expect(json.error).toMatchObject({ code: 'held', file: warehouse, pid });
  expect(json.error.message).toContain(`held by another run (process ${pid})`);
  expect(stderr).toContain(String(pid));
  expect(existsSync(join(cwd, 'out'))).toBe(false);
  await release();
  expect((await settle(RUN, { cwd })).exit).toBe(0);
});

test('two first runs at once: each ends well, or is told that the other has the warehouse', async () => {
  const cwd = place();
  const both = await Promise.all([settle(RUN, { cwd }), settle(RUN, { cwd })]);
  const exits = both.map(({ exit }) => exit).sort();
  expect([
    [0, 0],
    [0, 5],
  ]).toContainEqual(exits);
  const again = await settle(RUN, { cwd });
  expect(again.exit).toBe(0);
  expect(again.json.totals.total).toBe('30.00');
});
