import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attentionNotes, summaryOf } from '../../src/report/run.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { terminalWidth, wrappedTo } from '../../src/text/width.js';
import { contentOf, SAMPLE_POLICY, SAMPLES, settle, temporaryFolder, workspace } from '../support/workspace.js';

/** The summary of a run in Chinese, as finance reads it on a terminal of 80 columns. */

const plain = (_style: string, text: string): string => text;
/** What stays as the exports, the policy and the files have it, or as programs read it. */
const MACHINE =
  /\d{4}-\d\d-\d\d-\w+|settle [a-z]+(?: [a-z-]+)?|`[^`]*`|[\w.-]+\.(?:csv|json)|[A-Za-z]+[-_][\w-]+|[A-Z]\d+|YYYY\S*(?: HH:MM:SS)?|--\w+|U\+\w+|NAME|\bID\b/g;

describe('the summary of a run', () => {
  const out = temporaryFolder();
  afterAll(() => rmSync(out, { recursive: true }));
  let results: RunResult[];
  beforeAll(async () => {
    const input = join(SAMPLES, '2023-11-faulty');
    results = [await settle({ policy: SAMPLE_POLICY, input, out, encoding: 'gb18030' })];
  });

  test('says the figures of the English one, line for line', () => {
    for (const result of results) {
      const [english, chinese] = (['en', 'zh'] as const).map((language) => summaryOf(result, plain, 'x', language));
      const amounts = (text: string | undefined): string[] => text?.match(/-?[\d,]+\.\d\d\b/g) ?? [];
      expect(amounts(chinese)).toEqual(amounts(english));
      expect(amounts(chinese).length).toBeGreaterThan(5);
      expect(chinese).toContain('应付合计');
      expect(chinese).toMatch(/^ {2}隔离行（全部文件） {2,}\d+ {2}问题：/m);
    }
  });

  test('has no English word, and its figures stand in a column', () => {
    for (const result of results) {
      const lines = summaryOf(result, plain, 'x', 'zh').split('\n');
      const left = lines.map((line) => line.replace(MACHINE, '')).filter((line) => /[a-z]{3}/.test(line));
      expect(left).toEqual([]);
      const money = lines.filter((line) => /^ {2,4}\S+ +-?[\d,]+\.\d\d(?: {2}|$)/.test(line));
      expect(money.length).toBeGreaterThan(4);
      expect(new Set(money.map((line) => terminalWidth(/^.*\.\d\d/.exec(line)?.[0] ?? ''))).size).toBe(1);
      const tables = lines.slice(
        0,
        lines.findIndex((line) => line.startsWith('  应付合计')),
      );
      expect(tables.filter((line) => line.includes('  ') && !line.includes('：') && terminalWidth(line) > 80)).toEqual(
        [],
      );
    }
  });

  test('settles the same folder in every language', async () => {
    const again = workspace();
    const input = join(SAMPLES, '2023-11-faulty');
    const [first] = results;
    const second = await settle({ policy: SAMPLE_POLICY, input, out: again, encoding: 'gb18030' });
    summaryOf(second, plain, 'x', 'zh');
    expect(attentionNotes(second, 'zh').length).toBe(attentionNotes(second).length);
    expect(contentOf(second.runDir)).toEqual(contentOf(first?.runDir as string));
  });
});

test('a Chinese text is broken between characters, and no mark begins a line', () => {
  const text = '载入新文件，结算每个结算期，并发布（含 20 个批次）。';
  expect(wrappedTo(text, 12)).toEqual(['载入新文件，', '结算每个结算', '期，并发布', '（含 20 个批', '次）。']);
  expect(wrappedTo('one two  three', 7)).toEqual(['one two', 'three']);
  expect(wrappedTo('甲、乙丙、丁', 8, /(?<=、)/)).toEqual(['甲、', '乙丙、丁']);
  expect(wrappedTo('', 10)).toEqual(['']);
});
