import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { SETTINGS } from '../../src/settings/settings.js';
import { settle } from '../support/program.js';
import { REPOSITORY } from '../support/workspace.js';

/** deploy/ is copied by whoever installs the program: what it calls must be there, and be what it says. */

const DEPLOY = join(REPOSITORY, 'deploy');
const files = readdirSync(DEPLOY, { recursive: true, encoding: 'utf8' })
  .filter((name) => statSync(join(DEPLOY, name)).isFile())
  .sort();
const read = (name: string): string => readFileSync(join(DEPLOY, name), 'utf8');
const service = read('settlement.service');

/** Calls of the program in a text: its words behind `settle`, in code and units alone. */
function callsIn(name: string): string[][] {
  const text = read(name);
  const code = name.endsWith('.md')
    ? [...text.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g)].map(([, a, b]) => a ?? b)
    : [text];
  const lines = code.flatMap((each) => (each as string).split('\n')).map((line) => line.replace(/(^|\s)#.*$/, ''));
  const ofShell = lines.flatMap((line) => {
    const words = line.split(/\s+/);
    const at = words.findIndex((word) => /(^|[/=])settle$/.test(word));
    const image = /^podman run /.test(line) ? words.indexOf('settlement') : -1;
    const from = at >= 0 ? at : image;
    return from >= 0 && /^[a-z]/.test(words[from + 1] ?? '') ? [words.slice(from + 1)] : [];
  });
  const [, entry = ''] = /^CMD \[(.*)\]$/m.exec(text) ?? [];
  return entry === '' ? ofShell : [...ofShell, JSON.parse(`[${entry}]`) as string[]];
}

const calls = files.flatMap((name) => callsIn(name).map((words) => [name, words] as const));
const helps = new Map<string, string>();

beforeAll(async () => {
  for (const command of new Set(calls.map(([, [command]]) => command as string)))
    helps.set(command, (await settle([command, '--help'], { cwd: REPOSITORY })).stdout);
});

test('calls of the program are found where there are some', () => {
  const found = calls.map(([name, words]) => `${name}: ${words[0]}`);
  expect(found).toEqual(
    expect.arrayContaining([
      'Containerfile: nightly',
      'README.md: nightly',
      'README.md: runs',
      'README.md: close',
      'settlement.service: nightly',
    ]),
  );
});

test.each(calls)('%s: settle %s is a command, with these flags', (_name, words) => {
  const help = helps.get(words[0] as string) ?? '';
  expect(help).toContain(`Usage: settle ${words[0]} `);
  for (const flag of words.filter((word) => word.startsWith('--'))) expect(help).toMatch(new RegExp(`${flag}\\b`));
});

test('settings that its page shows are known', () => {
  const yaml = /```yaml\n([\s\S]*?)```/.exec(read('README.md'))?.[1] as string;
  const keys = [...yaml.matchAll(/^(\w+):/gm)].map(([, key]) => key as string);
  expect(keys.length).toBeGreaterThan(2);
  for (const key of keys) expect(SETTINGS.map((setting) => setting.key)).toContain(key);
});

test('its page names every file, and the README names the folder', () => {
  for (const name of files.filter((each) => each !== 'README.md')) expect(read('README.md')).toContain(`\`${name}\``);
  expect(readFileSync(join(REPOSITORY, 'README.md'), 'utf8')).toContain('`deploy/`');
});

describe('the service', () => {
  const value = (key: string): string | undefined => new RegExp(`^${key}=(.*)$`, 'm').exec(service)?.[1];
  const words = (value('ExecStart') ?? '').split(' ');
  const argument = (flag: string): string => words[words.indexOf(flag) + 1] as string;

  test('takes exit 4 for done, and tells of every other by a unit that is there', () => {
    expect(value('SuccessExitStatus')).toBe('4');
    expect(value('OnFailure')).toBe('settlement-failed@%n.service');
    expect(files).toContain('settlement-failed@.service');
    expect(read('settlement.timer')).toContain('Asia/Shanghai');
  });

  test('writes its log and metrics where it may, and waits for their mounts', () => {
    expect(argument('--log')).toMatch(new RegExp(`^/var/log/${value('LogsDirectory')}/`));
    expect(argument('--metrics')).toMatch(new RegExp(`^/var/lib/${value('StateDirectory')?.split(' ')[0]}/`));
    for (const folder of [value('WorkingDirectory'), '/var/lib/settlement', '/var/log/settlement'])
      expect(value('RequiresMountsFor')?.split(' ')).toContain(folder);
  });

  test('is rotated by its own name and user', () => {
    const rotated = read('settlement.logrotate');
    expect(rotated).toContain(`${argument('--log')} {`);
    expect(rotated).toContain(`su ${value('User')} ${value('Group')}`);
  });

  test.runIf(hasAnalyze())('is exposed by 3.0 at most, as its page says', () => {
    const words = ['security', '--offline=true', '--no-pager', '--threshold=30', join(DEPLOY, 'settlement.service')];
    const said = execFileSync('systemd-analyze', words, { encoding: 'utf8' }); // ends with 1 above the threshold
    const [, exposure] = /exposure level for settlement\.service: ([\d.]+)/.exec(said) ?? [];
    expect(Number(exposure)).toBeLessThanOrEqual(3);
  });
});

function hasAnalyze(): boolean {
  try {
    return /--offline/.test(execFileSync('systemd-analyze', ['--help'], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return false;
  }
}

describe('the container', () => {
  const text = read('Containerfile');

  test('copies what is there, and all that the program is published with', () => {
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from]) => (from as string).split(' '));
    for (const path of copied) expect([path, existsSync(join(REPOSITORY, path))]).toEqual([path, true]);
    const { files: published, engines } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    const inside = [...text.matchAll(/^COPY .*? (\/opt\/settlement\/\S*)$/gm)].map(([line]) => line).join('\n');
    for (const part of (published as string[]).filter((each) => each !== 'deploy')) expect(inside).toContain(part);
    const [, node] = /^FROM node:(\d+)/m.exec(text) ?? [];
    expect(Number(node)).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)?.[0]));
  });

  test('runs as a user by number, and never as root', () => expect(text).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m));

  test('names no registry, and every image by a version', () => {
    for (const [, image] of text.matchAll(/^FROM (\S+)/gm)) expect(image).toMatch(/^[a-z]+:\d/);
  });
});
