import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { placeOf } from '../../src/opened/found.js';
import { jsonInHtml, textIn } from '../../src/page/escape.js';
import { OPENED } from '../../src/programmes/content-incentive/packet/opened-packet.js';
import { disputeId, disputeText, wrongInDispute } from '../../src/verify/dispute/dispute.js';
import { type PacketData, POLICY_TEXT } from '../../src/verify/packet/packet-data.js';
import { readPacket } from '../../src/verify/packet/read-packet.js';
import { fingerprintOf } from '../../src/verify/signature/public-key.js';
import { packetsText } from '../../src/verify/signature/signed-close.js';
import { type ReadSheet, sheetsOf } from '../book/reading.js';
import { CHANGES } from '../packet/changes.js';
import { cell, recordsOf, reseal, sharedRecords } from '../packet/forging.js';
import { DISPUTED, type PacketMonth, packetMonth } from '../packet/month.js';
import { type SshKey, sshKey } from '../support/ssh-signature.js';
import { HAS_BROWSER, launch, type Opened, open } from './browser.js';

/** A packet in a real browser, from the disk and without a network. */

describe.skipIf(!HAS_BROWSER)('a packet', () => {
  let month: PacketMonth;
  let browser: Browser;
  let opened: Opened | undefined;
  let sound: string;
  let path: string;

  beforeAll(async () => {
    month = await packetMonth();
    path = (await month.packets(month.closed)).get('agency-MCN-02') as string;
    sound = readFileSync(path, 'utf8');
    browser = await launch();
  });
  afterEach(async () => {
    await opened?.page.context().close();
  });
  afterAll(async () => {
    await browser?.close();
    month?.leave();
  });

  const show = async (file: string, options: Parameters<typeof open>[2] = {}): Promise<Opened> => {
    opened = await open(browser, file, options);
    return opened;
  };
  const ended = (page: Opened['page']): Promise<string | null> => page.locator('#check').getAttribute('data-state');
  /** The packet with something else in it; its page stays as it is. */
  const changed = (change: (data: PacketData) => void): string => {
    const { data, before, behind } = readPacket(sound);
    change(data);
    const file = join(month.folder, 'changed.html');
    writeFileSync(file, `${before}${jsonInHtml(data)}${behind}`);
    return file;
  };

  test('that nobody changed is right, says what it says, asks for nothing and throws nothing', async () => {
    const { page, faults, asked } = await show(path);
    expect(await ended(page)).toBe('right');
    expect(await page.locator('.verdict').innerText()).toContain('每笔金额都正确');
    const { data } = readPacket(sound);
    expect(await page.locator('.figures .strong dd').innerText()).toBe('5,195.66');
    expect(data.cover.due).toBe('5195.66');
    const sessions = data.groups.flatMap(
      ({ files }) => files.find(({ file }) => file === 'sessions.csv')?.records ?? [],
    );
    expect(await page.locator('#table-sessions table').getAttribute('data-rows')).toBe(String(sessions.length));
    expect(await page.locator('#table-sessions').innerText()).toContain('（C3）');
    for (const table of ['anchors', 'days', 'penalties', 'unsettled', 'notices', 'control', 'scarcity', 'policy'])
      expect(await page.locator(`#table-${table} tbody tr`).count(), table).toBeGreaterThan(0);
    expect(await page.locator('#found').innerText()).toContain('其他机构的账号');
    expect([faults, asked]).toEqual([[], []]);
  });

  test.each(CHANGES.map((row) => [...row] as const))('in which %s is wrong there', async (_, change, place) => {
    const { page, faults, asked } = await show(changed(change));
    expect(await ended(page)).toBe('wrong');
    const [file = '', key = '', column = ''] = place.split('|');
    const said = placeOf({ file, key, column, found: '', expected: '' }, OPENED.placeSaid).map((text) =>
      textIn('zh', text),
    );
    const rows = await page.evaluate(
      "dispatchEvent(new Event('beforeprint')), [...document.querySelectorAll('#table-differences tbody tr')].map((row) => [...row.cells].slice(0, 3).map((cell) => (cell.querySelector('[lang=zh]') ?? cell).textContent))",
    );
    expect(rows).toContainEqual(said);
    // Figures stand first, and then the hashes above them.
    const ofItself = (rows as string[][]).map(([where]) => where === '结算包本身');
    expect(ofItself).toEqual([...ofItself].sort());
    expect([faults, asked]).toEqual([[], []]);
  });

  test('is compared with the root that its reader has', async () => {
    const { page } = await show(path);
    const { data } = readPacket(sound);
    const paste = async (root: string): Promise<void> => {
      await page.locator('#root').fill(root);
      await page.locator('#compare button').click();
    };
    await paste('abc');
    expect(await page.locator('#no-root').isVisible()).toBe(true);
    await paste(` ${data.close?.root?.toUpperCase()}\n`);
    await page.locator('#found', { hasText: '你给出的根值' }).waitFor();
    expect(await ended(page)).toBe('right');
    expect(await page.locator('#no-root').isVisible()).toBe(false);
    await paste('0'.repeat(64));
    await page.locator('#check[data-state=wrong]').waitFor();
    expect(await page.locator('#table-differences').innerText()).toContain('0'.repeat(64));
  });

  test('that somebody hung on a root of their own is refused with the root from elsewhere', async () => {
    const { page } = await show(
      changed((data) => {
        cell(
          data,
          sharedRecords(data, 'inputs/scarcity.csv'),
          'inputs/scarcity.csv',
          '音乐才艺,2023-11-01',
          'scarcity_index',
          '1.234',
        );
        reseal(data);
      }),
    );
    expect(await ended(page)).toBe('right');
    await page.locator('#root').fill(readPacket(sound).data.close?.root as string);
    await page.locator('#compare button').click();
    await page.locator('#check[data-state=wrong]').waitFor();
  });

  test('of a signed close shows the fingerprint, asks where it is from, and compares it', async () => {
    const [key, stranger] = [sshKey(), sshKey()];
    const sign = (data: PacketData, by: SshKey): void => {
      const { close, shared } = data;
      const run_id = shared.files[0]?.records[0]?.split(',')[1] as string;
      if (close?.root == null) throw new Error('no seal');
      close.signature = by.sign(packetsText({ ...close, root: close.root, run_id, size: 1024 }));
    };
    const { page, faults, asked } = await show(changed((data) => sign(data, key)));
    expect(await ended(page)).toBe('right');
    const print = fingerprintOf(key.blob);
    expect(await page.locator('#found').innerText()).toContain(print);
    await page.locator('#root').fill(` ${print} `);
    await page.locator('#compare button').click();
    await page.locator('#found', { hasText: '你给出的密钥' }).waitFor();
    expect(await ended(page)).toBe('right');
    await page.locator('#root').fill(fingerprintOf(stranger.blob));
    await page.locator('#compare button').click();
    await page.locator('#check[data-state=wrong]').waitFor();
    expect(await page.locator('#table-differences').innerText()).toContain('关账的签名');
    expect([faults, asked]).toEqual([[], []]);
    const forged = changed((data) => {
      sign(data, key);
      if (data.close !== null) data.close.closed_by = 'x';
    });
    await page.goto(`file://${forged}`);
    await page.locator('#check[data-state=wrong]').waitFor();
    expect(await page.locator('#table-differences').innerText()).toContain('所签内容');
  });

  test('saves what its reader disputes as settle dispute new writes it, and sends nothing', async () => {
    const { page, asked, faults } = await show(path);
    await page.locator('#dispute button').click();
    expect(await page.locator('#no-dispute').isVisible()).toBe(true);
    await page.locator('#dispute-session').fill('ODD-0004');
    await page.locator('#dispute-claim').fill('=1+1 </script>\n两行');
    await page.locator('#dispute-contact').fill('李 138');
    const saved = page.waitForEvent('download');
    await page.locator('#dispute button').click();
    const download = await saved;
    const text = readFileSync(await download.path(), 'utf8');
    const dispute = JSON.parse(text);
    const claim = '=1+1 </script>\n两行';
    expect(dispute).toMatchObject({ anchor_id: 'A1009', session_id: 'ODD-0004', date: null, claim });
    expect([wrongInDispute(dispute), disputeText(dispute), `dispute-${disputeId(dispute)}.json`]).toEqual([
      undefined,
      text,
      download.suggestedFilename(),
    ]);
    expect(await page.locator('#no-dispute').isVisible()).toBe(false);
    expect([faults, asked.filter((address) => !address.startsWith('blob:'))]).toEqual([[], []]);
  });

  test('of a run that nobody has closed says so', async () => {
    const { page } = await show((await month.packets(month.restated)).get('agency-MCN-01') as string);
    expect(await ended(page)).toBe('right');
    expect(await page.locator('#found').innerText()).toContain('暂估');
    expect(await page.locator('#table-adjustments tbody tr').count()).toBeGreaterThan(0);
  });

  test.each([
    ['is cut', () => sound.replace('"groups":[', '"groups":[[')],
    ['has another form', () => sound.replace('"close_no":1', '"close_no":"1"')],
    [
      'holds two',
      () => sound.replace('</body>', '<script type="application/json" id="settle-packet">{}</script></body>'),
    ],
  ])('that %s is none, and nothing of it is shown', async (_, text) => {
    const file = join(month.folder, 'changed.html');
    writeFileSync(file, text());
    const { page, faults } = await show(file);
    expect(await ended(page)).toBe('wrong');
    expect(await page.locator('.verdict').innerText()).toContain('不是可读的结算包');
    expect(await page.locator('#rows').innerText()).toBe('');
    expect(faults).toEqual([]);
  });

  test('whose cells are of any form is wrong, and shows what can be shown', async () => {
    const { page, faults } = await show(
      changed((data) => {
        recordsOf(data, 'A1009', 'sessions.csv')[0] = 'x"y,<img src=x onerror=alert(1)>';
        sharedRecords(data, POLICY_TEXT)[0] = 'id: x\n';
      }),
    );
    expect(await ended(page)).toBe('wrong');
    expect(await page.locator('#rows img').count()).toBe(0);
    expect(await page.locator('#table-days tbody tr').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  test('shows the statement of an anchor, and names as they are', async () => {
    const { page, faults } = await show(path);
    expect(await page.locator('#anchor-id option').allInnerTexts()).toContain('A1008 </script><!--<b>May');
    await page.locator('#anchor-id').selectOption('A1009');
    expect(await page.locator('#statement section').count()).toBeGreaterThan(2);
    const ids = await page.locator('#table-of-sessions tbody th').allInnerTexts();
    expect(ids).toEqual(
      recordsOf(readPacket(sound).data, 'A1009', 'sessions.csv').map((record) => record.split(',')[0]),
    );
    await page.locator('#anchor-id').selectOption('');
    expect(await page.locator('#statement section').count()).toBe(0);
    expect(await page.locator('img, script:not([type])').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  test.each(['anchors', 'sessions'])('saves all rows of the table of %s, whatever is looked for', async (name) => {
    const { page, asked, faults } = await show(path);
    await page.locator('#anchor-id').selectOption('A1009');
    expect(await page.locator('#table-of-sessions input').getAttribute('placeholder')).toBe('在表中查找');
    if (name === 'sessions') await page.locator('#table-sessions input').fill('no such words');
    const saved = page.waitForEvent('download');
    await page.locator(`#table-${name} .save`, { hasText: 'CSV' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe(`${path.split('/').at(-1)?.replace('.html', '')}_${name}.csv`);
    const rows: string[][] = parse(readFileSync(await download.path(), 'utf8'), { bom: true });
    const { data } = readPacket(sound);
    const file = name === 'anchors' ? 'settlement.csv' : 'sessions.csv';
    const count = data.groups.flatMap(({ files }) => files.find((each) => each.file === file)?.records ?? []).length;
    expect([rows.length, rows[0]?.[0]]).toEqual([count + 1, name === 'anchors' ? '主播ID' : '场次ID']);
    if (name === 'anchors')
      expect(rows.map(([, nickname]) => nickname)).toEqual(
        expect.arrayContaining(["'=SUM(快乐)", '</script><!--<b>May', '兔子 "老师", in Tokyo']),
      );
    expect([faults, asked.filter((address) => !address.startsWith('blob:'))]).toEqual([[], []]);
  });

  test('saves a table, and all of them, as a workbook that says of which run it is and what was found', async () => {
    const { page, asked, faults } = await show(path);
    const { data } = readPacket(sound);
    const saved = async (button: Locator): Promise<Map<string, ReadSheet>> => {
      const waiting = page.waitForEvent('download');
      await button.click();
      const download = await waiting;
      expect(download.suggestedFilename()).toMatch(/_agency-MCN-02(_sessions)?\.xlsx$/);
      return sheetsOf(await download.path());
    };
    await page.locator('#table-sessions input').fill('no such words');
    const one = await saved(page.locator('#table-sessions .save', { hasText: 'XLSX' }));
    const sessions = data.groups.flatMap(
      ({ files }) => files.find(({ file }) => file === 'sessions.csv')?.records ?? [],
    );
    expect([...one.keys()]).toEqual(['场次']);
    expect(one.get('场次')?.cells.get(`A${4 + sessions.length}`)?.text).toBe(sessions.at(-1)?.split(',')[0]);
    expect(one.get('场次')?.cells.get('A2')?.text).toMatch(/^content-live-2023-11 .*每笔金额都正确。$/);
    await page.getByRole('button', { name: 'English' }).click();
    const all = await saved(page.locator('#save-all button'));
    expect(all.size).toBe(await page.locator('#rows .table').count());
    const anchors = [...all.values()].find(({ cells }) => cells.get('A1')?.text === 'What each anchor is paid');
    const texts = [...(anchors?.cells.values() ?? [])].map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(["'=SUM(快乐)", '</script><!--<b>May', data.cover.total]));
    expect([faults, asked.filter((address) => !address.startsWith('blob:'))]).toEqual([[], []]);
  });

  test('shows what was disputed, and the answer', async () => {
    const { page, faults } = await show(path);
    const cells = await page.locator('#table-disputes tbody td').allInnerTexts();
    expect(cells).toEqual(
      expect.arrayContaining([DISPUTED.refused.claim.replace('\n', ' '), DISPUTED.refused.answer, '不予认可']),
    );
    expect(faults).toEqual([]);
  });

  test('speaks both languages, on narrow and wide screens, in the dark and on paper', async () => {
    const { page } = await show(path, { viewport: { width: 390, height: 800 }, colorScheme: 'dark', locale: 'en-GB' });
    expect(await page.title()).toContain('settlement');
    expect(await page.locator('.verdict').innerText()).toContain('Every amount is right');
    await page.locator('#anchor-id').selectOption('A1009');
    for (const language of ['中文', 'English']) {
      await page.getByRole('button', { name: language }).click();
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    }
    await page.emulateMedia({ media: 'print' });
    const drawn = (): Promise<number> => page.locator('#table-sessions tbody tr').count();
    const all = Number(await page.locator('#table-sessions table').getAttribute('data-rows'));
    expect([all > 50, await drawn()]).toEqual([true, 50]);
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await drawn()).toBe(all);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await drawn()).toBe(50);
    expect(await page.locator('#compare').isVisible()).toBe(false);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12]/);
  });

  test('without its script says that nothing was checked', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`file://${path}`);
    expect(await page.locator('.verdict').innerText()).toContain('尚未核对');
    expect(await page.locator('#table-anchors tbody tr').count()).toBe(4);
    await context.close();
  });
});
