import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { type Line, noticesIn, plain } from '../support/notice-place.js';
import { type Ended, settle } from '../support/program.js';
import { workspace } from '../support/workspace.js';

/** Inputs as people really had them, which were once settled to a wrong payout without a word; each with what is right. */

const REPORTS = fileURLToPath(new URL('.', import.meta.url));

/** Settles a report's folder, with changes to its files; the attention notices but those of days without sessions. */
async function report(
  folder: string,
  { flags = [], changed = {} }: { flags?: string[]; changed?: Record<string, (text: string) => string> } = {},
): Promise<Ended & { cwd: string; notices: Line[] }> {
  const cwd = workspace();
  cpSync(join(REPORTS, folder), join(cwd, 'in'), { recursive: true });
  for (const [file, change] of Object.entries(changed)) {
    const path = join(cwd, 'in', file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  }
  const words = ['run', '--policy', join(REPORTS, 'policy.yaml'), '--input', 'in', '--json', ...flags];
  const ended = await settle(words, { cwd });
  const notices = ended.json.run_dir === undefined ? [] : noticesIn(ended.json.run_dir);
  const told = notices.filter(({ code, severity }) => severity === 'attention' && code !== 'day_without_sessions');
  return { ...ended, cwd, notices: told };
}

const codes = (lines: readonly Line[]): string[] => [...new Set(lines.map(({ code }) => code))];
const attention = (file: string, subject: string, count: string, value: string) => ({
  severity: 'attention',
  file,
  subject,
  count,
  value,
});

describe('01: lines that end in CR CR LF give the last column another name', () => {
  test.each([
    ['red', 'anchors.csv'],
    ['revoked', 'penalties-1.csv'],
  ])('%s: the file is refused, and nothing is loaded or written', async (folder, file) => {
    const { exit, json, cwd } = await report(`01-crcrlf/${folder}`);
    expect([exit, json.error.code, json.error.file]).toEqual([3, 'input', file]);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });

  test('with LF the red anchor is paid nothing', DEEP, async () => {
    const { exit, json } = await report('01-crcrlf/red', {
      changed: { 'anchors.csv': (text) => text.replaceAll('\r', '') },
    });
    expect([exit, json.totals.total]).toEqual([0, '20.00']);
  });
});

test('03: a later file has a session id of another anchor', DEEP, async () => {
  const { exit, json, notices } = await report('03-session-id-of-another-anchor/in');
  expect([exit, json.totals.total]).toEqual([0, '20.00']);
  expect(codes(notices)).toEqual(['session_other_anchor']);
  expect(plain(notices)).toEqual([attention('', '7301234567890120000', '', 'A1;A2')]);
});

describe('04: a header that is nearly a column', () => {
  const code = attention('anchors.csv', 'compliance_code', '', '合规安全码（红黄绿）');

  test('is told of the codes', DEEP, async () => {
    const { exit, json, notices } = await report('04-header-nearly-a-column/brackets');
    expect([exit, json.totals.total]).toEqual([0, '20.00']);
    expect(codes(notices)).toEqual(['column_like']);
    expect(plain(notices)).toEqual([code]);
  });

  test('and of the prices', DEEP, async () => {
    const changed = { 'sessions-1.csv': (text: string) => text.replace('unit_price', '结算单价(元)') };
    const { exit, json, notices } = await report('04-header-nearly-a-column/brackets', { changed });
    expect([exit, json.totals.total]).toEqual([0, '30.00']); // the policy's rate of level 4, and not the export's price
    expect(codes(notices)).toEqual(['column_like']);
    expect(plain(notices)).toEqual([code, attention('sessions-1.csv', 'unit_price', '', '结算单价(元)')]);
  });
});

test('05: a GBK table whose only Chinese is valid UTF-8 too', async () => {
  const { exit, json, notices } = await report('05-gbk-that-is-valid-utf8/in', { flags: ['--encoding', 'gb18030'] });
  expect([exit, json.totals.total]).toEqual([0, '100.00']);
  expect(codes(notices)).toEqual(['encoding_doubtful', 'index_overdue', 'track_unused']);
  expect(plain(notices)).toEqual([
    attention('scarcity-2023-11-11.csv', '', '', ''),
    attention('', '母婴', '1', ''),
    attention('', '音乐', '1', ''),
    attention('', 'ĸӤ', '', ''),
  ]);
});

test('06: one broadcast under four session ids, and a copy of a file', DEEP, async () => {
  const { exit, json, notices } = await report('06-one-broadcast-many-ids/four-ids');
  expect([exit, json.totals.total]).toEqual([0, '100.00']);
  expect(codes(notices)).toEqual(['copy_supersedes', 'sessions_overlap']);
  expect(plain(notices)).toEqual([attention('sessions-1 (1).csv', '', '', ''), attention('', 'A2', '3', 'X0;X1')]);
  expect(notices.at(-1)?.message).toContain('X0 and X1, whose times are the same');
});

test('07: a penalty names agency 12, the anchors 12.0', DEEP, async () => {
  const { exit, json, notices } = await report('07-penalty-that-hits-nothing/agency-12-and-12.0');
  expect([exit, json.totals.total]).toEqual([0, '20.00']);
  expect(codes(notices)).toEqual(['agency_unknown']);
  expect(plain(notices)).toEqual([attention('', '12', '1', '')]);
  expect(notices[0]?.message).toContain('did you mean 12.0?');
});

test('08: account kinds that are content in other words', async () => {
  const { exit, json, notices } = await report('08-account-kind/in');
  expect([exit, json.totals.total]).toEqual([4, '0.00']);
  expect(codes(notices)).toEqual(['account_kind_unknown']);
  expect(plain(notices)).toEqual(
    ['Content', 'content\u00a0', '内容型\u3000', '内容型账号'].map((kind) => attention('', kind, '1', '')),
  );
});
