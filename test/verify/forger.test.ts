import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/programmes/content-incentive/verify/verify.js';
import type { VerifyReport } from '../../src/verify/report.js';
import {
  buildRun,
  fromCsv,
  type Manifest,
  read,
  readManifest,
  remove,
  sealRun,
  settlingCases,
  toCsv,
  writeSealed,
} from '../support/case-run.js';
import { deepUnless } from '../support/deep.js';

/**
 * The forger who makes the hashes, the counts, the run id and the seal fit again: only the recomputation finds what
 * was changed.
 */

let run = '';
afterEach(() => remove(run));

type Table = string[][];

/** Verifies the folder with one CSV file rewritten and everything sealed again, and puts the file back. */
async function forged(file: string, edit: (rows: Table) => Table | undefined): Promise<VerifyReport> {
  const before = readFileSync(join(run, file));
  const manifest = readFileSync(join(run, 'manifest.json'));
  const rows = fromCsv(before.toString());
  writeFileSync(join(run, file), toCsv(edit(rows) ?? rows));
  sealRun(run);
  const report = await verifyRun(run);
  writeFileSync(join(run, file), before);
  writeFileSync(join(run, 'manifest.json'), manifest);
  return report;
}

/** Sets one cell by its key (the row that has this cell text anywhere) and column. */
function set(key: string, column: string, value: string): (rows: Table) => void {
  return (rows) => {
    const at = rows[0]?.indexOf(column) ?? -1;
    const row = rows.find((cells) => cells.includes(key));
    if (at < 0 || row === undefined) throw new Error(`no ${key} ${column}`);
    expect(row[at]).not.toBe(value);
    row[at] = value;
  };
}

function oneMore(cell: string): string {
  if (/^-?\d+\.\d+$/.test(cell)) {
    const places = cell.length - cell.indexOf('.') - 1;
    const units = (BigInt(cell.replace('.', '')) + 1n).toString().padStart(places + 1, '0');
    return `${units.slice(0, -places)}.${units.slice(-places)}`;
  }
  if (/^\d+$/.test(cell)) return String(BigInt(cell) + 1n);
  if (/^\d{4}-\d\d-\d\d/.test(cell)) return cell.replace(/^\d{4}/, (year) => String(Number(year) - 1));
  if (cell === 'Y' || cell === 'N') return cell === 'Y' ? 'N' : 'Y';
  if (cell === 'payable') return 'disqualified';
  return cell === '' ? '1.00' : '';
}

const COMPUTED: Record<string, readonly string[]> = {
  'settlement.csv': [],
  'days.csv': [],
  'sessions.csv': ['settlement_date', 'duration_seconds', 'settleable', 'opted_out', 'valid', 'reasons', 'amount'],
};

describe('every computed cell, one at a time', () => {
  for (const [at, name] of settlingCases().entries()) {
    test(name, deepUnless(at === 0), async () => {
      run = buildRun(name);
      for (const [file, columns] of Object.entries(COMPUTED)) {
        const [header = [], ...rows] = fromCsv(read(join(run, file)));
        for (const [place, column] of (columns.length > 0 ? columns : header).entries()) {
          const at = header.indexOf(column);
          for (const i of some(rows.length, place)) {
            const report = await forged(file, (table) => {
              const row = table[i + 1] ?? [];
              row[at] = oneMore(row[at] ?? '');
              return table;
            });
            const shown = report.differences.some((found) => found.file === file && found.column === column);
            // A row under another key is missing in one place and in excess in another; a flag shows in the reasons.
            const named = file !== 'sessions.csv' && column !== 'anchor_id' && column !== 'date';
            expect(named ? shown : report.count > 0, `${file} ${column} row ${i + 1}`).toBe(true);
          }
        }
      }
    });
  }
});

/** Three rows of a file, others for each column, so that all are looked at in a reasonable time. */
function some(rows: number, place: number): number[] {
  return [...new Set([0, 1, 2].map((step) => (place * 3 + step) % rows))].filter((row) => row < rows);
}

