import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'rolldown';
import { BROWSER, BUNDLES, HASHES, PACKET_SCRIPTS } from './src/page/browser-files.js';

const PAGE = PACKET_SCRIPTS.map((file) => readFileSync(join(process.cwd(), BROWSER, file), 'utf8')).join('');

/**
 * What the page of a packet runs: the programme's verifier and what shows its rows, and behind it the scripts of pages. It
 * stands within an element, so that nothing in it may begin or end one.
 */
export default defineConfig({
  input: { 'content-incentive': 'src/programmes/content-incentive/in-browser.ts' },
  platform: 'browser',
  resolve: {
    extensionAlias: { '.js': ['.ts', '.js'] },
    alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync', 'csv-stringify/sync': 'csv-stringify/browser/esm/sync' },
  },
  plugins: [
    {
      name: 'within an element',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk')
            chunk.code = `${chunk.code.trimEnd()}\n${PAGE}`.replace(/<(?=\/?script|!--)/gi, '\\x3c');
      },
      // As sha256sum writes it, among the docs of the release.
      writeBundle(_, bundle) {
        const chunks = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? [chunk] : []));
        const lines = chunks.map(
          ({ fileName, code }) => `${createHash('sha256').update(code).digest('hex')}  ${fileName}\n`,
        );
        writeFileSync(join(process.cwd(), HASHES), lines.sort().join(''));
      },
    },
  ],
  output: { dir: BUNDLES, format: 'iife', minify: true },
});
