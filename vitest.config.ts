import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/support/shared.ts'],
    // A process of its own for each file: DuckDB is a native module, and what a test leaves behind ends with it.
    pool: 'forks',
    maxWorkers: 2,
    // Whole runs on a slow machine that does other work too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