describe('every row removed, doubled, or swapped with its neighbour', () => {
  const files = ['settlement.csv', 'days.csv', 'sessions.csv', 'quarantine.csv', 'inputs/anchors.csv'];
  for (const name of ['18-once-per-person', '20-low-level-share', '31-duplicates', '35-row-faults']) {
    test(name, deepUnless(name.startsWith('18')), async () => {
      run = buildRun(name);
      for (const file of files) {
        const rows = fromCsv(read(join(run, file))).length;
        for (let i = 1; i < rows; i += 1) {
          const removed = await forged(file, (table) => table.filter((_, at) => at !== i));
          // A row of several faults stays quarantined as long as one of them stands.
          if (file !== 'quarantine.csv' || name !== '35-row-faults') expect(removed.count, `${file} -${i}`).not.toBe(0);
          const doubled = await forged(file, (table) => table.flatMap((row, at) => (at === i ? [row, row] : [row])));
          expect(doubled.count, `${file} 2x${i}`).not.toBe(0);
          if (i + 1 === rows) continue;
          const swapped = await forged(file, (table) => table.with(i, table[i + 1] ?? []).with(i + 1, table[i] ?? []));
          expect(swapped.count, `${file} ${i}<>${i + 1}`).not.toBe(0);
        }
      }
    });
  }
});

