import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { DEEP, variations } from '../support/deep.js';
import { SESSIONS_HEADER } from '../support/exports.js';
import { workspace } from '../support/workspace.js';
import { session, sessions, settled } from './place.js';

// @module-tag deep

/** Cells of faulty rows are kept whole, whichever way their lines are read, however many and large they are. */

/** HOSTILE_LINES=1000000 npx vitest run test/quarantine */
const LINES = Number(process.env.HOSTILE_LINES ?? 20_000);

interface Kept {
  line: number;
  width: number | null;
  cells: Record<string, string>;
}

async function kept(content: string): Promise<Kept[]> {
  const folder = workspace();
  const file = join(folder, 'w.duckdb');
  await settled({ 'sessions.csv': content }, { warehouse: file });
  const warehouse = await Warehouse.open({ file, scratch: folder, folders: [] });
  try {
    const rows = await warehouse.rows(`SELECT line, width, map_keys(cells) AS names, map_values(cells) AS cells,
        list_transform(map_values(cells), lambda c: hex(c)) AS hex FROM unsound_row ORDER BY line`);
    return rows.map(({ line, width, names, hex }) => {
      const texts = (hex ?? '').split(',').map((cell) => Buffer.from(cell, 'hex').toString('utf8'));
      const cells = (names ?? '').split(',').map((name, at) => [name, texts[at] ?? ''] as const);
      return { line: Number(line), width: width == null ? null : Number(width), cells: Object.fromEntries(cells) };
    });
  } finally {
    warehouse.close();
  }
}

describe('of a ragged row by place, without those that are blank', () => {
  const plain = ' s1 ,\ta1,,\\N, x y';
  const expected = { 1: 's1', 2: 'a1', 5: 'x y' };

  test('read the fast way', async () => {
    expect(await kept(sessions(session(), plain))).toEqual([{ line: 3, width: 5, cells: expected }]);
  });

  test('in a file that is read strictly', async () => {
    const strict = sessions(session({ track: 'a "b"\nc' }), plain);
    expect((await kept(strict)).slice(1)).toEqual([{ line: 4, width: 5, cells: expected }]); // behind the control character's
  });

  test('with whatever characters stand in it', DEEP, async () => {
    const odd = '"a\x1fb","\x1e","\x1e0\x1f\x1e1","c,""d""\n"';
    expect(await kept(sessions(session(), odd))).toEqual([
      { line: 3, width: 4, cells: { 1: 'a\x1fb', 2: '\x1e', 3: '\x1e0\x1f\x1e1', 4: 'c,"d"\n' } },
    ]);
  });

  test('none of it, where all are missing values', DEEP, async () => {
    expect(await kept(sessions(session(), '\\N,\\N'))).toMatchObject([{ line: 3, width: 2 }]);
  });
});

describe('many and large', () => {
  const rows = (line: (at: number) => string): string =>
    `${SESSIONS_HEADER}\n${Array.from({ length: LINES }, (_, at) => line(at)).join('\n')}\n`;

  variations([
    ['in another order', (at: number) => session({ session_id: `s${at}`, started_at: '05/11/2023 20:00' }), 'bad_time'],
    [
      'each of a form of its own',
      (at: number) => session({ session_id: `s${at}`, started_at: at.toString(2).replaceAll('1', '-') }),
      'bad_time',
    ],
    ['ragged', (at: number) => `s${at},a1`, 'ragged_row'],
    ['ragged and in quotes', (at: number) => `"s${at}","a1"`, 'ragged_row'],
    ['total lines', (at: number) => `合计${',1'.repeat(9)}${at}`, ''],
    [
      'of anchors that nobody knows',
      (at: number) => session({ session_id: `s${at}`, anchor_id: `b${at}` }),
      'unknown_anchor',
    ],
  ])(
    '%s',
    async (_, line, codes) => {
      const { manifest, unsettled, breakdown } = await settled({ 'sessions.csv': rows(line) });
      expect(manifest.accounting).toMatchObject({ rows_read: LINES, quarantined: LINES });
      expect(unsettled).toHaveLength(LINES);
      if (codes !== '') expect(new Set(unsettled.map((row) => row.codes))).toEqual(new Set([codes]));
      expect(breakdown?.faultGroups.shown.length).toBeLessThanOrEqual(10);
    },
    600_000,
  );

  test('cells of a megabyte', DEEP, async () => {
    const large = 'x'.repeat(1 << 20);
    const lines = Array.from({ length: 40 }, (_, at) => session({ session_id: `s${at}`, started_at: large }));
    const ragged = Array.from({ length: 40 }, (_, at) => `r${at},"${large}"`);
    const { quarantine, unsettled, breakdown } = await settled({ 'sessions.csv': sessions(...lines, ...ragged) });
    expect(unsettled).toHaveLength(80);
    for (const row of [...quarantine, ...unsettled]) expect(Object.values(row).join().length).toBeLessThan(500);
    expect(breakdown?.faultGroups.shown.join('').length).toBeLessThan(1000);
  });
});
