import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/commands/run.js';
import { variations } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH, sessionsCsv } from '../support/exports.js';
import { settle } from '../support/program.js';
import { filesIn, SAMPLE_POLICY, SILENT, workspace, write } from '../support/workspace.js';

// @module-tag deep

/** Folders of exports that are hostile: links, pipes, names; and files that change under the reader's hands. */

const RUN = ['run', '--policy', SAMPLE_POLICY, '--input', 'exports', '--warehouse', ':memory:'];

function place(files: Record<string, string> = CLEAN_MONTH): { cwd: string; exports: string } {
  const cwd = workspace();
  const exports = join(cwd, 'exports');
  mkdirSync(exports);
  write(exports, files);
  return { cwd, exports };
}

test('links in circles, folders, pipes and devices under the names of exports are ignored', async () => {
  const { cwd, exports } = place();
  symlinkSync('sessions-loop.csv', join(exports, 'sessions-loop.csv'));
  symlinkSync('sessions-b.csv', join(exports, 'sessions-a.csv'));
  symlinkSync('sessions-a.csv', join(exports, 'sessions-b.csv'));
  symlinkSync('.', join(exports, 'sessions-here.csv'));
  symlinkSync('/dev/zero', join(exports, 'sessions-zero.csv'));
  symlinkSync('/dev/full', join(exports, 'sessions-full.csv.gz'));
  mkdirSync(join(exports, 'sessions-folder.csv'));
  execFileSync('mkfifo', [join(exports, 'sessions-pipe.csv'), join(exports, 'anchors-pipe.parquet')]);
  const { exit, stdout } = await settle(RUN, { cwd });
  expect(exit).toBe(0);
  const others = [
    'anchors-pipe.parquet',
    ...['a.csv', 'b.csv', 'folder.csv', 'full.csv.gz', 'here.csv', 'loop.csv', 'pipe.csv', 'zero.csv'].map(
      (name) => `sessions-${name}`,
    ),
  ];
  expect(others.filter((name) => stdout.includes(name))).toEqual(others);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
  const { cwd, exports } = place();
  chmodSync(join(exports, 'sessions.csv'), 0);
  const { exit, json } = await settle([...RUN, '--json'], { cwd });
  expect([exit, json.error.code]).toEqual([1, 'machine']);
  expect(json.error.message).toContain('sessions.csv');
});

test('what exports, cells and names say cannot steer a terminal, nor break the line of JSON', async () => {
  const steer = '\u001b]0;x\u0007\u009b31m\u202e\u2028';
  const { cwd, exports } = place({
    [`anchors${steer}.csv`]: anchorsCsv('a1').replace('nickname', steer),
    [`sessions\n${steer}.csv`]: `${sessionsCsv({ id: 's1' })}`,
    [`other ${steer}`]: '',
    'sessions-2.csv': sessionsCsv({ id: `"${steer}"` }),
  });
  const separators = /[\p{Cc}\p{Cf}\u2028]/u;
  const lines = (text: string): string[] => text.split('\n');
  const settled = await settle(RUN, { cwd });
  expect(settled.exit).toBe(4);
  const strict = await settle([...RUN, '--strict'], { cwd });
  expect(strict.exit).toBe(3);
  const json = await settle([...RUN, '--json'], { cwd });
  expect(json.json.warnings).toEqual([expect.stringContaining(steer)]);
  writeFileSync(join(exports, `sessions-3${steer}.csv`), '');
  const refused = await settle([...RUN, '--json'], { cwd });
  expect([refused.exit, refused.json.error.file]).toEqual([3, `sessions-3${steer}.csv`]);
  for (const { stdout, stderr } of [settled, strict, json, refused]) {
    for (const line of [...lines(stdout), ...lines(stderr)]) expect(line).not.toMatch(separators);
  }
});

/** Runs while somebody writes to a file between its examination and its loading. */
async function meanwhile(
  change: (path: string) => void,
  files: Record<string, string> = CLEAN_MONTH,
  name = 'sessions.csv',
) {
  const { cwd, exports } = place(files);
  let steps = 0;
  const context = {
    ...SILENT,
    progress: (phase: string, step: string) => {
      if (phase === 'load' && step === name && ++steps === 2) change(join(exports, name));
    },
  };
  const options = { policy: SAMPLE_POLICY, input: exports, out: join(cwd, 'out'), strict: false, statements: true };
  const ended = await run(options, context).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { ended, cwd };
}

const CHANGES: Record<string, (path: string) => void> = {
  'a row more': (path) => appendFileSync(path, `${sessionsCsv({ id: 's9' }).split('\n')[1]}\n`),
  'half a row more': (path) => appendFileSync(path, 's9,a1,'),
  'a stray quote': (path) => appendFileSync(path, 's9,"a1'),
  'bytes that are no text': (path) => appendFileSync(path, Buffer.from([0xff, 0, 0xfe])),
  'nothing left': (path) => writeFileSync(path, ''),
  'other content': (path) => writeFileSync(path, anchorsCsv('a1')),
  'the file gone': (path) => rmSync(path),
  'a folder in its place': (path) => {
    rmSync(path);
    mkdirSync(path);
  },
};

/** With a quote in its header a file is read strictly, and the change is met by the other reader. */
const QUOTED = { ...CLEAN_MONTH, 'sessions.csv': CLEAN_MONTH['sessions.csv'].replace('session_id', '"session_id"') };

variations([
  ...Object.entries(CHANGES).map(([what, change]) => ({ what, change, month: CLEAN_MONTH })),
  ...Object.entries(CHANGES)
    .slice(2, 6)
    .map(([what, change]) => ({ what: `${what}, read strictly`, change, month: QUOTED })),
])('a file that changes while it is read: $what', async ({ change, month }) => {
  const { ended, cwd } = await meanwhile(change, month);
  expect(ended).toMatchObject({ code: 'input', exit: 3, message: 'sessions.csv: changed while it was being read' });
  expect(filesIn(cwd).filter((file) => !file.startsWith('exports/'))).toEqual([]);
});

test('a policy by the name of a device settles into a folder of that name', async () => {
  const { cwd, exports } = place();
  writeFileSync(join(cwd, 'policy.yaml'), readFileSync(SAMPLE_POLICY, 'utf8').replace(/^id: [^ ]+/m, 'id: CON'));
  const { exit, json } = await settle(['run', '--policy', 'policy.yaml', '--input', exports, '--json'], { cwd });
  expect([exit, json.run_dir]).toEqual([0, join(cwd, 'out', 'CON', json.run_id)]);
});
