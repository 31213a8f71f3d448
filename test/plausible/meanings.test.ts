import { expect, test } from 'vitest';
import { NOTICE_CODES } from '../../src/notices/codes.js';
import { LISTED_NOTICES } from '../support/listed-notices.js';
import { CLOSED, ENTRIES, PARTS } from './entries.js';
import { tryAll } from './tried.js';

/** Exports that are plausible and wrong: ids, rows, and what goes wrong around them and between nights. */
tryAll(PARTS.meanings);

test('there are at least 40, and every code that asks for attention is told and kept from being closed', () => {
  expect(ENTRIES.length).toBeGreaterThanOrEqual(40);
  expect(new Set(ENTRIES.map(({ what }) => what)).size).toBe(ENTRIES.length);
  const others = ['session_unknown', ...LISTED_NOTICES]; // never more than good to know, or of runs that nobody closes
  expect([...CLOSED.keys(), ...others].sort()).toEqual(Object.keys(NOTICE_CODES).sort());
});
