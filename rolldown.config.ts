import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'rolldown';
import { BROWSER, PACKET_STYLES, SCRIPTS, STYLES } from './src/page/browser-files.js';
import { codeDigest, sqlDigest } from './src/program/build-digest.js';

const DECODER = 'node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';

/**
 * Puts the program and its packages together, for reading them one by one takes longer than many a command. What is an
 * entry here can be imported from `dist/`; the database, which is native, stays a package of its own.
 */
export default defineConfig({
  input: {
    'bin/settle': 'src/bin/settle.ts',
    'commands/run': 'src/commands/run.ts',
    'verify/verify': 'src/programmes/content-incentive/verify/verify.ts',
    'pictures/picture-thread': 'src/programmes/publishing/pictures/picture-thread.ts',
    'verify/part-thread': 'src/programmes/content-incentive/verify/part-thread.ts',
  },
  platform: 'node',
  external: ['@duckdb/node-bindings'],
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  // A package holds no sources, so their digest goes into the program: npm calls this where package.json lies.
  // That of the SQL, which lies beside the program, tells whether it is still the one that the code goes with.
  transform: {
    define: {
      CODE_DIGEST: JSON.stringify(codeDigest(process.cwd())),
      SQL_DIGEST: JSON.stringify(sqlDigest(join(process.cwd(), 'sql'))),
      // The decoder of pictures, whose package isn't there either.
      JPG_DECODER: JSON.stringify(readFileSync(join(process.cwd(), DECODER)).toString('base64')),
      // What a page brings along is read here, for a package holds no sources.
      PAGE_STYLE: ofBrowser(STYLES),
      PAGE_SCRIPT: ofBrowser(SCRIPTS),
      PACKET_STYLE: ofBrowser(PACKET_STYLES),
    },
  },
  // Reading what is written for people takes a tenth of a short command; names and lines stay, for stack traces.
  output: {
    dir: 'dist',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    comments: { annotation: false, jsdoc: false, legal: true },
  },
});

function ofBrowser(files: readonly string[]): string {
  return JSON.stringify(files.map((file) => readFileSync(join(process.cwd(), BROWSER, file), 'utf8')).join(''));
}
