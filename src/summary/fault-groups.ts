import { readable } from '../core/money.js';
import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';
import { writeExportColumns } from '../notices/tables.js';
import { sqlFile } from '../program/sql-files.js';
import { runRules, SHARED } from '../rules/rules.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { saidBy, type Wording } from '../words/said.js';
import { say } from '../words/say.js';

/** Quarantined rows of one file with the same fault, in the order in which it pays to fix them. */
export interface FaultGroups {
  /** The largest, as finished lines for people. */
  shown: Wording[];
  /** How many groups there are besides, and how many faults stand in them. */
  more: { groups: number; faults: number };
}

/** So many are told; who has more to fix reads quarantine.csv. */
const MOST_GROUPS = 10;
/** Characters of a cell that shows a group. */
const LONGEST_CELL = 40;

/** The groups of `fault_group` (sql/quarantine), which the settlement has written. */
export async function readFaultGroups(warehouse: Warehouse): Promise<FaultGroups> {
  for (const words of ['fault_words', 'fault_words_zh']) await warehouse.run(sqlFile(`dialects/duckdb/${words}.sql`));
  await warehouse.run('CREATE OR REPLACE TEMP TABLE grouped_fault AS FROM fault_group');
  const groups =
    await warehouse.rows(`SELECT g.*, left(cell, ${LONGEST_CELL}) AS shown_cell, length(cell) > ${LONGEST_CELL} AS cut,
      fix_words(kind, column_name, code, hint, detail, width, header_width) AS fix,
      fix_words_zh(kind, column_name, code, hint, detail, width, header_width) AS fix_zh
    FROM grouped_fault AS g ORDER BY faulty_rows DESC, file, line, column_name NULLS FIRST, code, hint NULLS FIRST, form LIMIT ${MOST_GROUPS}`);
  const all = await warehouse.one(
    'SELECT count(*) AS groups, coalesce(sum(faulty_rows), 0) AS faults FROM grouped_fault',
  );
  await warehouse.run('DROP TABLE grouped_fault');
  const told = groups.reduce((sum, { faulty_rows }) => sum + Number(faulty_rows), 0);
  return {
    shown: groups.map(lineOf),
    more: { groups: Number(all.groups) - groups.length, faults: Number(all.faults) - told },
  };
}

/** The same of the files that a load brought: faults of form alone, for nothing is settled. */
export async function readLoadedFaults(warehouse: Warehouse, load: number): Promise<FaultGroups> {
  await writeExportColumns(warehouse);
  await warehouse.run(`CREATE OR REPLACE TEMP TABLE active_file AS FROM export_file WHERE load_no = ${load};
    CREATE OR REPLACE TEMP VIEW quarantine_line AS SELECT r.file_no, f.file, f.kind, r.line, r.column_name, r.code, r.cell
      FROM row_fault AS r JOIN active_file AS f ON f.file_no = r.file_no`);
  await runRules(warehouse, SHARED, () => undefined, {
    wanted: ['fault_group'],
    given: ['active_file', 'quarantine_line'],
  });
  return readFaultGroups(warehouse);
}

/** The groups, and a line that counts the others. */
export function groupLines({ shown, more }: FaultGroups): Wording[] {
  if (more.groups === 0) return shown;
  const groups = countOf(more.groups, '{n} more group', '{n} more groups');
  return [
    ...shown,
    say('and {groups} with {faults}', { groups, faults: countOf(more.faults, '{n} fault', '{n} faults') }),
  ];
}

/** `sessions.csv, from line 2: 148 of 364 rows, ``started_at`` like ``05/11/2023``: write it as YYYY-MM-DD HH:MM:SS` */
function lineOf(row: Row): Wording {
  const rows = Number(row.faulty_rows);
  const line = row.line ?? '';
  return say('{file}, {from}: {rows} of {all}{what}: {fix}', {
    file: printableLine(row.file ?? ''),
    from: rows === 1 ? say('line {line}', { line }) : say('from line {line}', { line }),
    rows: readable(String(rows)),
    all: countOf(Number(row.rows), '{n} row', '{n} rows'),
    what: whatOf(row, rows === 1),
    fix: saidBy((language) => (language === 'zh' ? row.fix_zh : row.fix) ?? ''),
  });
}

/** What stands behind the counts: the rows' own shape, or a column and what is in it. */
function whatOf(row: Row, one: boolean): Wording {
  const { hint } = row;
  const code = row.code ?? '';
  const column = row.column_name ?? '';
  if (hint === 'total_line') {
    const detail = printableLine(row.detail ?? '');
    return say(one ? ' looks like a total line ({detail})' : ' look like total lines ({detail})', { detail });
  }
  if (hint === 'header_line') return say(one ? ' looks like the header' : ' look like the header');
  if (code === 'ragged_row' && row.width == null)
    return say(one ? ' has more or fewer cells than the header' : ' have more or fewer cells than the header');
  if (code === 'ragged_row') {
    const width = countOf(Number(row.width), '{n} cell', '{n} cells');
    const values = { width, header: row.header_width ?? '' };
    return say(one ? ' has {width}, the header has {header}' : ' have {width}, the header has {header}', values);
  }
  if (code === 'missing') return say(', `{column}` is blank', { column });
  if (row.cell === null) return say(', `{column}`: {code}', { column, code });
  const cell = `${printableLine(row.shown_cell ?? '')}${row.cut === 'true' ? '…' : ''}`;
  const judged = JUDGED.includes(code) ? say(' ({code})', { code }) : '';
  return say(', `{column}` like `{cell}`{judged}{seen}', { column, cell, judged, seen: seen(row) });
}

/** Codes that the cell itself doesn't show. */
const JUDGED = [
  'unknown_anchor',
  'conflicting_duplicate',
  'penalty_session_mismatch',
  'ends_before_start',
  'effective_exceeds_duration',
];

function seen({ hint, detail }: Row): Wording {
  return hint === 'characters' ? say(' with {detail}', { detail: detail ?? '' }) : '';
}