/** Single lies, by case: the file, what is changed, and the column (and file) where it must show. */
const LIES: [name: string, file: string, edit: (rows: Table) => void, shows: string, clause?: string][] = [
  ['01-scope', 'inputs/anchors.csv', set('a2', 'first_live_on', '2023-02-01'), 'reasons', 'C3'],
  ['01-scope', 'inputs/anchors.csv', set('a3', 'account_kind', 'content'), 'reasons'],
  ['01-scope', 'inputs/anchors.csv', set('a1', 'account_kind', 'shop'), 'status'],
  ['01-scope', 'inputs/anchors.csv', set('a1', 'nickname', 'Anne'), 'nickname'],
  ['01-scope', 'inputs/anchors.csv', set('a1', 'agency_id', 'g7'), 'agency_id'],
  ['01-scope', 'inputs/anchors.csv', set('a1', 'source_line', '1'), 'source_line'],
  ['01-scope', 'inputs/anchors.csv', set('a1', 'source_line', '3'), 'source_line'],
  ['01-scope', 'inputs/anchors.csv', set('a1', 'source_file', 'sessions.csv'), 'source_file'],
  ['01-scope', 'inputs/anchors.csv', set('a1', 'compliance_code', 'Green'), 'compliance_code'],
  ['02-period-by-end', 'sessions.csv', set('s05', 'ended_at', '2023-11-05 23:59:59'), 'settlement_date', 'C2'],
  ['02-period-by-end', 'sessions.csv', set('s05', 'started_at', '2023-11-05 23:00:00'), 'duration_seconds', 'C3'],
  ['04-thirty-minutes', 'sessions.csv', set('s04', 'effective_seconds', '1800'), 'valid_seconds', 'C4'],
  ['04-thirty-minutes', 'sessions.csv', set('s04', 'effective_seconds', '3601'), 'effective_seconds', 'C4'],
  ['04-thirty-minutes', 'days.csv', set('1200', 'valid_day', 'Y'), 'valid_day', 'C5'],
  ['05-session-reasons', 'sessions.csv', set('s01', 'settleable', 'Y'), 'reasons', 'C3'],
  ['05-session-reasons', 'sessions.csv', set('s03', 'suspended', 'N'), 'reasons', 'C3'],
  ['05-session-reasons', 'sessions.csv', set('s04', 'replay_deleted_at', ''), 'reasons', 'C3'],
  ['05-session-reasons', 'sessions.csv', set('s05', 'opted_out', 'N'), 'reasons', 'C3'],
  ['05-session-reasons', 'sessions.csv', set('s07', 'suspended', 'y'), 'suspended'],
  ['05-session-reasons', 'sessions.csv', set('s06', 'reasons', 'too_short'), 'reasons', 'C3'],
  ['05-session-reasons', 'sessions.csv', set('s07', 'track', ' tea'), 'track'],
  ['05-session-reasons', 'sessions.csv', set('s07', 'track', '=tea'), 'track'],
  ['05-session-reasons', 'sessions.csv', set('s07', 'quality_level', '04'), 'quality_level'],
  ['05-session-reasons', 'sessions.csv', set('s07', 'quality_level', '100'), 'quality_level'],
  ['05-session-reasons', 'sessions.csv', set('s07', 'session_id', 's 7'), 'session_id'],
  ['05-session-reasons', 'sessions.csv', set('s07', 'started_at', '2023-11-05T10:00:00'), 'started_at', 'C2'],
  ['05-session-reasons', 'sessions.csv', set('s04', 'replay_deleted_at', '2023-11-31 09:00:00'), 'replay_deleted_at'],
  ['05-session-reasons', 'inputs/penalties.csv', set('p1', 'status', 'revoked'), 'reasons', 'C3'],
  ['05-session-reasons', 'inputs/penalties.csv', set('p1', 'kind', 'fake_trade'), 'reasons', 'C3'],
  ['05-session-reasons', 'inputs/penalties.csv', set('p1', 'session_id', 's07'), 'reasons', 'C3'],
  ['05-session-reasons', 'inputs/penalties.csv', set('p1', 'anchor_id', 'a9'), 'session_id'],
  ['05-session-reasons', 'inputs/penalties.csv', set('p1', 'penalized_at', '2023-11-05 24:00:00'), 'penalized_at'],
  ['07-replay-retention', 'sessions.csv', set('s02', 'replay_deleted_at', '2024-02-15 10:59:59'), 'reasons', 'C3'],
  ['09-index-in-force', 'sessions.csv', set('s01', 'scarcity_index', '1.300'), 'amount', 'C7'],
  ['09-index-in-force', 'sessions.csv', set('s06', 'scarcity_index', ''), 'scarcity_index', 'C6'],
  ['09-index-in-force', 'sessions.csv', set('s01', 'scarcity_index', ''), 'scarcity_index', 'C6'],
  ['09-index-in-force', 'sessions.csv', set('s01', 'scarcity_index', '1.2'), 'scarcity_index', 'C6'],
  ['09-index-in-force', 'inputs/scarcity.csv', set('1.300', 'effective_from', '2023-12-01'), 'effective_from'],
  ['10-round-half-up-once', 'sessions.csv', set('s01', 'rec_dwell_minutes', '0.49'), 'amount', 'C7'],
  ['10-round-half-up-once', 'sessions.csv', set('s01', 'rec_dwell_minutes', '0.5'), 'rec_dwell_minutes', 'C7'],
  ['11-large-figures', 'sessions.csv', set('s02', 'rec_dwell_minutes', '9007199254740.92'), 'amount', 'C7'],
  ['11-large-figures', 'sessions.csv', set('s03', 'amount', '99999989999899900010009.99'), 'amount', 'C7'],
  ['12-price-by-level', 'sessions.csv', set('s02', 'unit_price', ''), 'unit_price', 'C7'],
  ['12-price-by-level', 'sessions.csv', set('s02', 'unit_price', '0.02'), 'unit_price', 'C7'],
  ['13-daily-cap', 'sessions.csv', set('160.01', 'quality_level', '3'), 'top_level', 'C8'],
  ['13-daily-cap', 'days.csv', set('2023-11-07', 'cap', ''), 'cap', 'C8'],
  ['16-newcomer-window', 'inputs/anchors.csv', set('a3', 'newcomer_certified_on', '2023-10-01'), 'newcomer_bonus'],
  ['16-newcomer-window', 'inputs/anchors.csv', set('a1', 'newcomer_certified_on', ''), 'newcomer_bonus', 'C10'],
  ['17-newcomer-tiers', 'sessions.csv', set('1.001', 'scarcity_index', '1.000'), 'newcomer_bonus', 'C10'],
  ['18-once-per-person', 'inputs/anchors.csv', set('a3', 'newcomer_certified_on', '2023-11-01'), 'forfeited', 'C12'],
  ['18-once-per-person', 'inputs/anchors.csv', set('a3', 'person_id', ''), 'forfeited', 'C12'],
  ['18-once-per-person', 'inputs/anchors.csv', set('a2', 'compliance_code', 'green'), 'reasons', 'C12'],
  ['19-attendance-tiers', 'sessions.csv', set('a4', 'scarcity_index', '2.000'), 'amount', 'C7'],
  ['20-low-level-share', 'sessions.csv', set('s01', 'quality_level', '3'), 'top_level', 'C8'],
  ['20-low-level-share', 'sessions.csv', set('s09', 'quality_level', '2'), 'nothing'],
  ['21-compliance-code', 'inputs/anchors.csv', set('a2', 'compliance_code', 'red'), 'reasons', 'C12'],
  ['22-three-in-the-period', 'inputs/penalties.csv', set('p02', 'status', 'revoked'), 'reasons', 'C12'],
  ['22-three-in-the-period', 'inputs/penalties.csv', set('p06', 'penalized_at', '2023-11-30 00:00:00'), 'reasons'],
  ['23-fake-trade-30-days', 'inputs/penalties.csv', set('p2', 'penalized_at', '2023-11-01 00:00:00'), 'reasons'],
  ['26-agency-clustering', 'inputs/penalties.csv', set('p1', 'agency_id', 'g2'), 'reasons', 'C12'],
  ['26-agency-clustering', 'inputs/penalties.csv', set('p1', 'agency_id', 'g9'), 'agency_id'],
  ['30-supersession', 'sessions.csv', set('s02', 'session_id', 's01'), 'session_id'],
  ['35-row-faults', 'quarantine.csv', set('ragged_row', 'code', 'ragged'), 'code'],
  ['35-row-faults', 'quarantine.csv', set('ragged_row', 'column', 'kind'), 'column'],
  ['35-row-faults', 'quarantine.csv', set('bad_date', 'line', '2'), 'line'],
  ['35-row-faults', 'quarantine.csv', set('bad_date', 'value', '=x'), 'value'],
  ['36-faults-at-settlement', 'quarantine.csv', set('zz', 'value', 'a1'), 'value'],
  ['39-formula-cells', 'inputs/scarcity.csv', set('2.000', 'track', '=1+1'), 'track'],
  ['39-formula-cells', 'anchors/_independent/a1.csv', set('total', 'note', '=1+1'), 'note'],
  ['40-low-level-counted', 'sessions.csv', set('s06', 'quality_level', '4'), 'nothing'],
];

