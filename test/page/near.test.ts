import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { report } from '../../src/commands/report.js';
import { SAMPLE_POLICY, SILENT, settle, workspace, write } from '../support/workspace.js';
import { tableIn } from './reading.js';

/** Who is near a tier: four fifths of its days and of its minutes. The sample policy asks for 20 days and 2,400 minutes. */

/** Anchor → days, and the minutes of each. */
const ANCHORS = {
  exactly: [16, 120],
  'a-day-less': [15, 160],
  'a-minute-less': [16, 119],
  'lacks-days-alone': [19, 180],
  'lacks-minutes-alone': [20, 96],
  reached: [20, 120],
} as const;

function exported(input: string): string {
  mkdirSync(input);
  const two = (value: number): string => String(value).padStart(2, '0');
  const sessions = Object.entries(ANCHORS).flatMap(([anchor, [days, minutes]]) =>
    Array.from({ length: days }, (_, day) => {
      const date = `2023-11-${two(day + 1)}`;
      const end = `${two(10 + Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
      return `${anchor}.${day},${anchor},${date} 10:00:00,${date} ${end},Y,4,音乐,100.00,0.010000,1.000`;
    }),
  );
  const head =
    'session_id,anchor_id,started_at,ended_at,settleable,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index';
  const anchors = Object.keys(ANCHORS).map((anchor) => `${anchor},content,2023-03-01`);
  return write(input, {
    'sessions.csv': `${[head, ...sessions].join('\n')}\n`,
    'anchors.csv': `${['anchor_id,account_kind,first_live_on', ...anchors].join('\n')}\n`,
  });
}

test('who has four fifths of both is near, with what lacks, the nearest first', async () => {
  const folder = workspace();
  const out = join(folder, 'out');
  const { runDir } = await settle({ policy: SAMPLE_POLICY, input: exported(join(folder, 'exports')), out });
  const path = join(folder, 'a.html');
  await report(runDir, { runs: out, out: path }, SILENT);
  const html = readFileSync(path, 'utf8');
  const near = tableIn(html, 'near-attendance-bonus');
  expect(near.map((row) => [row.主播ID, row.该档金额, row.现达标金额, row.还差天数, row.还差分钟])).toEqual([
    ['lacks-minutes-alone', '1,000.00', '0.00', '0', '480'],
    ['lacks-days-alone', '1,000.00', '0.00', '1', '0'],
    ['exactly', '1,000.00', '0.00', '4', '480'],
  ]);
  expect(tableIn(html, 'tiers-attendance-bonus').map((row) => row.主播数)).toEqual(['1', '0', '5']);
  expect(html).not.toContain('id="table-near-newcomer-bonus"');
});
