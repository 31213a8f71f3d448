import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../src/commands/load.js';
import { summaryOf } from '../../src/report/run.js';
import { DEEP, variations } from '../support/deep.js';
import { CLEAN_MONTH } from '../support/exports.js';
import { SILENT, workspace, write } from '../support/workspace.js';
import { type Settled, session, sessions, settled } from './place.js';

// @module-tag deep

/** What the summary, `--strict` and `settle load` tell of rows that were left out. */

const summary = (result: Settled): string => summaryOf({ ...result }, (_, text) => text, 'out');
const PLAIN = { unit_price: '', scarcity_index: '' };

/** So many sessions with the same cells, numbered from `first` on. */
const several = (count: number, cells: Record<string, string>, first = 1): string[] =>
  Array.from({ length: count }, (_, at) => session({ session_id: `s${first + at}`, ...cells }));

test('a clean month says nothing of it', async () => {
  const text = summary(await settled(CLEAN_MONTH));
  expect(text).not.toMatch(/unsettled|without a/);
  expect(text).toMatch(/Rows quarantined, all files +0\n\n {2}Watch time/);
});

describe('sessions that wait are counted, with what lacks', () => {
  test('levels, tracks and anchors', async () => {
    const text = summary(
      await settled({
        'sessions.csv': sessions(
          ...several(2, { unit_price: '', quality_level: '5' }),
          ...several(1, { unit_price: '', quality_level: '1' }, 3),
          ...several(1, { unit_price: '', quality_level: '10' }, 4),
          ...several(1, { ...PLAIN, unit_price: '0.01', track: '美妆' }, 5),
          ...several(2, { anchor_id: 'b1' }, 6),
          ...several(1, { anchor_id: 'b2' }, 8),
        ),
      }),
    );
    expect(text).toMatch(/Sessions unsettled +8 {2}of 3 anchors; see unsettled\.csv\n/);
    expect(text).toMatch(
      /^ +levels without a rate: 1, 5, 10\n +tracks without an index: 美妆\n +anchors without a master row: 2 \(b1, b2\)\n/m,
    );
  });

  test('of many values the first are named', DEEP, async () => {
    const lines = Array.from({ length: 12 }, (_, at) => session({ session_id: `s${at}`, anchor_id: `b${10 + at}` }));
    const text = summary(await settled({ 'sessions.csv': sessions(...lines) }));
    expect(text).toContain(
      'anchors without a master row: 12 (b10, b11, b12, b13, b14, b15, b16, b17, b18, b19 and 2 more)',
    );
  });

  test('copies that contradict each other are one session; a total line is none', DEEP, async () => {
    const { breakdown } = await settled({
      'sessions.csv': sessions(session(), session({ rec_dwell_minutes: '1' }), `合计${','.repeat(9)}`),
    });
    expect(breakdown?.unsettled).toMatchObject({ sessions: 1, settled: 0 });
    expect(String(breakdown?.unsettled.remark)).toBe('of 1 anchor; see unsettled.csv');
  });

  test('a faulty row whose session another row settles is counted apart', DEEP, async () => {
    const text = summary(
      await settled({ 'sessions-1.csv': sessions(session({ track: '' })), 'sessions-2.csv': sessions(session()) }),
    );
    expect(text).toMatch(/Sessions unsettled +0 {2}1 more settled by another row; see unsettled\.csv/);
  });
});

describe('faults alike are told once, with what to do', () => {
  variations([
    [
      'one form of a time',
      several(3, { started_at: '05/11/2023' }),
      'from line 2: 3 of 5 rows, `started_at` like `05/11/2023`: write it as YYYY-MM-DD HH:MM:SS',
    ],
    ['a blank cell', several(1, { track: '' }), 'line 2: 1 of 3 rows, `track` is blank: fill it in'],
    [
      'a character',
      several(1, { settleable: 'Ｙ' }),
      'line 2: 1 of 3 rows, `settleable` like `Ｙ` with U+FF39: write it without U+FF39',
    ],
    [
      'ragged rows',
      ['x,y', 'z,y'],
      'from line 2: 2 of 4 rows have 2 cells, the header has 10: write all 10 cells, blank ones too',
    ],
    [
      'a total line',
      [`合计${','.repeat(9)}`],
      'line 2: 1 of 3 rows looks like a total line (合计): remove it from the export',
    ],
    [
      'an anchor that nobody knows',
      several(2, { anchor_id: 'b1' }),
      'from line 2: 2 of 4 rows, `anchor_id` like `b1` (unknown_anchor): export a row of the anchor in an anchors file',
    ],
  ])('%s', async (_, lines, told) => {
    const { breakdown } = await settled({ 'sessions.csv': sessions(...lines, ...several(2, {}, 80)) });
    const { shown = [], more } = breakdown?.faultGroups ?? {};
    expect([shown.map(String), more]).toEqual([[`sessions.csv, ${told}`], { groups: 0, faults: 0 }]);
  });

  test('the largest come first, ten are shown and the others counted', async () => {
    const forms = 'abcdefghijkl'.split('').map((_, at) => `${'-'.repeat(at + 1)}x`);
    const lines = forms.flatMap((form, at) => several(at === 7 ? 3 : 1, { started_at: form }, 10 * at));
    const result = await settled({ 'sessions.csv': sessions(...lines) });
    const { shown = [], more } = result.breakdown?.faultGroups ?? {};
    expect(shown).toHaveLength(10);
    expect(String(shown[0])).toContain(`3 of 14 rows, \`started_at\` like \`${forms[7]}\``);
    expect(more).toEqual({ groups: 2, faults: 2 });
    expect(summary(result)).toContain('\n  and 2 more groups with 2 faults\n');
  });

  test('a long cell is cut, and what would steer a terminal is shown safely', DEEP, async () => {
    const { breakdown } = await settled({
      'sessions.csv': sessions(session({ started_at: `\u202e${'x'.repeat(60)}` })),
    });
    expect(String(breakdown?.faultGroups.shown[0])).toContain(`like \`\ufffd${'x'.repeat(39)}…\` with U+202E`);
  });
});

test('--strict refuses with the same groups', async () => {
  const exports = {
    'sessions.csv': sessions(...several(3, { started_at: '05/11/2023' }), session({ session_id: 's9' })),
  };
  const told =
    'sessions.csv, from line 2: 3 of 4 rows, `started_at` like `05/11/2023`: write it as YYYY-MM-DD HH:MM:SS';
  await expect(settled(exports, { strict: true })).rejects.toMatchObject({
    code: 'strict',
    message: `3 rows would be quarantined, and --strict allows none\n  ${told}`,
    details: { rows: 3, faults: [told] },
  });
});

test('settle load tells of what it brought alone', DEEP, async () => {
  const folder = workspace();
  const loaded = async (name: string, cell: string): Promise<string> => {
    const exports = join(folder, name);
    mkdirSync(exports);
    write(exports, { [`sessions-${name}.csv`]: sessions(session({ started_at: cell })) });
    const { text } = await load(exports, { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') }, SILENT);
    return text();
  };
  expect(await loaded('1', '05/11/2023')).toContain(
    '    sessions-1.csv, line 2: 1 of 1 row, `started_at` like `05/11/2023`',
  );
  const second = await loaded('2', 'x');
  expect(second).toContain('sessions-2.csv, line 2: 1 of 1 row, `started_at` like `x`: write it as');
  expect(second).not.toContain('05/11/2023');
});
