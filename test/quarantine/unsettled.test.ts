import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, CLEAN_MONTH } from '../support/exports.js';
import { SAMPLE_POLICY, settle, workspace, write } from '../support/workspace.js';
import { read, session, sessions, settled } from './place.js';

/** unsettled.csv: a line for every quarantined session row, with what has to come so that it is settled. */

const HEADER = 'file,line,session_id,anchor_id,agency_id,ended_at,codes,needs,needs_zh\n';

test('where no session waits, it is its header alone, and an output of the manifest', async () => {
  const { runDir, manifest } = await settled(CLEAN_MONTH);
  expect(readFileSync(join(runDir, 'unsettled.csv'), 'utf8')).toBe(HEADER);
  expect(manifest.outputs).toContainEqual(expect.objectContaining({ file: 'unsettled.csv', rows: 0 }));
});

test('rows of other files wait for nothing of their own', DEEP, async () => {
  const { unsettled, quarantine } = await settled({
    ...CLEAN_MONTH,
    'penalties.csv': 'penalty_id,anchor_id,kind,penalized_at\np1,a1,idle,\n',
  });
  expect(quarantine).toHaveLength(1);
  expect(unsettled).toEqual([]);
});

/** Said in Chinese too. */
const HAN = expect.stringMatching(/\p{Script=Han}/u);

describe('what a session needs', () => {
  const PLAIN = { unit_price: '', scarcity_index: '' };
  const ENDED = '2023-11-05 21:00:00';

  variations([
    [
      'a price',
      { ...PLAIN, scarcity_index: '1', quality_level: '5' },
      'no_unit_price',
      'a rate for level 5 in watch_time.rates, or unit_price in the export',
    ],
    [
      'an index',
      { ...PLAIN, unit_price: '0.01', track: '美妆' },
      'no_scarcity_index',
      'an index of track 美妆 in force on 2023-11-05 in a scarcity file, or scarcity_index in the export',
    ],
    ['its anchor', { anchor_id: 'a9' }, 'unknown_anchor', 'a row of anchor a9 in an anchors file'],
    ['a cell filled in', { track: '' }, 'missing', 'track: fill it in'],
    ['a flag', { settleable: '待定' }, 'bad_flag', 'settleable: write Y or N'],
    ['a time in order', { started_at: '05/11/2023' }, 'bad_time', 'started_at: write it as YYYY-MM-DD HH:MM:SS'],
  ])('%s', async (_, cells, codes, needs) => {
    const { unsettled } = await settled({ 'sessions.csv': sessions(session(cells)) });
    const anchor_id = 'anchor_id' in cells ? cells.anchor_id : 'a1';
    expect(unsettled).toEqual([
      {
        file: 'sessions.csv',
        line: '2',
        session_id: 's1',
        anchor_id,
        agency_id: '',
        ended_at: ENDED,
        codes,
        needs,
        needs_zh: HAN,
      },
    ]);
  });

  test('several things are all said, codes sorted and each once', DEEP, async () => {
    const cells = { ...PLAIN, quality_level: '5', track: '美妆' };
    const { unsettled } = await settled({
      'sessions.csv': sessions(
        session(cells),
        session({ session_id: 's2', settleable: '', track: '', quality_level: 'x' }),
      ),
    });
    expect(unsettled).toMatchObject([
      {
        codes: 'no_scarcity_index;no_unit_price',
        needs: expect.stringMatching(/^a rate for level 5 .*; an index of track 美妆 /),
      },
      {
        codes: 'bad_number;missing',
        needs: expect.stringMatching(/^quality_level: .*; settleable: fill it in; track: fill it in$/),
      },
    ]);
  });

  test('of many faults the first are said and the others counted', DEEP, async () => {
    const cells = {
      settleable: '',
      track: '',
      quality_level: '',
      rec_dwell_minutes: '',
      started_at: '',
      unit_price: 'x',
    };
    const { unsettled } = await settled({ 'sessions.csv': sessions(session(cells)) });
    expect(unsettled[0]?.needs).toBe(
      'quality_level: fill it in; rec_dwell_minutes: fill it in; settleable: fill it in; started_at: fill it in; and 2 more, see quarantine.csv',
    );
  });

  test('the agency is that of the anchor as it stands', DEEP, async () => {
    const anchors = 'anchor_id,agency_id,account_kind,first_live_on\na1,g1,content,2023-03-01\n';
    const { unsettled } = await settled({ 'anchors.csv': anchors, 'sessions.csv': sessions(session({ track: '' })) });
    expect(unsettled).toMatchObject([{ anchor_id: 'a1', agency_id: 'g1' }]);
  });

  test('where the anchor has a faulty row, that is named', DEEP, async () => {
    const anchors = 'anchor_id,account_kind,first_live_on\na1,content,2023-13-01\n';
    const { unsettled } = await settled({ 'anchors.csv': anchors, 'sessions.csv': sessions(session()) });
    expect(unsettled).toMatchObject([
      { codes: 'unknown_anchor', needs: 'a row of anchor a1 in an anchors file (anchors.csv, line 2, is faulty)' },
    ]);
  });

  test('a faulty row whose session another file settles needs nothing but to go', DEEP, async () => {
    const { unsettled, manifest } = await settled({
      'sessions-1.csv': sessions(session({ track: '' })),
      'sessions-2.csv': sessions(session({ session_id: 's0' }), session()),
    });
    expect(unsettled).toMatchObject([
      {
        file: 'sessions-1.csv',
        needs: 'nothing: sessions-2.csv, line 3, settles the session; remove this row from its file',
      },
    ]);
    expect(manifest.totals.sessions).toBe(2);
  });

  test('a total line needs to go', DEEP, async () => {
    const { unsettled } = await settled({ 'sessions.csv': sessions(session(), `合计${','.repeat(9)}`) });
    expect(unsettled).toMatchObject([
      {
        line: '3',
        session_id: '',
        anchor_id: '',
        needs: 'line 3 looks like a total line (合计): remove it from the export',
      },
    ]);
  });
});