describe('a lie with every hash made to fit', () => {
  LIES.forEach(([name, file, edit, shows, clause], i) => {
    test(`${i + 1}: ${name} ${file} ${shows}`, async () => {
      run = buildRun(name);
      const report = await forged(file, (rows) => {
        edit(rows);
        return rows;
      });
      if (shows === 'nothing') {
        // A cell that is given and on which no figure hangs: nobody could know it better.
        expect(report.differences).toEqual([]);
        return;
      }
      const found = report.differences.filter((difference) => difference.column === shows);
      expect(found, JSON.stringify(report.differences)).not.toEqual([]);
      if (clause !== undefined) expect(found.map((difference) => difference.clause)).toContain(clause);
    });
  });
});

/** Lies in the manifest alone, its seal made to fit. */
const MANIFEST_LIES: Record<string, (manifest: Manifest) => void> = {
  'another run id': (manifest) => Object.assign(manifest, { run_id: `${manifest.run_id.slice(0, -1)}x` }),
  'another program': ({ program }) => Object.assign(program, { name: 'settle' }),
  'another version': ({ program }) => Object.assign(program, { version: '0.1.1' }),
  'another build': ({ program }) => Object.assign(program, { build: 'f'.repeat(16) }),
  'another policy id': ({ policy }) => Object.assign(policy, { id: 'other' }),
  'another policy hash': ({ policy }) => Object.assign(policy, { sha256: '0'.repeat(64) }),
  'another first day': ({ period }) => Object.assign(period, { from: '2023-11-02' }),
  'another last day': ({ period }) => Object.assign(period, { to: '2023-11-29' }),
  'another evaluation date': (manifest) => Object.assign(manifest, { as_of: '2023-11-29' }),
  'an evaluation date after the period': (manifest) => Object.assign(manifest, { as_of: '2023-12-01' }),
  'an evaluation date that is none': (manifest) => Object.assign(manifest, { as_of: '2023-11-31' }),
  'an input renamed': ({ inputs }) => Object.assign(inputs[0] ?? {}, { file: 'anchors-2.csv' }),
  'an input of another kind': ({ inputs }) => Object.assign(inputs[0] ?? {}, { kind: 'sessions' }),
  'an input of another hash': ({ inputs }) => Object.assign(inputs[0] ?? {}, { sha256: 'a'.repeat(64) }),
  'an input dropped': ({ inputs }) => inputs.pop(),
  'inputs in another order': ({ inputs }) => inputs.reverse(),
  'an input named twice': ({ inputs }) => inputs.push(...inputs.slice(0, 1)),
  'more rows read': ({ inputs }) => Object.assign(inputs.at(-1) ?? {}, { rows: 5 }),
  'more rows quarantined': ({ inputs }) => Object.assign(inputs.at(-1) ?? {}, { quarantined: 3 }),
  'an output of another hash': ({ outputs }) => Object.assign(outputs[2] ?? {}, { sha256: 'a'.repeat(64) }),
  'an output of more rows': ({ outputs }) => Object.assign(outputs[3] ?? {}, { rows: 9 }),
  'an output dropped': ({ outputs }) => outputs.pop(),
  'the statements dropped': ({ outputs }) => outputs.shift(),
  'outputs in another order': ({ outputs }) => outputs.reverse(),
  'a warning that is no text': (manifest) => Object.assign(manifest, { warnings: [1] }),
  'finished before it started': (manifest) => Object.assign(manifest, { started_at: '2023-12-01 09:00:02' }),
  'a start that is no time': (manifest) => Object.assign(manifest, { started_at: '2023-12-01 24:00:00' }),
  'one key more': (manifest) => Object.assign(manifest, { more: 1 }),
  'accounts that still add up': (manifest) => {
    manifest.accounting.settled = (manifest.accounting.settled ?? 0) - 1;
    manifest.accounting.outside_period = (manifest.accounting.outside_period ?? 0) + 1;
  },
  'accounts of quarantined rows': (manifest) => {
    manifest.accounting.quarantined = (manifest.accounting.quarantined ?? 0) + 1;
    manifest.accounting.rows_read = (manifest.accounting.rows_read ?? 0) + 1;
    const sessions = manifest.inputs.find(({ kind }) => kind === 'sessions');
    if (sessions !== undefined) sessions.rows += 1;
  },
};

