import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { report } from '../../src/commands/report.js';
import { statementFor } from '../../src/commands/statement.js';
import { SAMPLE_POLICY, SILENT, settle, temporaryFolder, write } from '../support/workspace.js';
import { HAS_BROWSER, launch, open } from './browser.js';

/** Pages of a month whose names would rather be something else. */

const LONG = 'a'.repeat(64);
const NAMES = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '=cmd|"/c calc"!A1',
  '\u202egnp.exe\u202c',
  '\u2067شركة\u2069 עברית',
  '很'.repeat(128),
  'W'.repeat(128),
  '\'"&lt;b&gt; `$'.concat('{alert(1)}`'),
  '{{constructor}} %3Cscript%3E --><!--',
];
const idOf = (at: number): string => `${at}${LONG}`.slice(0, 64);

/** Sixty anchors, so that some rows are data beside the page, each with a session. */
function exported(folder: string): string {
  const input = join(folder, 'exports');
  mkdirSync(input);
  const places = Array.from({ length: 60 }, (_, at) => at);
  const table = (head: string, rows: string[][]): string => `${head}\n${stringify(rows)}`;
  return write(input, {
    'anchors.csv': table(
      'anchor_id,nickname,agency_id,account_kind,first_live_on',
      places.map((at) => [
        idOf(at),
        NAMES[at % NAMES.length] as string,
        `${at % 3}${'g'.repeat(63)}`,
        'content',
        '2023-03-01',
      ]),
    ),
    'agencies.csv': table(
      'agency_id,name',
      [0, 1, 2].map((at) => [`${at}${'g'.repeat(63)}`, NAMES[at] as string]),
    ),
    'sessions.csv': table(
      'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index',
      places.map((at) => [
        ...[`s${at}`, idOf(at), '2023-11-05 20:00:00', '2023-11-05 22:00:00', at % 9 === 0 ? 'N' : 'Y', '2'],
        ...[NAMES[1] as string, `${at * 1000}.25`, '0.010000', '1.000'],
      ]),
    ),
  });
}

describe.skipIf(!HAS_BROWSER)('hostile names', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  let run: string;
  beforeAll(async () => {
    const out = join(folder, 'out');
    run = (await settle({ policy: SAMPLE_POLICY, input: exported(folder), out })).runDir;
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const nicknames = (): string[] => {
    const rows: { nickname: string }[] = parse(readFileSync(join(run, 'settlement.csv')), { columns: true });
    return rows.map(({ nickname }) => nickname);
  };

  test('stand on a report as they are, and do nothing', async () => {
    const file = join(folder, 'report.html');
    await report(run, { runs: join(folder, 'out'), out: file }, SILENT);
    const { page, faults, asked } = await open(browser, file, { viewport: { width: 390, height: 800 } });
    const cells = () => page.locator('#table-anchors tbody tr > :nth-child(2)').allTextContents();
    expect(await cells()).toEqual(nicknames().slice(0, 50));
    await page.locator('#table-anchors .tools button').last().click();
    expect(await cells()).toEqual(nicknames().slice(50));
    await page.locator('#table-anchors input').fill('onerror');
    expect(await cells()).toEqual(nicknames().filter((name) => name.includes('onerror')));
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    for (const language of ['English', '中文']) {
      await page.getByRole('button', { name: language }).click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    }
    expect(await page.locator('img, script:not([type])').count()).toBe(1);
    expect([faults, asked]).toEqual([[], []]);
    await page.context().close();
  });

  test('and on a statement', async () => {
    for (const at of [0, 1, 3, 6]) {
      const file = join(folder, `statement-${at}.html`);
      await statementFor(run, { runs: join(folder, 'out'), anchor: idOf(at), out: file }, SILENT, {});
      const { page, faults, asked } = await open(browser, file, { viewport: { width: 390, height: 800 } });
      const name = NAMES[at] as string;
      expect(await page.title()).toContain(name.replace(/[\u202a-\u202e]/g, ''));
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      expect(await page.locator('img, script').count()).toBe(1);
      expect([faults, asked]).toEqual([[], []]);
      await page.context().close();
    }
  });
});
