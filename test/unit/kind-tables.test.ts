import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kind } from '../../src/exports/column-types.js';
import { idCell, time } from '../../src/exports/column-types.js';
import { optional, required } from '../../src/exports/columns.js';
import { rowColumns } from '../../src/exports/row-table.js';
import { KINDS } from '../../src/programmes/registry.js';
import { hold, holdReading } from '../../src/warehouse/hold.js';
import { SILENT, workspace } from '../support/workspace.js';

/** Rows of a kind that a programme declares have a table of their own, made from the kind's columns. */

const BADGES: Kind = {
  name: 'badges',
  meant: /badge/,
  master: false,
  table: 'badge_row',
  key: ['badge_id'],
  columns: [required('badge_id', '徽章ID', idCell), optional('given_at', '授予时间', time, 'nobody knows when')],
  checks: [],
};

let file: string;
beforeEach(() => {
  file = join(workspace(), 'w.duckdb');
});
afterEach(() => {
  KINDS.splice(KINDS.indexOf(BADGES) >>> 0, 1);
});

const columns = (
  table: string,
) => `SELECT column_name || ' ' || data_type || CASE WHEN is_nullable THEN '' ELSE ' NOT NULL' END AS said
  FROM duckdb_columns() WHERE table_name = '${table}' ORDER BY column_index`;

test('the tables of the schema are those that follow from the kinds, but for what a default fills', async () => {
  await hold(file, [], {}, SILENT, async ({ warehouse }) => {
    for (const kind of KINDS) {
      const rows = await warehouse.rows(columns(kind.table));
      const types = (said: unknown): string =>
        String(said)
          .replace(/ NOT NULL$/, '')
          .replace(', ', ',');
      expect(
        rows.map(({ said }) => types(said)),
        kind.name,
      ).toEqual(rowColumns(kind).map(types));
    }
  });
});

test('a warehouse that was made before a programme came gets the tables of its kinds, one that is read its own', async () => {
  await hold(file, [], {}, SILENT, async ({ keep, warehouse }) => {
    await warehouse.run('BEGIN');
    await keep();
  });
  expect(existsSync(file)).toBe(true);
  KINDS.push(BADGES);
  await holdReading(file, {}, {}, SILENT, async ({ warehouse }) => {
    expect(await warehouse.count('SELECT count(*) FROM badge_row')).toBe(0);
  });
  const held = await hold(file, [], {}, SILENT, ({ warehouse }) => warehouse.rows(columns('badge_row')));
  expect(held.map(({ said }) => said)).toEqual([
    'file_no INTEGER NOT NULL',
    'line BIGINT NOT NULL',
    'badge_id VARCHAR NOT NULL',
    'given_at TIMESTAMP',
  ]);
});
