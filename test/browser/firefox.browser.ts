import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOf } from '../../src/opened/found.js';
import { jsonInHtml, textIn } from '../../src/page/escape.js';
import { OPENED } from '../../src/programmes/content-incentive/packet/opened-packet.js';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import { readPacket } from '../../src/verify/packet/read-packet.js';
import { CHANGES } from '../packet/changes.js';
import { reseal } from '../packet/forging.js';
import { type PacketMonth, packetMonth } from '../packet/month.js';
import { Firefox, HAS_FIREFOX } from './marionette.js';

/** A packet in Firefox, from the disk: the same verifier, with the same result. */

describe.skipIf(!HAS_FIREFOX)('a packet in Firefox', () => {
  let month: PacketMonth;
  let firefox: Firefox;
  let sound: string;

  beforeAll(async () => {
    month = await packetMonth();
    sound = readFileSync((await month.packets(month.closed)).get('agency-MCN-02') as string, 'utf8');
    const profile = join(month.folder, 'firefox');
    mkdirSync(profile);
    firefox = await Firefox.launch(profile);
  });
  afterAll(async () => {
    await firefox?.quit();
    month?.leave();
  });

  const show = async (change: (data: PacketData) => void = () => undefined): Promise<void> => {
    const { data, before, behind } = readPacket(sound);
    change(data);
    const file = join(month.folder, 'shown.html');
    writeFileSync(file, `${before}${jsonInHtml(data)}${behind}`);
    await firefox.open(file);
  };
  const state = (): Promise<unknown> => firefox.evaluate("return document.querySelector('#check').dataset.state");
  /** Whatever a page asks for besides itself. */
  const asked = (): Promise<unknown> =>
    firefox.evaluate("return performance.getEntriesByType('resource').map((entry) => entry.name)");

  test('that nobody changed is right, shows its rows, and asks for nothing', async () => {
    await show();
    expect(await state()).toBe('right');
    expect(await firefox.evaluate("return document.querySelector('.verdict').innerText")).toContain('每笔金额都正确');
    const count =
      "return [...document.querySelectorAll('#rows .table')].map((each) => each.querySelectorAll('tbody tr').length)";
    expect(((await firefox.evaluate(count)) as number[]).every((rows) => rows > 0)).toBe(true);
    expect(await asked()).toEqual([]);
  });

  test.each(CHANGES.map((row) => [...row] as const))('in which %s is wrong there', async (_, change, place) => {
    await show(change);
    expect(await state()).toBe('wrong');
    const [file = '', key = '', column = ''] = place.split('|');
    const said = placeOf({ file, key, column, found: '', expected: '' }, OPENED.placeSaid).map((text) =>
      textIn('zh', text),
    );
    const rows = await firefox.evaluate(
      "dispatchEvent(new Event('beforeprint')); return [...document.querySelectorAll('#table-differences tbody tr')].map((row) => [...row.cells].slice(0, 3).map((cell) => (cell.querySelector('[lang=zh]') ?? cell).textContent))",
    );
    expect(rows).toContainEqual(said);
    expect(await asked()).toEqual([]);
  });

  test('that hangs on another root is refused with the root of its run', async () => {
    const { data } = readPacket(sound);
    await show((other) => {
      other.cover.due = '9999.99';
      other.groups.pop();
      reseal(other);
    });
    await firefox.evaluate(
      `document.querySelector('#root').value = ${JSON.stringify(data.close?.root)}; document.querySelector('#compare button').click()`,
    );
    expect(await state()).toBe('wrong');
  });
});
