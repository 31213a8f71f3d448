import { PROGRAMMES } from '../../src/programmes/registry.js';

/** Notices of programmes that pay nobody: their runs are neither closed nor put into the incentive's words. */
export const LISTED_NOTICES: readonly string[] = PROGRAMMES.filter(({ pays }) => pays === false).flatMap(
  ({ notices }) => Object.keys(notices.codes),
);
