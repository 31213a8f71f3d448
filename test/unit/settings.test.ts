import { join } from 'node:path';
import { Command } from 'commander';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { common, ofDatabase, ofEngine, ofExports, ofWarehouse, takeSettings } from '../../src/bin/flags.js';
import { SettleError } from '../../src/core/errors.js';
import { NOTICE_CODES } from '../../src/notices/codes.js';
import { sparkAsked } from '../../src/settings/run-options.js';
import type { Settings } from '../../src/settings/setting.js';
import { readSettings, SETTINGS } from '../../src/settings/settings.js';
import { workspace, write } from '../support/workspace.js';

/** Flag before environment before file; what the file says wrong is told by line and key. */

const VALUES: Record<string, [flag: string, environment: string, file: string, written?: string]> = {
  input: ['in-flag', 'in-environment', 'in-file'],
  lake: ['lake-flag', 'lake-environment', 'lake-file'],
  warehouse: ['w-flag.duckdb', ':memory:', 'w-file.duckdb'],
  out: ['out-flag', 'out-environment', 'out-file'],
  policies: ['policies-flag', 'policies-environment', 'policies-file'],
  encoding: ['gbk', 'utf-8', 'gb18030'],
  parquet_int96: ['wall', 'instant', 'wall'],
  memory_limit: ['1GB', '2.5 GiB', '512MB'],
  threads: ['1', '2', '3', '3'],
  range_rows: ['5', '6', '7', '7'],
  metrics: ['m-flag.prom', 'm-environment.prom', 'm-file.prom'],
  verify: ['', 'false', 'true'],
  lang: ['zh', 'en', 'zh'],
  engine: ['spark', 'duckdb', 'spark'],
  wait: ['10', '0', '30', '"30"'],
};

/** A command that knows every setting, called with these words. */
async function called(words: string[]): Promise<Record<string, unknown>> {
  const command = ofEngine(ofExports(ofDatabase(ofWarehouse(common(new Command('x'))))));
  for (const flag of ['input', 'lake', 'policies', 'metrics']) command.option(`--${flag} <dir>`);
  command.option('--verify').option('--no-verify');
  command.parse(words, { from: 'user' });
  await takeSettings(command);
  return command.opts();
}

const variable = (key: string): string => `SETTLE_${key.toUpperCase()}`;
afterEach(() => {
  for (const { key } of SETTINGS) delete process.env[variable(key)];
});

test('the settings are all here', () => expect(SETTINGS.map(({ key }) => key)).toEqual(Object.keys(VALUES)));

describe('verify', () => {
  test.each([
    ['true', undefined, [], true],
    ['false', undefined, [], false],
    ['"true"', undefined, [], true],
    ['true', 'false', [], false],
    ['false', 'true', [], true],
    ['false', 'false', ['--verify'], true],
    ['true', 'true', ['--no-verify'], false],
  ])('%s in the file, %s in the environment, %s', async (written, said, words, verify) => {
    const folder = write(workspace(), { 'settle.yaml': `verify: ${written}\n` });
    if (said !== undefined) process.env.SETTLE_VERIFY = said;
    expect((await called(['--config', join(folder, 'settle.yaml'), ...words])).verify).toBe(verify);
  });

  test.each(['yes', 'on', '1', 'TRUE?', '~', '[]', '""'])('%s is no value of it', async (value) => {
    const error = await refused(`verify: ${value}\n`);
    expect(error.details).toMatchObject({ line: 1, key: 'verify' });
    expect(error.message).toContain('expected true or false');
  });
});

describe.each(SETTINGS.filter(({ key }) => key !== 'verify'))('$key', ({ key, flag, path }) => {
  const [ofFlag, ofEnvironment, ofFile, written = ofFile] = VALUES[key] as [string, string, string, string?];

  test('flag before environment before file', async () => {
    const folder = write(workspace(), { 'settle.yaml': `${key}: ${written}\n` });
    const config = ['--config', join(folder, 'settle.yaml')];
    expect((await called(config))[flag]).toBe(path ? join(folder, ofFile) : ofFile);
    process.env[variable(key)] = ofEnvironment;
    expect((await called(config))[flag]).toBe(ofEnvironment);
    expect((await called([...config, `--${key.replace('_', '-')}`, ofFlag]))[flag]).toBe(ofFlag);
  });

  test('an empty variable says nothing', async () => {
    const folder = write(workspace(), { 'settle.yaml': `${key}: ${written}\n` });
    const before = await called(['--config', join(folder, 'settle.yaml')]);
    process.env[variable(key)] = '';
    expect(await called(['--config', join(folder, 'settle.yaml')])).toEqual(before);
  });

  test.each(['', ' ', '[]', '{ a: b }', 'true', '"\\u0007"', '1.5', '~'])('%s is no value of it', async (value) => {
    const error = await refused(`# settings\n\n${key}: ${value}\n`);
    expect(error.details).toMatchObject({ line: 3, key });
  });
});

