import { createRequire } from 'node:module';

/**
 * Loads a CommonJS package; the caller says its type. An `import` would parse its files to learn which names they export,
 * which takes longer than loading them: 0.2 s of every command for DuckDB and luxon.
 */
export const commonJs = createRequire(import.meta.url) as (name: string) => unknown;
