import { describe, expect, test } from 'vitest';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { type Ask, type Probe, probeEngine, probesFor } from '../../src/engine/probe.js';
import { temporaryFolder } from '../support/workspace.js';

const one = (fields: Partial<Probe>): Probe => ({ name: 'one', why: 'because', ask: '1', not_of: {}, ...fields });

describe('what every engine must answer', () => {
  test('DuckDB answers, each question by itself', async () => {
    await withDuckDb(async (ask) => {
      const probes = probesFor('duckdb');
      expect(probes.length).toBeGreaterThan(30);
      for (const probe of probes) expect(await probeEngine([probe], ask), probe.name).toEqual([]);
      expect(await probeEngine(probes, ask)).toEqual([]);
    });
  });

  test('another answer is named, among right ones, and so is a refusal and an answer where one must be refused', async () => {
    await withDuckDb(async (ask) => {
      const probes = [
        one({ name: 'right', ask: '1', answer: '1' }),
        one({ name: 'other', ask: '1', answer: '2' }),
        one({ name: 'nothing', ask: 'NULL', answer: '0' }),
        one({ name: 'refused', ask: "CAST('x' AS INTEGER)", answer: '1' }),
        one({ name: 'unknown', ask: 'no_such_function(1)', answer: '1' }),
        one({ name: 'answered', ask: '1', refused: true }),
        one({ name: 'rightly refused', ask: "CAST('x' AS INTEGER)", refused: true }),
      ];
      const wrong = await probeEngine(probes, ask);
      expect(wrong.map(({ name }) => name)).toEqual(['other', 'nothing', 'refused', 'unknown', 'answered']);
      expect(wrong[0]).toEqual({ name: 'other', why: 'because', ask: '1', expected: '2' });
      expect(wrong.at(-1)?.expected).toBe('refused');
    });
  });

  test('an engine that rounds to even, or compares by letters alone, is found out', async () => {
    await withDuckDb(async (ask, warehouse) => {
      await warehouse.run(`CREATE OR REPLACE TEMP MACRO watch_time_fen(d, p, m) AS
        CAST(round_even(CAST(d * p * m AS DOUBLE), 2) AS DECIMAL(38, 2))`);
      await warehouse.run("CREATE OR REPLACE TEMP MACRO in_order(x) AS array_to_string(list_sort(x, 'DESC'), ';')");
      const wrong = (await probeEngine(probesFor('duckdb'), ask)).map(({ name }) => name);
      expect(wrong).toEqual(expect.arrayContaining(['half_of_large', 'extreme', 'bytes_in_order']));
    });
  });

  test('an engine that answers what was not asked is no right one', async () => {
    const wrong = await probeEngine(probesFor('any'), async () => []);
    expect(wrong).toHaveLength(probesFor('any').length);
  });

  test('an engine that is gone gives no verdict', async () => {
    const gone: Ask = () => Promise.reject(new Error('gone'));
    await expect(probeEngine(probesFor('any'), gone)).rejects.toThrow('gone');
  });
});

async function withDuckDb(use: (ask: Ask, warehouse: Warehouse) => Promise<void>): Promise<void> {
  const scratch = temporaryFolder();
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [] });
  const ask: Ask = async (sql) => {
    const row = await warehouse.one(sql).catch(() => undefined);
    return row === undefined ? 'refused' : Object.values(row);
  };
  await use(ask, warehouse).finally(() => warehouse.close());
}
