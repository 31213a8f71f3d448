// Loaded before the program (`node --import`): ends the process without a warning at one place of its run.
// END_AT is a line of JSON: when (before, amid, after), call (a function of node:fs, or run: a statement), about (a part
// of its first argument), nth (of the calls that match, from 1).
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DuckDBConnection } from '@duckdb/node-api';

const { when, call, about, nth = 1 } = JSON.parse(process.env.END_AT);
const owner = call === 'run' ? DuckDBConnection.prototype : fs;
const original = owner[call];
let seen = 0;

const end = () => process.kill(process.pid, 'SIGKILL');

owner[call] = function (...args) {
  if (String(args[0]).includes(about)) seen += 1;
  else return original.apply(this, args);
  if (seen !== nth) return original.apply(this, args);
  if (when === 'before') end();
  if (when === 'amid') setTimeout(end, 1);
  const result = original.apply(this, args);
  if (when === 'after' && result instanceof Promise) return result.then(end);
  if (when === 'after') end();
  return result;
};
syncBuiltinESMExports();