async function refused(text: string | Uint8Array): Promise<SettleError> {
  const folder = write(workspace(), { 'settle.yaml': text });
  const error = await readSettings(join(folder, 'settle.yaml'), {}).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(SettleError);
  expect(error).toMatchObject({ code: 'usage', exit: 2 });
  return error;
}

const read = (text: string): Promise<Settings> => {
  const folder = write(workspace(), { 'settle.yaml': text });
  return readSettings(join(folder, 'settle.yaml'), {});
};
const NOTHING: Settings = {
  flags: {},
  expect: {},
  lowered: [],
  mappings: {},
  fourEyes: false,
  minimumPayout: '0.00',
  budget: {},
  spark: undefined,
};

describe('the file', () => {
  test.each<[what: string, text: string, line: number, words: string]>([
    ['an unknown key', 'out: x\noutput: y\n', 2, 'output: unknown key; did you mean out?'],
    [
      'a key of nothing like it',
      'colour: blue\n',
      1,
      'colour: unknown key; known settings: input, lake, warehouse, out',
    ],
    ['a key of capitals', 'Out: x\n', 1, 'did you mean out?'],
    ['a key twice', 'out: x\ninput: y\nout: z\n', 3, 'out: found the key a second time'],
    ['a key that objects have', 'out: x\n__proto__: y\n', 2, 'unknown key'],
    ['a number for a path', 'out: 5\n', 1, 'found the number 5; expected the path'],
    ['a list for a path', '\ninput:\n  - a\n  - b\n', 2, 'found a list; expected the path'],
    ['no size', 'memory_limit: lots\n', 1, 'found the text "lots"; expected a size such as 4GB'],
    ['a size without its unit', 'memory_limit: 4\n', 1, 'expected a size'],
    ['an unknown encoding', 'encoding: big5\n', 1, 'expected gb18030 or utf-8'],
    ['INT96 of another kind', 'parquet_int96: utc\n', 1, "expected instant (UTC) or wall (Beijing's clock)"],
    ['threads in words', 'threads: two\n', 1, 'expected a whole number'],
    ['threads below nothing', 'threads: -1\n', 1, 'expected a whole number'],
    ['hexadecimal threads', 'threads: 0x10\n', 1, 'expected a whole number'],
    ['a list', '- out\n', 1, 'expected settings with their values'],
    ['a word', 'out\n', 1, 'expected settings with their values'],
    ['no YAML', 'out: [x\n', 2, 'this is not YAML'],
    ['an alias', 'out: &a x\ninput: *a\n', 1, 'not allowed in a settings file'],
    ['a NUL', 'out: x\n\0', 2, 'a NUL character'],
  ])('%s', async (_, text, line, words) => {
    const error = await refused(text);
    expect(error.message).toContain(words);
    expect(error.message).toMatch(new RegExp(`settle\\.yaml:${line}: `));
  });

  test('all faults are told together, in the order of the file', async () => {
    const { message } = await refused('oot: x\nthreads: two\nwait: x\n');
    expect(message.split('\n').map((line) => /:(\d): (\w+)/.exec(line)?.slice(1))).toEqual([
      ['1', 'oot'],
      ['2', 'threads'],
      ['3', 'wait'],
    ]);
  });

  test('not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('out: x\ninput: '), Buffer.from([0xc4, 0xda])]);
    expect((await refused(bytes)).details).toMatchObject({ line: 2 });
  });

  test.each(['', '\n', '# out: x\n', '   # only this', '\ufeff# with a mark\r\n'])('%j says nothing', async (text) => {
    expect(await read(text)).toEqual(NOTHING);
  });

  test('absolute paths stay, and :memory: is none', async () => {
    const { flags } = await read('out: /srv/out\nwarehouse: ":memory:"\n');
    expect(flags).toEqual({ out: '/srv/out', warehouse: ':memory:' });
  });

  test.each(['nowhere.yaml', '.'])('%s with --config', async (name) => {
    const folder = workspace();
    await expect(readSettings(join(folder, name), {})).rejects.toMatchObject({ code: 'usage' });
  });

  test('however it is written, it is read or refused', async () => {
    const key = fc.constantFrom(...Object.keys(VALUES), 'expect', 'notices', 'x', '"a b"', '?', '<<');
    const value = fc.constantFrom(
      '{ sessions: daily }',
      'x',
      '3',
      '"',
      '[a]',
      '{}',
      '4GB',
      '*a',
      '&a',
      '!!int 3',
      '|',
      'gbk',
      '\t',
    );
    const line = fc.tuple(key, fc.constantFrom(': ', ':', ' ', ':\n  '), value).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 4 }), async (lines) => {
        const folder = write(workspace(), { 'settle.yaml': lines.join('\n') });
        const result = await readSettings(join(folder, 'settle.yaml'), {}).catch((thrown) => thrown);
        if (result instanceof Error) expect(result).toMatchObject({ code: 'usage' });
        else expect(Object.values(result.flags).every((said) => typeof said === 'string')).toBe(true);
      }),
    );
  });
});