test('what can not be read is blank: ids of another form, an end, all of a ragged row', DEEP, async () => {
  const { unsettled } = await settled({
    'sessions.csv': sessions(
      session({ session_id: '=1+1' }),
      session({ anchor_id: 'a 1', ended_at: 'late' }),
      session().replace(',Y', ''),
    ),
  });
  expect(unsettled).toMatchObject([
    { line: '2', session_id: '', anchor_id: 'a1', ended_at: '2023-11-05 21:00:00' },
    { line: '3', session_id: 's1', anchor_id: '', ended_at: '' },
    {
      line: '4',
      session_id: '',
      anchor_id: '',
      ended_at: '',
      codes: 'ragged_row',
      needs: 'write all 10 cells, blank ones too',
    },
  ]);
});

test(
  'a track that a spreadsheet would take for a formula begins no cell, and one with a comma is quoted',
  DEEP,
  async () => {
    const cells = { unit_price: '0.01', scarcity_index: '', track: '=1+1,"x"' };
    const { unsettled, runDir } = await settled({ 'sessions.csv': sessions(session(cells)) });
    expect(unsettled[0]?.needs).toContain('an index of track =1+1,"x" in force');
    expect(readFileSync(join(runDir, 'unsettled.csv'), 'utf8')).not.toMatch(/(^|,)"?[=+@-]/m);
  },
);

test('lines are sorted by the bytes of the file and the number of the line', DEEP, async () => {
  const faulty = (count: number): string =>
    sessions(...Array.from({ length: count }, (_, at) => session({ session_id: `s${at}`, track: '' })));
  const { unsettled } = await settled({
    'sessions-é.csv': faulty(1),
    'sessions-Z.csv': faulty(11),
    'sessions-a.csv': faulty(1),
  });
  expect(unsettled.map(({ file, line }) => `${file} ${line}`)).toEqual([
    ...Array.from({ length: 11 }, (_, at) => `sessions-Z.csv ${at + 2}`),
    'sessions-a.csv 2',
    'sessions-é.csv 2',
  ]);
});

test('a session outside the period waits for nothing in it', DEEP, async () => {
  const { unsettled } = await settled({
    'sessions.csv': sessions(session({ ended_at: '2023-12-05 21:00:00', track: '' })),
  });
  expect(unsettled).toEqual([]);
});

test('rows whose cells an older build did not keep are listed with what there is', DEEP, async () => {
  const folder = workspace();
  const [input, warehouse, out] = ['exports', 'w.duckdb', 'out'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(input);
  write(input, {
    'anchors.csv': anchorsCsv('a1'),
    'sessions.csv': sessions(session({ track: '' }), session().replace(',Y', ''), session({ session_id: '合计' })),
  });
  const options = { policy: SAMPLE_POLICY, input, out, warehouse, statements: false };
  await settle(options);
  const { Warehouse } = await import('../../src/engine/duckdb/warehouse.js');
  const held = await Warehouse.open({ file: warehouse, scratch: folder, folders: [] });
  await held.run(
    'UPDATE unsound_row SET cells = NULL, width = NULL; DELETE FROM file_seen; UPDATE export_file SET reading = \'{"reader":1}\'',
  );
  await held.checkpoint();
  held.close();
  const { unsettled, said } = read(await settle(options));
  expect(unsettled).toMatchObject([
    { line: '2', session_id: '', anchor_id: '', ended_at: '2023-11-05 21:00:00', needs: 'track: fill it in' },
    { line: '3', session_id: '', ended_at: '', needs: 'write as many cells as the header has' },
    { line: '4', session_id: '', ended_at: '2023-11-05 21:00:00', codes: 'bad_id' },
  ]);
  expect(said('sessions.csv', 3)).toEqual(['more or fewer cells than the header']);
});
