import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { openedBy } from '../../src/opened/opened.js';
import { packetAssets, packetScripts } from '../../src/page/assets.js';
import { HASHES } from '../../src/page/browser-files.js';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import { readPacket } from '../../src/verify/packet/read-packet.js';
import { REPOSITORY } from '../support/workspace.js';

/** The script of a packet's page, with nothing of Node around it. */

const { script } = packetAssets('content-incentive');
const html = readFileSync(join(REPOSITORY, 'test/fixtures/packets/agency-MCN-03.html'), 'utf8');
const { text } = readPacket(html);

describe('the script of a packet’s page', () => {
  let opened: ReturnType<typeof openedBy>;
  let data: PacketData;
  beforeAll(() => {
    // What every browser has; of the page itself the least that lets the script begin.
    const context = createContext({
      ...{ atob, btoa, TextEncoder, TextDecoder, setTimeout },
      navigator: { language: 'zh-CN' },
      document: {
        documentElement: { lang: '', dataset: {} },
        querySelectorAll: () => [],
        addEventListener: () => undefined,
      },
    });
    runInContext(script, context);
    opened = Reflect.get(context, 'openedPacket');
    const read = opened.read(text, 1);
    if ('fault' in read) throw new Error(read.fault);
    data = read.data;
  });

  test('verifies without Node, by the root that its reader has and by its own', async () => {
    const root = data.close?.root as string;
    for (const [given, said] of [
      ['', '这只说明结算包自身一致'],
      [root, '其各行归入你给出的根值'],
    ] as const) {
      const { state, html: found } = await opened.check(data, given);
      expect([state, found]).toEqual(['right', expect.stringContaining(said)]);
    }
    const { state, html: found } = await opened.check(data, '0'.repeat(64));
    expect([state, found]).toEqual(['wrong', expect.stringContaining(root)]);
    const other = structuredClone(data);
    other.cover.due = '1.00';
    expect((await opened.check(other, '')).state).toBe('wrong');
  });

  test('shows every part, and none where there is no packet', () => {
    const { main, contents, anchors } = opened.page(data);
    for (const name of [
      'cover',
      'charts',
      'anchors',
      'sessions',
      'days',
      'penalties',
      'unsettled',
      'notices',
      'policy',
    ])
      expect([main.includes(`<section id="${name}"`), contents.includes(`#${name}"`)], name).toEqual([true, true]);
    expect(anchors.map(([id]) => id)).toEqual(['A1010', 'A1011']);
    expect(opened.statement(data, 'A1010')).toContain('table-of-sessions');
    for (const [broken, elements] of [
      [text.slice(0, -1), 1],
      ['', 0],
      [text, 2],
      [text.replace('"unit"', '"units"'), 1],
    ] as const)
      expect(opened.read(broken, elements)).toMatchObject({ fault: expect.stringContaining('不是可读的结算包') });
  });

  test('begins and ends no element, and its hash is told', () => {
    expect(script).not.toMatch(/<\/?script|<!--/i);
    expect(packetScripts()).toEqual({ 'content-incentive': createHash('sha256').update(script).digest('hex') });
    const [hash] = Object.values(packetScripts());
    expect(readFileSync(join(REPOSITORY, HASHES), 'utf8')).toBe(`${hash}  content-incentive.js\n`);
    const docs = readFileSync(join(REPOSITORY, 'docs/packet.md'), 'utf8');
    const stated = Number(/The script has some (\d+) KB/.exec(docs)?.[1]);
    expect(Math.abs(Buffer.byteLength(script) / 1000 - stated)).toBeLessThan(15);
  });
});
