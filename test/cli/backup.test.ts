import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { settle } from '../support/program.js';
import { SAMPLE_POLICY, workspace, write } from '../support/workspace.js';
import { hold } from './holder.js';

// @module-tag deep

/** A copy of the warehouse that opens and settles, whole under its name or absent. */

const RUN = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--json'];

async function settled(): Promise<{ cwd: string; runId: string }> {
  const cwd = workspace();
  mkdirSync(join(cwd, 'exports'));
  write(join(cwd, 'exports'), CLEAN_MONTH);
  const { exit, json } = await settle(RUN, { cwd });
  expect(exit).toBe(0);
  return { cwd, runId: json.run_id };
}

test('a backup has the warehouse with its head, opens, and settles to the same run', DEEP, async () => {
  const { cwd, runId } = await settled();
  const { exit, json } = await settle(['backup', 'backups/one.duckdb', '--json'], { cwd });
  expect(exit).toBe(0);
  const backup = join(cwd, 'backups', 'one.duckdb');
  expect(json).toMatchObject({ backup, warehouse: join(cwd, 'settlement.duckdb'), load: 1 });
  expect(readFileSync(backup).equals(readFileSync(join(cwd, 'settlement.duckdb'))), 'the copy').toBe(true);
  expect(readdirSync(join(cwd, 'backups')).sort()).toEqual(['one.duckdb', 'one.duckdb.head']);
  const again = await settle([...RUN, '--warehouse', backup, '--known-at', '1', '--out', 'elsewhere'], { cwd });
  expect([again.exit, again.json.run_id]).toEqual([0, runId]);
});

test('it says how to restore it, and that works, also where the warehouse has gone on', async () => {
  const { cwd, runId } = await settled();
  const { stdout } = await settle(['backup', 'one.duckdb'], { cwd });
  const copying = /^ {2}cp (\S+) (\S+) && cp (\S+) (\S+)$/m.exec(stdout);
  for (const end of ['', '.head']) rmSync(join(cwd, `settlement.duckdb${end}`));
  for (const at of [1, 3]) cpSync(copying?.[at] as string, copying?.[at + 1] as string);
  const { exit, json } = await settle(RUN, { cwd });
  expect([exit, json.run_id]).toEqual([0, runId]);
  write(join(cwd, 'exports'), { 'sessions-late.csv': sessionsCsv({ id: 'late' }) });
  expect((await settle(RUN, { cwd })).exit).toBe(0);
  for (const at of [1, 3]) cpSync(copying?.[at] as string, copying?.[at + 1] as string);
  const older = await settle(RUN, { cwd });
  expect([older.exit, older.json.error.code]).toEqual([6, 'differs']);
  expect(older.json.error.mend).toContain('newest backup');
});

test('no file is written over, and a head that a killed backup left is', async () => {
  const { cwd } = await settled();
  writeFileSync(join(cwd, 'there'), 'kept');
  const refused = await settle(['backup', 'there', '--json'], { cwd });
  expect([refused.exit, refused.json.error.message]).toEqual([2, expect.stringContaining('is there already')]);
  expect(readFileSync(join(cwd, 'there'), 'utf8')).toBe('kept');
  writeFileSync(join(cwd, 'one.duckdb.head'), '{');
  expect((await settle(['backup', 'one.duckdb', '--json'], { cwd })).exit).toBe(0);
  expect(readFileSync(join(cwd, 'one.duckdb.head'))).toEqual(readFileSync(join(cwd, 'settlement.duckdb.head')));
});

test('none is made of a warehouse that is not there, is in memory, or is held', async () => {
  const { cwd } = await settled();
  for (const words of [['--warehouse', 'nowhere.duckdb'], ['--warehouse', ':memory:'], []] as const) {
    const held = words.length === 0 ? await hold(join(cwd, 'settlement.duckdb')) : undefined;
    const { exit } = await settle(['backup', 'deep/down/one.duckdb', ...words, '--json'], { cwd });
    expect(exit, words.join(' ')).toBe(held === undefined ? 2 : 5);
    await held?.release();
    expect(existsSync(join(cwd, 'deep'))).toBe(false);
  }
});
