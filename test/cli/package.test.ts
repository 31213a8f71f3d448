import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import config from '../../rolldown.config.js';
import { PROGRAM as THIS } from '../../src/program/version.js';
import { settle } from '../support/program.js';
import { filesIn, REPOSITORY, temporaryFolder, workspace } from '../support/workspace.js';

/** `settle init`, and the program as it comes out of its package. */

test('init makes a workspace whose next command runs as it is printed', async () => {
  const cwd = workspace();
  const { exit, stdout } = await settle(['init', "a month's work"], { cwd });
  expect(exit).toBe(0);
  const next = /settle run .*$/m.exec(stdout)?.[0];
  expect(next).toBe('settle run --policy policy-2023-11.yaml --input exports');
  const place = join(cwd, "a month's work");
  const run = await settle([...(next as string).split(' ').slice(1), '--json'], { cwd: place });
  expect(run.exit).toBe(0);
  expect(run.json.totals).toMatchObject({ anchors: 14, sessions: 302 });
});

test('init into an empty folder is fine, and --json tells the next command', async () => {
  const cwd = workspace();
  const { exit, json } = await settle(['init', '.', '--json'], { cwd });
  expect([exit, json.next]).toEqual([0, 'settle run --policy policy-2023-11.yaml --input exports']);
  expect(readdirSync(cwd).sort()).toEqual(['exports', 'policy-2023-11.yaml', 'settle.yaml']);
});

test('policy check says what the policy is', async () => {
  const cwd = workspace();
  await settle(['init', '.'], { cwd });
  const { exit, stdout } = await settle(['policy', 'check', 'policy-2023-11.yaml'], { cwd });
  expect(exit).toBe(0);
  expect(stdout).toContain('content-live-2023-11, 2023-11-01 to 2023-11-30');
  const { json } = await settle(['policy', 'check', 'policy-2023-11.yaml', '--json'], { cwd });
  expect(json.policy).toMatchObject({ id: 'content-live-2023-11', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

interface Package {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}

function packageOf(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** All packages that npm puts beside one that needs these; of the optional ones those for this machine. */
function neededBy({ dependencies = {}, optionalDependencies = {} }: Package): Set<string> {
  const names = Object.keys({ ...dependencies, ...optionalDependencies });
  const there = names.filter((name) => existsSync(join(REPOSITORY, 'node_modules', name)));
  return new Set(there.flatMap((name) => [name, ...neededBy(packageOf(join(REPOSITORY, 'node_modules', name)))]));
}

describe('the packed program', () => {
  const folder = temporaryFolder();
  const program = join(folder, 'bin', 'settle');

  beforeAll(() => {
    const npm = (...words: string[]): string => execFileSync('npm', words, { cwd: REPOSITORY, encoding: 'utf8' });
    const [packed] = JSON.parse(npm('pack', '--ignore-scripts', '--json', '--pack-destination', folder));
    execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
    // As an installation has it: the packages that it depends on, what these depend on, and a link to the program.
    const inside = join(folder, 'node_modules');
    mkdirSync(inside);
    for (const name of neededBy(packageOf(join(folder, 'package')))) {
      mkdirSync(dirname(join(inside, name)), { recursive: true });
      symlinkSync(join(REPOSITORY, 'node_modules', name), join(inside, name));
    }
    mkdirSync(join(folder, 'bin'));
    symlinkSync('../package/dist/bin/settle.js', program);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds the program, its SQL, the docs, the samples and what it is installed by, and nothing else', () => {
    const places = new Set(filesIn(join(folder, 'package')).map((file) => file.split('/')[0]));
    const parts = ['CHANGELOG.md', 'README.md', 'data-samples', 'deploy', 'dist', 'docs', 'man', 'package.json', 'sql'];
    expect([...places].sort()).toEqual(parts);
  });

  test('depends on what is not built in, and that is the database alone', () => {
    const { dependencies, optionalDependencies, peerDependencies } = packageOf(join(folder, 'package'));
    expect(Object.keys(dependencies ?? {})).toEqual(config.external);
    expect([optionalDependencies, peerDependencies]).toEqual([undefined, undefined]);
    const inside = readdirSync(join(folder, 'node_modules', '@duckdb'));
    expect(inside.filter((name) => !name.startsWith('node-bindings'))).toEqual([]);
  });

  test('has no script of those that npm runs, or warns of, where it is installed', () => {
    // A checkout is built by postprepare: npm runs it there alone, after `npm ci`, and warns of prepare in a package too.
    const { scripts } = packageOf(join(folder, 'package'));
    const asked = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare'];
    expect(Object.keys(scripts ?? {}).filter((name) => asked.includes(name))).toEqual([]);
    expect(scripts).toMatchObject({ postprepare: 'npm run build', prepack: 'npm run build' });
  });

  test('is the same build as the sources, from whatever folder it is called', async () => {
    const { exit, json } = await settle(['--version', '--json'], { cwd: workspace(), program });
    expect([exit, json.version, json.build]).toEqual([0, THIS.version, THIS.build]);
    const built = await settle(['--version', '--json'], { cwd: workspace() });
    expect(built.json).toEqual(json);
  });

  test('holds no import of a package that is built in', () => {
    const dist = join(folder, 'package', 'dist');
    const imports = filesIn(dist).flatMap((file) =>
      [...readFileSync(join(dist, file), 'utf8').matchAll(/^(?:import|export)\b[^;\n]* from "([^".][^"]*)"/gm)].map(
        ([, name]) => name as string,
      ),
    );
    expect(imports).toContain('node:fs');
    expect(imports.filter((name) => !isBuiltin(name))).toEqual([]);
  });

  test('tells its version, makes a workspace and settles it', async () => {
    const cwd = workspace();
    const version = await settle(['--version'], { cwd, program });
    expect([version.exit, version.stdout]).toEqual([
      0,
      expect.stringMatching(/^\d+\.\d+\.\d+ \(build [0-9a-f]{16}\)\n$/),
    ]);
    expect((await settle(['init', 'place'], { cwd, program })).exit).toBe(0);
    const words = ['run', '--policy', 'policy-2023-11.yaml', '--input', 'exports', '--json'];
    const { exit, json } = await settle(words, { cwd: join(cwd, 'place'), program });
    expect(exit).toBe(0);
    expect(json.program).toEqual({ ...THIS });
    expect((await settle(['verify', json.run_dir], { cwd, program })).exit).toBe(0);
  });
});
