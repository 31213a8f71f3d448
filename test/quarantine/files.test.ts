import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEEP } from '../support/deep.js';
import { SESSIONS_HEADER } from '../support/exports.js';
import { session, sessions, settled } from './place.js';

/** Files that are no exports, or have their header further down: refused as before, with what to do about it. */

const refused = async (name: string, content: string | Uint8Array): Promise<{ message: string; mend: string }> => {
  const error = await settled({ [name]: content }).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toMatchObject({ code: 'input', exit: 3 });
  return { message: error.message, mend: error.details.mend };
};

const TITLE = '2023年11月场次明细,,,';
const lines = (...all: string[]): string => `${all.join('\n')}\n`;

describe('a header further down is pointed out', () => {
  test.each([
    ['below one title', lines(TITLE, SESSIONS_HEADER, session()), 2],
    ['below titles and empty lines', lines(TITLE, '', '导出人：王丽', SESSIONS_HEADER, session()), 4],
    ['in the 30th line', lines(...Array(29).fill(TITLE), SESSIONS_HEADER), 30],
    ['with CRLF and quotes', lines(TITLE, `"${SESSIONS_HEADER.replaceAll(',', '","')}"`).replaceAll('\n', '\r\n'), 2],
  ])('%s', async (_, content, line) => {
    const { message, mend } = await refused('sessions.csv', content);
    expect(message).toMatch(/^sessions\.csv, line 1: the header lacks the columns session_id/);
    expect(mend).toBe(`Line ${line} looks like the header: remove the lines above it.`);
  });

  test('and what it lacks itself', async () => {
    const { mend } = await refused('sessions.csv', lines(TITLE, SESSIONS_HEADER.replace(',track', '')));
    expect(mend).toBe('Line 2 looks like the header: remove the lines above it. It lacks track (赛道) too.');
  });

  test.each([
    ['in the 31st line', lines(...Array(30).fill(TITLE), SESSIONS_HEADER)],
    ['nowhere', lines(TITLE, session())],
    ['where a line names less than half of the columns', lines(TITLE, 'session_id,anchor_id,started_at,x')],
    [
      'where the first line names as many',
      lines(SESSIONS_HEADER.replace(',track', ''), SESSIONS_HEADER.replace(',track', '')),
    ],
  ])('none %s', async (_, content) => {
    const { mend } = await refused('sessions.csv', content);
    expect(mend).toMatch(/^Export the sessions with (that column|those columns)\. What another/);
  });

  test('a repeated header below a whole one is a faulty row, not a title', DEEP, async () => {
    const { exit } = await settled({ 'sessions.csv': sessions(session(), SESSIONS_HEADER) });
    expect(exit).toBe(4);
  });
});

describe('a web page in place of an export is told as such', () => {
  const PAGE = '<!DOCTYPE html>\n<html lang="zh"><head><title>登录</title></head><body>"</body></html>\n';

  test.each([
    ['plain', 'sessions.csv', PAGE],
    ['in small letters, behind a byte order mark and empty lines', 'sessions.csv', `\ufeff\n\n  ${PAGE.toLowerCase()}`],
    ['behind comments and a declaration', 'sessions.csv', `<?xml version="1.0"?>\n<!-- saved -->${PAGE}`],
    ['without its type', 'sessions.csv', '<html><body>login</body></html>'],
    ['of a head alone', 'sessions.csv', '<head><meta charset="utf-8">'],
    ['in GBK', 'sessions.csv', Buffer.concat([Buffer.from('<html>'), Buffer.from([0xb5, 0xc7, 0xc2, 0xbc])])],
    ['packed', 'sessions.csv.gz', gzipSync(PAGE)],
    ['under the name of a packed file', 'sessions.csv.gz', PAGE],
    ['under the name of a Parquet file', 'sessions.parquet', PAGE],
  ])('%s', async (_, name, content) => {
    const { message, mend } = await refused(name, content);
    expect(message).toBe(`${name}, line 1: is a web page, not an export`);
    expect(mend).toBe('Log in and export again.');
  });

  test('a header that begins with < is none', async () => {
    const { message } = await refused('sessions.csv', '<htmlx>,a\n');
    expect(message).toContain('the header lacks');
  });
});

test('="…" outside quotes makes records uncertain, and is told as Excel’s', async () => {
  const { message, mend } = await refused('sessions.csv', `${SESSIONS_HEADER}\n="0012"${session().slice(2)}\n`);
  expect(message).toMatch(/^sessions\.csv, line 2: a quote stands inside a cell/);
  expect(mend).toContain('="…" is Excel\'s way to write text: write only the text.');
  const other = await refused('sessions.csv', `${SESSIONS_HEADER}\nx"0012"${session().slice(2)}\n`);
  expect(other.mend).not.toContain('Excel');
});
