import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { RunResult } from '../../src/settle/run-result.js';
import { anchorsCsv, SESSIONS_HEADER } from '../support/exports.js';
import { SAMPLE_POLICY, settle, workspace, write } from '../support/workspace.js';

/** November by the sample policy, from a few exports; the anchors a1 and a2 stand unless a file says otherwise. */

type Row = Record<string, string>;

export interface Settled extends RunResult {
  quarantine: Row[];
  unsettled: Row[];
  /** By file, and line: the messages of `quarantine.csv`, in its order. */
  said: (file: string, line: number) => string[];
}

/** Settles exports. The warehouse is in memory unless one is named. */
export async function settled(
  exports: Record<string, string | Uint8Array>,
  more: Partial<Parameters<typeof settle>[0]> = {},
): Promise<Settled> {
  const folder = workspace();
  const input = join(folder, 'exports');
  mkdirSync(input);
  write(input, { 'anchors.csv': anchorsCsv('a1', 'a2'), ...exports });
  return read(await settle({ policy: SAMPLE_POLICY, input, out: join(folder, 'out'), statements: false, ...more }));
}

/** A run with what its folder says of rows that were left out. */
export function read(result: RunResult): Settled {
  const rows = (file: string): Row[] =>
    parse(readFileSync(join(result.runDir, file)), { columns: true, record_delimiter: '\n' }) as Row[];
  const quarantine = rows('quarantine.csv');
  const said = (file: string, line: number): string[] =>
    quarantine.filter((row) => row.file === file && row.line === String(line)).map(({ message = '' }) => message);
  return { ...result, quarantine, unsettled: rows('unsettled.csv'), said };
}

/** A sound session's cells by their columns, of which a test replaces some. */
const SOUND: Row = {
  session_id: 's1',
  anchor_id: 'a1',
  started_at: '2023-11-05 20:00:00',
  ended_at: '2023-11-05 21:00:00',
  settleable: 'Y',
  quality_level: '2',
  track: '文化',
  rec_dwell_minutes: '1000.00',
  unit_price: '0.010000',
  scarcity_index: '1.000',
};

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A line of a sessions file. */
export function session(cells: Row = {}): string {
  return Object.values({ ...SOUND, ...cells })
    .map(quoted)
    .join(',');
}

/** A sessions file: its lines below the header, the first of which is line 2. */
export function sessions(...lines: string[]): string {
  return `${[SESSIONS_HEADER, ...lines].join('\n')}\n`;
}
