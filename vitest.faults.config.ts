import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

const AT_ONCE = 'test/faults/at-once.test.ts';
const { globalSetup: _once, isolate: _shared, ...each } = base.test ?? {};

/**
 * The tests of test/faults alone, as often as FAULT_RUNS says. Twenty runs at once come last and by themselves: beside
 * them no other process would be out within the time that it has after a signal.
 */
export default defineConfig({
  test: {
    ...base.test,
    projects: [
      {
        test: {
          ...each,
          name: 'one',
          include: ['test/faults/*.test.ts'],
          exclude: [AT_ONCE],
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...each, name: 'at once', include: [AT_ONCE], sequence: { groupOrder: 1 } } },
    ],
  },
});