describe('a lie in the manifest with its seal made to fit', () => {
  for (const [lie, tell] of Object.entries(MANIFEST_LIES)) {
    test(lie, async () => {
      run = buildRun('36-faults-at-settlement');
      const manifest = readManifest(run);
      tell(manifest);
      writeSealed(run, manifest);
      expect((await verifyRun(run)).differences.some(({ file }) => file === 'manifest.json')).toBe(true);
    });
  }

  for (const part of ['accounting', 'totals'] as const) {
    test(`each figure of ${part}`, async () => {
      run = buildRun('18-once-per-person');
      for (const [key, value] of Object.entries(readManifest(run)[part])) {
        for (const other of [typeof value === 'number' ? value + 1 : oneMore(value), String(value), `${value}0`]) {
          if (other === value) continue;
          const manifest = readManifest(run);
          const lied = { ...manifest, [part]: { ...manifest[part], [key]: other } };
          writeSealed(run, lied as Manifest);
          expect((await verifyRun(run)).count, `${key} ${other}`).toBeGreaterThan(0);
          writeSealed(run, manifest);
        }
      }
    });
  }
});

describe('a forger who changes every place that must agree', () => {
  test('a fen more in session, day, settlement, statement and totals', async () => {
    run = buildRun('01-scope');
    for (const file of ['sessions.csv', 'days.csv', 'settlement.csv', 'anchors/_independent/a1.csv']) {
      const text = read(join(run, file))
        .replaceAll(',100.00', ',100.01')
        .replace(',100.01,1.000000', ',100.00,1.000000');
      writeFileSync(join(run, file), text);
    }
    const manifest = readManifest(run);
    Object.assign(manifest.totals, { watch_time_gross: '100.01', watch_time: '100.01', total: '100.01' });
    sealRun(run, manifest);
    const { differences } = await verifyRun(run);
    expect(differences).toContainEqual({
      ...{ file: 'sessions.csv', key: 's01', column: 'amount', found: '100.01', expected: '100.00', clause: 'C7' },
    });
  });

  test('a bonus that nobody earned, in settlement, statement and totals', async () => {
    run = buildRun('19-attendance-tiers');
    const statement = 'anchors/_independent/a2.csv';
    const before = read(join(run, statement));
    const total = /^total,+([\d.]+),/m.exec(before)?.[1] ?? '';
    const more = (amount: string): string => `${Number(amount) + 100}.00`;
    const line = `attendance_bonus,,,,,,,,100.00,earned\ntotal,,,,,,,,${more(total)},`;
    writeFileSync(join(run, statement), before.replace(/^total,+[\d.]+,/m, line));
    const { totals } = readManifest(run);
    Object.assign(totals, { attendance_bonus: more(`${totals.attendance_bonus}`), total: more(`${totals.total}`) });
    sealRun(run, { ...readManifest(run), totals });
    const report = await forged('settlement.csv', (rows) => {
      set('a2', 'attendance_bonus', '100.00')(rows);
      set('a2', 'total', more(total))(rows);
      return rows;
    });
    expect(report.differences.map(({ column, clause }) => `${column} ${clause}`)).toContain('attendance_bonus C11');
  });

  test('a session under another date as well', async () => {
    run = buildRun('20-low-level-share');
    const report = await forged('sessions.csv', (rows) => {
      const copy = rows.find((row) => row[0] === 's05') ?? [];
      const later = copy.map((cell) => cell.replace('2023-11-05', '2023-11-09'));
      return rows.flatMap((row) => (row[0] === 's05' ? [row, later] : [row]));
    });
    expect(report.differences).toContainEqual(
      expect.objectContaining({ key: 's05', column: 'session_id', expected: 'each session once' }),
    );
  });

  test('another policy', async () => {
    run = buildRun('13-daily-cap');
    const policy = read(join(run, 'policy.yaml')).replace('"160.00"', '"170.00"');
    writeFileSync(join(run, 'policy.yaml'), policy);
    sealRun(run);
    expect((await verifyRun(run)).differences.some(({ column, clause }) => column === 'cap' && clause === 'C8')).toBe(
      true,
    );
  });

  test('a statement in the place of another', async () => {
    run = buildRun('18-once-per-person');
    const place = (name: string): string => join(run, 'anchors/_independent', name);
    renameSync(place('a1.csv'), place('x'));
    renameSync(place('a3.csv'), place('a1.csv'));
    renameSync(place('x'), place('a3.csv'));
    sealRun(run);
    expect((await verifyRun(run)).count).toBeGreaterThan(0);
  });

  test('each cell of each statement line but its note', async () => {
    run = buildRun('24-parts-forfeited-once');
    const file = 'anchors/_independent/a2.csv';
    const rows = fromCsv(read(join(run, file)));
    for (let i = 1; i < rows.length; i += 1) {
      for (let at = 0; at < 9; at += 1) {
        const report = await forged(file, (table) => {
          const row = table[i] ?? [];
          row[at] = oneMore(row[at] ?? '');
          return table;
        });
        expect(report.differences.some((difference) => difference.file === file)).toBe(true);
      }
    }
  });
});
