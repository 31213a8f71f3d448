import { expect, test } from 'vitest';
import { openFailure } from '../../src/engine/duckdb/failures.js';

/** What DuckDB says of a file that it can't open, and what people are told. */

const SAID: [said: string, code: string, message: RegExp, mend: RegExp][] = [
  [
    'IO Error: Cannot open file "w.duckdb": Permission denied',
    'machine',
    /opened: Permission denied$/,
    /readable and writable/,
  ],
  ['IO Error: Cannot open file "w.duckdb": Read-only file system', 'machine', /Read-only file system$/, /writable/],
  ['IO Error: Could not set lock on file "w.duckdb": (PID 71)', 'held', /process 71/, /--wait/],
  ['IO Error: not a valid DuckDB database file', 'warehouse', /can't be read as a warehouse/, /copy/],
];

test.each(SAID)('%s', (said, code, message, mend) => {
  const failure = openFailure('w.duckdb', new Error(said));
  expect(failure).toMatchObject({ code, details: { file: 'w.duckdb' } });
  expect(failure.message).toMatch(message);
  expect(failure.details.mend).toMatch(mend);
});
