// Loaded before the program (`node --import`): ends the process without a warning at one place of its run.
// END_AT is a line of JSON: when (before, amid, after), call (a function of node:fs, or run: a statement), about (a part
// of the path or the statement), nth (of the calls that match, from 1).
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const { when, call, about, nth = 1 } = JSON.parse(process.env.END_AT);
const [owner, name, subject] = call === 'run' ? [database(), 'query', 1] : [fs, call, 0];
const original = owner[name];
let seen = 0;

/** The database's functions can't be changed: whoever requires them from now on gets an object in front of them. */
function database() {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@duckdb/node-bindings');
  const inFront = Object.create(require(path), { query: { value: require(path).query, writable: true } });
  require.cache[path].exports = inFront;
  return inFront;
}

const end = () => process.kill(process.pid, 'SIGKILL');

owner[name] = function (...args) {
  if (String(args[subject]).includes(about)) seen += 1;
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
