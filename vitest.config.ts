import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/support/shared.ts'],
    // Processes, for DuckDB is a native module: one for each core, that all files share, as each would read the sources anew.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    // Whole runs on a slow machine that does other work too.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    tags: [{ name: 'deep', description: 'left out of npm test and run by npm run test:deep (CONTRIBUTING.md)' }],
  },
});