test.each([
  ['SETTLE_THREADS', 'two'],
  ['SETTLE_MEMORY_LIMIT', '4'],
  ['SETTLE_ENCODING', 'big5'],
  ['SETTLE_OUT', ' '],
  ['SETTLE_FOO', 'x'],
  ['SETTLE_FOO', ''],
])('%s=%s is refused by name', async (name, value) => {
  await expect(readSettings(undefined, { [name]: value })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining(name),
  });
});

test.each([
  ['SETTLE_INPTU', /did you mean SETTLE_INPUT\?/],
  ['SETTLE_MEMORYLIMIT', /did you mean SETTLE_MEMORY_LIMIT\?/],
  ['SETTLE_input', /did you mean SETTLE_INPUT\?/],
  ['SETTLE_X', /SETTLE_X is unknown; .*known here: SETTLE_INPUT, SETTLE_LAKE, SETTLE_WAREHOUSE/],
  ['SETTLE_EXPECT', /expect is said in settle\.yaml alone/],
  ['SETTLE_NOTICES', /notices is said in settle\.yaml alone/],
])('%s is unknown, whatever it says', async (name, message) => {
  await expect(readSettings(undefined, { [name]: 'x' })).rejects.toMatchObject({
    exit: 2,
    message: expect.stringMatching(message),
  });
});

test.each(['settle_input', 'XSETTLE_INPUT', 'SETTLEMENT'])('%s is no variable of ours', async (name) => {
  expect(await readSettings(undefined, { [name]: 'x' })).toEqual(NOTHING);
});

describe('expect', () => {
  test('kinds and how often something new of them should come', async () => {
    const { expect: expected } = await read('expect:\n  sessions: daily\n  anchors: weekly\n  penalties: monthly\n');
    expect(expected).toEqual({ sessions: 'daily', anchors: 'weekly', penalties: 'monthly' });
    expect((await read('expect: {}\n')).expect).toEqual({});
  });

  test.each<[what: string, text: string, line: number, key: string, words: string]>([
    ['no mapping', 'expect: daily\n', 1, 'expect', 'expected kinds of exports: { sessions: daily }'],
    ['nothing', 'out: x\nexpect:\n', 2, 'expect', 'found no value; expected kinds of exports'],
    ['a list', 'expect: [sessions]\n', 1, 'expect', 'found a list; expected kinds'],
    ['a misspelt kind', 'expect:\n  session: daily\n', 2, 'expect.session', 'unknown key; did you mean sessions?'],
    ['a kind of nothing like it', 'expect: { moon: daily }\n', 1, 'expect.moon', 'known here: sessions, anchors'],
    [
      'a pace of another word',
      'expect:\n  sessions: hourly\n',
      2,
      'expect.sessions',
      'expected daily, weekly, monthly',
    ],
    ['a pace of capitals', 'expect: { sessions: Daily }\n', 1, 'expect.sessions', 'expected daily, weekly, monthly'],
    ['a number of days', 'expect: { sessions: 1 }\n', 1, 'expect.sessions', 'found the number 1; expected daily'],
    ['a pace that objects have', 'expect: { sessions: constructor }\n', 1, 'expect.sessions', 'expected daily'],
    ['a kind twice', 'expect:\n  sessions: daily\n  sessions: weekly\n', 3, 'expect.sessions', 'a second time'],
  ])('%s', async (_, text, line, key, words) => {
    const { message, details } = await refused(text);
    expect(message).toContain(words);
    expect(details).toMatchObject({ line, key });
  });
});

