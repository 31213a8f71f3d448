import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OLDEST_NODE, tooOld } from '../../src/bin/node-version.js';
import { PROGRAM, settle } from '../support/program.js';
import { REPOSITORY, workspace, write } from '../support/workspace.js';

/** An older Node is told which one is needed, and shows no stack trace. */

test.each([
  ['12.22.12', false],
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  ['21.0.0', true],
  ['100.1.0', true],
])('Node %s', (version, isNewEnough) => {
  const refusal = tooOld(version);
  expect(refusal === undefined).toBe(isNewEnough);
  if (refusal !== undefined)
    expect(refusal.message).toBe(`settle needs Node 20.19 or later, and this is Node ${version}`);
});

test('the version is that of package.json', () => {
  const { engines } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  expect(engines.node).toBe(`>=${OLDEST_NODE}`);
});

describe('the entry', () => {
  /** This Node under the name of another. */
  function under(version: string): { cwd: string; command: [string, ...string[]] } {
    const cwd = workspace();
    const said = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });\n`;
    write(cwd, { 'fake.cjs': said });
    return { cwd, command: [process.execPath, '--require', join(cwd, 'fake.cjs')] };
  }

  test('says it and does nothing', async () => {
    const { exit, stdout, stderr } = await settle(['init', 'x'], under('18.20.8'));
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: settle needs Node 20\.19 or later, and this is Node 18\.20\.8\nInstall .*\n$/);
  });

  test('says it in JSON too', async () => {
    const { exit, json } = await settle(['runs', '--json'], under('20.18.3'));
    expect([exit, json.error.code]).toEqual([1, 'machine']);
    expect(json.error.message).toContain('20.19 or later');
    expect(json.error.mend).toContain('Install');
  });

  test('goes on where the Node is new enough', async () => {
    const { exit, stdout } = await settle(['--version'], under('20.19.0'));
    expect([exit, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+ \(build [0-9a-f]{16}\)\n$/)]);
  });

  test('can be read by Node 12: it imports nothing before it has looked, and has no newer syntax', () => {
    const entry = readFileSync(PROGRAM, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    expect(entry.match(/^\s*(import|export)\b(?! \{\};$)(?!\().*$/gm)).toBeNull();
    expect(entry).toContain('import("../shared/start.js")');
    expect(entry).not.toMatch(/\?\?|\?\.|\bawait\b|#\w+\s*[=(;]|\|\|=|&&=|\d_\d|\.(at|replaceAll|flat|hasOwn)\(/);
  });
});
