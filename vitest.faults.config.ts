import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

/** The tests of test/faults alone, as often as FAULT_RUNS says. */
export default defineConfig({ ...base, test: { ...base.test, include: ['test/faults/*.test.ts'] } });
