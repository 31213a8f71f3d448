import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

/**
 * The tests of settlements on Spark, which not every machine can start: a cluster of this machine's own is started for
 * them (deploy/spark), unless SPARK_CONNECT and SPARK_LAKE name one. They say so where there is none.
 */
export default defineConfig({
  test: {
    ...base.test,
    include: ['test/spark/*.cluster.ts'],
    globalSetup: ['test/support/build.ts', 'test/spark/start.ts'],
    // One cluster, whose workers some tests kill: one file after another.
    maxWorkers: 1,
    testTimeout: 900_000,
    hookTimeout: 900_000,
    sequence: { shuffle: false },
  },
});
