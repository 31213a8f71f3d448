import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Sharing } from '../../src/emit/sharing.js';
import { writeStatements } from '../../src/emit/tables.js';
import type { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { CONTENT_INCENTIVE } from '../../src/programmes/content-incentive/programme.js';
import { workspace } from '../support/workspace.js';

// A file system that knows no case can't be had everywhere: one name given twice stands for two that it takes for one.
test('a statement never overwrites another, and the refusal says which and what to do', async () => {
  const folder = workspace();
  const stream = async function* () {
    yield [
      ['anchors/g1/a1.csv', 'first\n'],
      ['anchors/g1/a1.csv', 'second\n'],
    ];
  };
  const writing = writeStatements(
    { stream } as unknown as Warehouse,
    CONTENT_INCENTIVE.statements as string,
    folder,
    new Sharing(undefined),
    { total: 2, rangeRows: 1000 },
    () => undefined,
  );
  await expect(writing).rejects.toMatchObject({
    code: 'machine',
    message: expect.stringContaining('anchors/g1/a1.csv would stand where another'),
    details: { mend: expect.stringContaining('--no-statements') },
  });
  expect(readFileSync(join(folder, 'anchors/g1/a1.csv'), 'utf8')).toBe('first\n');
});
