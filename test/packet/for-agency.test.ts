import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explain } from '../../src/commands/explain.js';
import { DEEP } from '../support/deep.js';
import { SILENT, workspace } from '../support/workspace.js';
import { type PacketMonth, packetMonth } from './month.js';

/** What may be sent of an explanation: nothing of anybody else. */

let month: PacketMonth;
beforeAll(async () => {
  month = await packetMonth();
});
afterAll(() => month.leave());

async function told(anchor: string, forAgency: string | undefined): Promise<string> {
  const page = join(workspace(), 'e.html');
  const options = { ...month.place, anchor, forAgency };
  const texts = await Promise.all(
    ['en', 'zh'].map(async (lang) => {
      const { answer, text } = await explain(month.closed, { ...options, lang }, SILENT, {});
      return `${JSON.stringify(answer)}\n${text((_style, said) => said)}`;
    }),
  );
  await explain(month.closed, { ...options, page }, SILENT, {});
  return [...texts, readFileSync(page, 'utf8')].join('\n');
}

const rows = (file: string): Record<string, string>[] =>
  parse(readFileSync(join(month.closed, file)), { columns: true });

/** Ids of anchors and sessions that are not the agency's. */
function foreign(agency: string, anchor: string): string[] {
  const own = new Set(
    rows('inputs/anchors.csv')
      .filter((row) => row.anchor_id === anchor || (agency !== '' && row.agency_id === agency))
      .map(({ anchor_id }) => anchor_id),
  );
  const others = rows('sessions.csv').filter(({ anchor_id }) => !own.has(anchor_id));
  return [...new Set(others.flatMap(({ anchor_id = '', session_id = '' }) => [anchor_id, session_id]))];
}

test('an account of another agency is not named, and its bonus neither', async () => {
  expect(await told('A1009', undefined)).toContain('A1002');
  const sent = await told('A1009', 'MCN-02');
  expect(sent).toContain('an account of another agency keeps it');
  expect(sent).toContain('由其他机构的账号领取');
  expect(foreign('MCN-02', 'A1009').filter((id) => sent.includes(id))).toEqual([]);
  // Whoever may see both accounts still does.
  expect(await told('A1003', 'MCN-01')).toContain('A1002, certified on 2023-11-01, keeps');
  await expect(told('A1009', 'MCN-01')).rejects.toMatchObject({ code: 'usage' });
});

/** A session that is another anchor's by a later row: the row that was the anchor's own is told of. */
const OWN_ONCE = 'L20231103-0043';

test('no explanation names anybody else', DEEP, async () => {
  for (const { anchor_id: anchor = '', agency_id: agency = '' } of rows('settlement.csv')) {
    const sent = await told(anchor, agency === '' ? '_independent' : agency);
    expect(
      foreign(agency, anchor).filter((id) => id !== OWN_ONCE && sent.includes(id)),
      anchor,
    ).toEqual([]);
  }
});
