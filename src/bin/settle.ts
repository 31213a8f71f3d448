#!/usr/bin/env node
import { tooOld } from './node-version.js';

/**
 * The file that `settle` is. A Node that is too old must be able to read it, to say so: what it imports before it has
 * looked is put into it when the program is put together, and the rest is imported afterwards.
 */
const refusal = tooOld(process.versions.node);
if (refusal === undefined) import('./start.js');
else {
  if (process.argv.indexOf('--json') >= 0) {
    const { message, mend } = refusal;
    process.stdout.write(`${JSON.stringify({ error: { code: 'machine', message, mend } })}\n`);
  }
  process.stderr.write(`error: ${refusal.message}\n${refusal.mend}\n`);
  process.exitCode = 1;
}
