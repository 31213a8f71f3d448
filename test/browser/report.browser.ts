import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { report } from '../../src/commands/report.js';
import { readable } from '../../src/core/money.js';
import { type ShownMonth, shownMonth } from '../page/month.js';
import { SILENT } from '../support/workspace.js';
import { HAS_BROWSER, launch, type Opened, open } from './browser.js';

/** The report in a real browser. */

describe.skipIf(!HAS_BROWSER)('the report of the sample month', () => {
  let month: ShownMonth;
  let browser: Browser;
  let file: string;
  let opened: Opened | undefined;

  beforeAll(async () => {
    month = await shownMonth();
    file = join(month.folder, 'report.html');
    await report(month.restated, { runs: month.out, out: file, against: month.closed }, SILENT);
    browser = await launch();
  });
  afterEach(async () => {
    await opened?.page.context().close();
  });
  afterAll(async () => {
    await browser?.close();
    month?.leave();
  });

  const show = async (options: Parameters<typeof open>[2] = {}): Promise<Opened> => {
    opened = await open(browser, file, options);
    return opened;
  };
  const column = (page: Opened['page'], table: string, at: number): Promise<string[]> =>
    page.locator(`#table-${table} tbody tr > :nth-child(${at})`).allInnerTexts();
  const settlement = (): Record<string, string>[] =>
    parse(readFileSync(join(month.restated, 'settlement.csv')), { columns: true });

  test('says the figures of the run, asks for nothing and throws nothing', async () => {
    const { page, faults, asked } = await show();
    const { totals } = JSON.parse(readFileSync(join(month.restated, 'manifest.json'), 'utf8'));
    expect(await page.locator('.figures .strong dd').first().innerText()).toBe(readable(totals.total));
    const rows = settlement();
    expect(await column(page, 'anchors', 1)).toEqual(rows.map((row) => row.anchor_id));
    expect(await column(page, 'anchors', 12)).toEqual(rows.map((row) => readable(row.total as string)));
    expect(await page.locator('#table-anchors tfoot td').nth(10).innerText()).toBe(readable(totals.total));
    expect([faults, asked]).toEqual([[], []]);
    expect(await page.locator('section h2').count()).toBeGreaterThan(9);
  });

  test('sorts by a head, figures from the largest first, and back', async () => {
    const { page } = await show();
    const totals = settlement().map((row) => row.total as string);
    const falling = totals.toSorted((a, b) => Number(b.replace('.', '')) - Number(a.replace('.', ''))).map(readable);
    const head = page.locator('#table-anchors thead th').nth(11);
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(await column(page, 'anchors', 12)).toEqual(falling);
    await head.getByRole('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(await column(page, 'anchors', 12)).toEqual(falling.toReversed());
  });

  test('finds rows by any of their words, and adds up what it found', async () => {
    const { page } = await show();
    const input = page.locator('#table-anchors input');
    await input.fill('mcn-02 可结算');
    const mine = settlement().filter((row) => row.agency_id === 'MCN-02' && row.status === 'payable');
    expect(await column(page, 'anchors', 1)).toEqual(mine.map((row) => row.anchor_id));
    const fen = mine.reduce((sum, row) => sum + BigInt((row.total as string).replace('.', '')), 0n);
    const total = String(fen).replace(/(\d\d)$/, '.$1');
    expect(await page.locator('#table-anchors tfoot td').nth(10).innerText()).toBe(readable(total));
    expect(await page.locator('#table-anchors output').innerText()).toBe(`${mine.length} (14)`);
    await input.fill('no such words');
    expect(await column(page, 'anchors', 1)).toEqual([]);
    expect(await page.locator('#table-anchors tfoot td').nth(10).innerText()).toBe('0.00');
  });

  test('speaks the reader’s language, and the other at a click', async () => {
    const { page } = await show({ locale: 'en-GB' });
    expect(await page.title()).toBe('content-live-2023-11 · settlement report');
    expect(await page.locator('#title-totals').innerText()).toBe('Totals');
    const visible = await page.locator('body').innerText();
    expect(visible).not.toContain('应付合计');
    await page.getByRole('button', { name: '中文' }).click();
    expect(await page.title()).toBe('content-live-2023-11 · 结算报告');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.locator('#title-totals').innerText()).toBe('汇总');
    expect(await page.locator('body').innerText()).not.toContain('Total payable');
  });

  test('can be used with a keyboard alone', async () => {
    const { page } = await show();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('English');
    await page.keyboard.press('Enter');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const head = page.locator('#table-anchors thead th').first();
    await head.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    await page.locator('#chart-waterfall + * + details summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#table-waterfall').isVisible()).toBe(true);
  });

  test('heads and regions have names', async () => {
    const { page } = await show();
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    const nameless = await page.evaluate(`[...document.querySelectorAll('[aria-labelledby]')].filter((each) =>
      !document.getElementById(each.getAttribute('aria-labelledby'))?.innerText.trim()).length`);
    const twice = await page.evaluate(
      `(() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.length - new Set(ids).size; })()`,
    );
    expect([nameless, twice]).toEqual([0, 0]);
    expect(await page.locator('h1').count()).toBe(1);
  });

  test('is dark where the reader likes it so, and light on paper', async () => {
    const { page } = await show({ colorScheme: 'dark' });
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(await ground()).toBe('rgb(15, 18, 23)');
    await page.emulateMedia({ media: 'print' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12]/);
  });

  test('on paper the totals of a table stand once, below its last row, and its heads on every sheet', async () => {
    const { page } = await show();
    const shown = (selector: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector('#table-anchors ${selector}')).display`);
    await page.emulateMedia({ media: 'print' });
    // A group of footers is repeated on every sheet; one of heads isn't where a button has a box in it.
    expect([await shown('tfoot'), await shown('thead'), await shown('thead button')]).toEqual([
      'table-row-group',
      'table-header-group',
      'contents',
    ]);
    await page.emulateMedia({ media: 'screen' });
    expect(await shown('thead button')).not.toBe('contents');
  });

  test.each([390, 320])('is never wider than a screen of %i', async (width) => {
    const { page } = await show({ viewport: { width, height: 800 } });
    for (const language of ['中文', 'English']) {
      await page.getByRole('button', { name: language }).click();
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });

  test('is readable without its script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`file://${file}`);
    expect(await page.locator('#table-anchors tbody tr').count()).toBe(14);
    expect(await page.locator('body').innerText()).toContain('应付合计');
    await context.close();
  });
});
