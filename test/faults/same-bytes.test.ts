import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/workspace.js';
import { expectSame, few, placeAsBefore, type Reference, TEST_MS, undisturbed } from './month.js';

/** The same bytes whatever the machine is set to: threads, memory, ranges of anchors, time zone, language, umask. */

interface Setting {
  what: string;
  words?: string[];
  env?: NodeJS.ProcessEnv;
  umask?: string;
}

const SETTINGS: readonly Setting[] = [
  {
    what: 'all at once: 4 threads in Kathmandu, tables by ranges of anchors',
    words: ['--threads', '4', '--range-rows', '100'],
    env: { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' },
    umask: '077',
  },
  { what: 'one thread', words: ['--threads', '1'], env: { TZ: 'America/New_York', LANG: 'C' } },
  { what: '2 threads', words: ['--threads', '2'] },
  { what: '4 threads', words: ['--threads', '4'] },
  { what: 'little memory', words: ['--threads', '2', '--memory-limit', '128MB'] },
  { what: 'a range for each anchor', words: ['--range-rows', '1'] },
  { what: 'two ranges, and nearly all in the first', words: ['--threads', '2', '--range-rows', '900'] },
  { what: 'New York', env: { TZ: 'America/New_York' } },
  { what: 'Samoa, a day ahead of its neighbour', env: { TZ: 'Pacific/Apia' } },
  { what: 'a time zone that nobody knows', env: { TZ: 'Nowhere/Land' } },
  { what: 'Turkish', env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } },
  { what: 'Chinese in GB18030', env: { LANG: 'zh_CN.GB18030', LC_ALL: 'zh_CN.GB18030' } },
  { what: 'no language', env: { LANG: '', LC_ALL: 'POSIX' } },
  { what: 'everything for everybody', umask: '000' },
  { what: 'nothing for anybody else', umask: '077' },
];

const folder = temporaryFolder();
let reference: Reference;
beforeAll(async () => {
  reference = await undisturbed('a new warehouse');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(few(SETTINGS, 0))(
  '$what',
  async ({ words = [], env = {}, umask = '022' }) => {
    const place = placeAsBefore(folder, reference);
    const command = ['/bin/sh', '-c', `umask ${umask}; exec "$0" "$@"`, process.execPath] as const;
    const { exit, json } = await place.run(['--json', ...words], { env, command });
    expect(exit, json.error?.message).toBe(0);
    await expectSame(place, reference);
    rmSync(place.folder, { recursive: true });
  },
  TEST_MS,
);
