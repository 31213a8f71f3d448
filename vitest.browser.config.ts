import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

/** The tests of pages in a browser, which not every machine has: they look for Chromium and Firefox ESR, and say so where there is none. */
export default defineConfig({
  test: { ...base.test, include: ['test/browser/*.browser.ts'] },
});