describe('notices', () => {
  const lowered = (said: string): string => `notices:\n  last_line_open: ${said}\n`;

  test('a code that is lowered, and why; whatever their order in the file', async () => {
    const text =
      'notices:\n  last_line_open: { severity: info, reason: "no newline" }\n  agency_changed:\n    reason: known\n    severity: info\n';
    expect((await read(text)).lowered).toEqual([
      { code: 'agency_changed', severity: 'info', reason: 'known' },
      { code: 'last_line_open', severity: 'info', reason: 'no newline' },
    ]);
  });

  test('every code of the contract that asks for a person can be lowered, and no other', async () => {
    for (const [code, { severity }] of Object.entries(NOTICE_CODES)) {
      const result = read(`notices: { ${code}: { severity: info, reason: x } }\n`);
      if (severity === 'attention') expect((await result).lowered).toHaveLength(1);
      else await expect(result).rejects.toMatchObject({ message: expect.stringContaining('is info already') });
    }
  });

  test.each<[what: string, text: string, line: number, key: string, words: string]>([
    ['no mapping', 'notices: off\n', 1, 'notices', 'expected codes of notices'],
    [
      'an unknown code',
      'notices:\n  last_line: { severity: info, reason: x }\n',
      2,
      'notices.last_line',
      'did you mean last_line_open?',
    ],
    [
      'a code that objects have',
      'notices:\n  toString: { severity: info, reason: x }\n',
      2,
      'notices.toString',
      'unknown key',
    ],
    ['the severity alone', lowered('info'), 2, 'notices.last_line_open', 'expected { severity: info, reason: "why" }'],
    [
      'raised',
      lowered('{ severity: attention, reason: x }'),
      2,
      'notices.last_line_open.severity',
      'expected info: a notice can only be lowered',
    ],
    ['off', lowered('{ severity: off, reason: x }'), 2, 'notices.last_line_open.severity', 'expected info'],
    [
      'no reason',
      lowered('{ severity: info }'),
      2,
      'notices.last_line_open.reason',
      'the key is missing; expected a text that says why',
    ],
    [
      'a blank reason',
      lowered('{ severity: info, reason: " " }'),
      2,
      'notices.last_line_open.reason',
      'expected a text',
    ],
    [
      'a number for a reason',
      lowered('{ severity: info, reason: 5 }'),
      2,
      'notices.last_line_open.reason',
      'found the number 5',
    ],
    [
      'a key too many',
      lowered('{ severity: info, reason: x, until: 5 }'),
      2,
      'notices.last_line_open.until',
      'known here: severity, reason',
    ],
  ])('%s', async (_, text, line, key, words) => {
    const { message, details } = await refused(text);
    expect(message).toContain(words);
    expect(details).toMatchObject({ line, key });
  });
});

describe('spark', () => {
  test('says where it is; the lake begins at the folder of the file', async () => {
    const folder = write(workspace(), {
      'settle.yaml':
        'engine: spark\nspark: { connect: "sc://h:7/;use_ssl=true", lake: lake, database_prefix: pay_, patience: 60 }\n',
    });
    const { flags, spark } = await readSettings(join(folder, 'settle.yaml'), {});
    expect(flags.engine).toBe('spark');
    expect(spark).toEqual({
      ...{ connect: 'sc://h:7/;use_ssl=true', databasePrefix: 'pay_', patience: 60 },
      lake: join(folder, 'lake'),
    });
    expect((await read('spark: { connect: "sc://h", lake: /lake }\n')).spark).toMatchObject({
      ...{ lake: '/lake', databasePrefix: 'settle_', patience: 300 },
    });
  });

  test.each([
    ['spark: here', 'where Spark is'],
    ['spark: { lake: /lake }', 'connect is missing'],
    ['spark: { connect: "sc://h" }', 'lake is missing'],
    ['spark: { connect: "http://h", lake: /lake }', 'address of the Spark server'],
    ['spark: { connect: "sc://h/;token=secret-9;=", lake: /lake }', 'address of the Spark server'],
    ['spark: { connect: "sc://h", lake: "" }', 'path of a folder'],
    ['spark: { connect: "sc://h", lake: /lake, database_prefix: "Pay; DROP" }', 'small letters'],
    ['spark: { connect: "sc://h", lake: /lake, patience: 9 }', '10 to 86400'],
    ['spark: { connect: "sc://h", lake: /lake, patience: "60" }', '10 to 86400'],
    ['spark: { connect: "sc://h", lakes: /lake }', 'lake'],
  ])('%s is refused, and no secret is repeated', async (text, words) => {
    const folder = write(workspace(), { 'settle.yaml': `${text}\n` });
    const error = (await readSettings(join(folder, 'settle.yaml'), {}).catch((thrown) => thrown)) as SettleError;
    expect(error).toMatchObject({ code: 'usage', exit: 2 });
    expect(error.message).toContain(words);
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain('secret-9');
  });

  test('a run that asks for it where nobody says where it is ends before anything is opened', () => {
    expect(() => sparkAsked({ engine: 'spark' })).toThrow("don't say where it is");
    expect(() => sparkAsked({ engine: 'flink' })).toThrow('neither duckdb nor spark');
    expect(sparkAsked({})).toBeUndefined();
  });
});
