import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExplainOptions, explain } from '../../src/commands/explain.js';
import { readable } from '../../src/core/money.js';
import { DEEP } from '../support/deep.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder, workspace } from '../support/workspace.js';
import { tableIn } from './reading.js';

/** What `settle explain` prints, as a page. */

const folder = temporaryFolder();
const out = join(folder, 'out');
const warehouse = join(folder, 'w.duckdb');
let runDir: string;
beforeAll(async () => {
  ({ runDir } = await settle({ policy: SAMPLE_POLICY, input: `${SAMPLES}/2023-11`, out, warehouse }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function pageOf(asked: Partial<ExplainOptions>): Promise<string> {
  const page = join(workspace(), 'a.html');
  const { text } = await explain(runDir, { out, warehouse, ...asked, page }, SILENT, {});
  expect(text((_style, said) => said)).toBe(`${page}\n`);
  return readFileSync(page, 'utf8');
}

async function printed(asked: Partial<ExplainOptions>, lang: string): Promise<string> {
  const { text } = await explain(runDir, { out, warehouse, ...asked, lang }, SILENT, {});
  return text((_style, said) => said);
}

/** Words and figures, without what draws and breaks lines. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .split(/[\s│┌┐└┘├┤┬┴┼─]+/)
    .filter((word) => /[\d.]{2,}/.test(word));

test('it has every figure that is printed, in either language', async () => {
  const html = await pageOf({ anchor: 'A1004' });
  const rows: Record<string, string>[] = parse(readFileSync(join(runDir, 'settlement.csv')), { columns: true });
  const total = rows.find(({ anchor_id }) => anchor_id === 'A1004')?.total as string;
  expect(tableIn(html, 'part-1-1').at(-1)).toMatchObject({ 项目: '= 应付合计', 数值: readable(total) });
  const shown = new Set(wordsOf(html));
  for (const lang of ['en', 'zh']) {
    const words = wordsOf(await printed({ anchor: 'A1004' }, lang));
    expect(words.length).toBeGreaterThan(100);
    const figures = words.filter((word) => /^[\d.,:-]+$/.test(word));
    expect(figures.filter((word) => !shown.has(word))).toEqual([]);
  }
  expect(html).not.toMatch(/[\ue000\ue001]/);
});

describe('every anchor, a day and a session', () => {
  const anchors = Array.from({ length: 14 }, (_, at) => `A10${String(at + 1).padStart(2, '0')}`);
  const ASKED = [
    ...anchors.map((anchor) => ({ anchor })),
    { anchor: 'A1012', date: '2023-11-14' },
    { session: 'L20231103-0043' },
  ];
  test.each(ASKED)('%j', DEEP, async (asked) => {
    const html = (await pageOf(asked)).replace(/<(script|style)>[\s\S]*?<\/\1>/g, '');
    expect(html).not.toMatch(/[\ue000\ue001]|undefined|\[object/);
    const sections = html.match(/<section /g) ?? [];
    expect(sections.length).toBeGreaterThan(1);
    expect((html.match(/lang="zh"/g) ?? []).length).toBe((html.match(/lang="en"/g) ?? []).length);
  });
});

test('a page is refused before anything is looked up', DEEP, async () => {
  const page = join(runDir, 'a.html');
  await expect(explain(runDir, { out, warehouse, anchor: 'A1004', page }, SILENT, {})).rejects.toMatchObject({
    code: 'usage',
  });
});
