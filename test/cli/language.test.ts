import { expect, test } from 'vitest';
import { settle } from '../support/program.js';
import { workspace, write } from '../support/workspace.js';

/** In which language people are answered: the flag, the variable, settle.yaml, the locale, in this order. */

const ENGLISH = /^error: there is no run x\nGive a run id/;
const CHINESE = /^错误：没有批次 x\n请给出批次号/;

test.each<[what: string, words: string[], environment: NodeJS.ProcessEnv, file: string, said: RegExp]>([
  ['nothing', [], { LANG: 'C.UTF-8' }, '', ENGLISH],
  ['the locale', [], { LANG: 'zh_CN.UTF-8' }, '', CHINESE],
  ['LC_ALL before LANG', [], { LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' }, '', ENGLISH],
  ['settle.yaml before the locale', [], { LANG: 'zh_CN.UTF-8' }, 'lang: en\n', ENGLISH],
  ['the variable before settle.yaml', [], { SETTLE_LANG: 'zh' }, 'lang: en\n', CHINESE],
  ['the flag before all', ['--lang', 'zh'], { SETTLE_LANG: 'en', LC_ALL: 'C' }, 'lang: en\n', CHINESE],
  ['the flag with its value behind =', ['--lang=en'], { SETTLE_LANG: 'zh' }, '', ENGLISH],
])('%s', async (_what, words, environment, file, said) => {
  const folder = write(workspace(), { 'settle.yaml': `${file}# no more\n` });
  const ended = await settle(['book', 'x', ...words], { cwd: folder, env: environment });
  expect(ended).toMatchObject({ exit: 2, stdout: '' });
  expect(ended.stderr).toMatch(said);
});

test('a command without settings takes the language alone from settle.yaml, and what is wrong there is nothing to it', async () => {
  const folder = write(workspace(), { 'settle.yaml': 'lang: zh\n' });
  const odd = write(workspace(), { 'settle.yaml': 'colour: blue\n' });
  const said = async (cwd: string): Promise<string> => (await settle(['verify', 'nowhere'], { cwd })).stderr;
  expect(await said(folder)).toMatch(/^错误：/);
  expect(await said(odd)).toMatch(/^error: /);
});

test('another language is wrong use, said in the language of the environment', async () => {
  const ended = await settle(['runs', '--lang', 'fr'], { cwd: workspace(), env: { LANG: 'zh_CN.UTF-8' } });
  expect(ended).toMatchObject({ exit: 2 });
  expect(ended.stderr).toBe('错误：--lang fr 不是已知的语言\n请写 --lang en 或 --lang zh。\n');
});

test('programs read the same in every language', async () => {
  const answers = await Promise.all(
    ['en', 'zh'].map((lang) => settle(['close', 'x', '--by', 'y', '--json', '--lang', lang], { cwd: workspace() })),
  );
  const [english, chinese] = answers.map(({ stdout }) => stdout);
  expect(chinese).toBe(english);
  expect(JSON.parse(english as string)).toMatchObject({ error: { code: 'usage', message: 'there is no run x' } });
});

test('wrong use is answered, and help given, as the variable or settle.yaml says', async () => {
  const folder = write(workspace(), { 'settle.yaml': 'lang: zh\n' });
  const said = async (words: string[], env: NodeJS.ProcessEnv, cwd: string): Promise<string> => {
    const { stdout, stderr } = await settle(words, { cwd, env: { LANG: 'C.UTF-8', ...env } });
    return stdout + stderr;
  };
  expect(await said(['repotr'], { SETTLE_LANG: 'zh' }, workspace())).toMatch(/^错误：未知的命令 repotr/);
  expect(await said(['book'], {}, folder)).toMatch(/^错误：缺少必需的参数 run/);
  expect(await said(['book', '--help'], {}, folder)).toMatch(/^用法：/);
  expect(await said(['book'], { SETTLE_LANG: 'en' }, folder)).toMatch(/^error: missing required argument/);
  expect(await said(['book', '--lang', 'en'], {}, folder)).toMatch(/^error: missing required argument/);
});

test.each([
  [['payments', 'mkae'], '错误：未知的命令 mkae（是否想写 make？）\n用法见 settle payments --help。\n'],
  [['payments', 'list', 'x'], '错误：参数过多：需要 0 个，给出了 1 个\n用法见 settle payments list --help。\n'],
  [['policy', 'check', 'no.yaml'], '错误：no.yaml：没有这个文件\n请给出政策文件本身的路径，如 policy.yaml。\n'],
  [['runz'], '错误：未知的命令 runz（是否想写 run, runs？）\n用法见 settle --help。\n'],
  [['run', '--policyy', 'x'], '错误：未知的选项 --policyy（是否想写 --policy？）\n用法见 settle run --help。\n'],
  [['run', '--input', 'x'], '错误：缺少必需的选项 --policy <file>\n用法见 settle run --help。\n'],
  [['init', 'a', 'b'], '错误：参数过多：需要 1 个，给出了 2 个\n用法见 settle init --help。\n'],
])('wrong use: %s', async (words, said) => {
  expect((await settle([...words, '--lang', 'zh'], { cwd: workspace() })).stderr).toBe(said);
});
