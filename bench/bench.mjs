// npm run bench -- --sessions N [--runs 3] [--exports DIR] [--floor FILE] [--statements] [--memory] [--threads=2] [--memory-limit=4GB] [--verify] [--night]
// Generates a month (or takes --exports), settles it in fresh processes, and prints what each step took. With --floor the
// given single-purpose script (FILE EXPORTS OUT) is run in turn with ours, pair by pair, and its three files must be ours.
// With --suite every row of the table in bench/suite, by this build and an earlier one.
// With --night one night's file is added to a month that is loaded already, and that run's steps are printed.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generate } from './generate.mjs';
import { suite } from './suite/suite.mjs';

const { values: options } = parseArgs({
  options: {
    sessions: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '3' }, exports: { type: 'string' }, floor: { type: 'string' },
    policy: { type: 'string', default: fileURLToPath(new URL('../data-samples/policy-2023-11.yaml', import.meta.url)) },
    statements: { type: 'boolean' }, memory: { type: 'boolean' }, verify: { type: 'boolean' }, night: { type: 'boolean' }, threads: { type: 'string' }, 'memory-limit': { type: 'string' },
    suite: { type: 'boolean' }, earlier: { type: 'string' }, only: { type: 'string' }, json: { type: 'boolean' }, 'ten-million': { type: 'boolean' }, 'fifty-million': { type: 'boolean' },
  },
});
if (options.suite) process.exit(await suite(options));
const work = mkdtempSync(join(tmpdir(), 'bench-'));
const exportsDir = resolve(options.exports ?? join(work, 'exports'));
if (options.exports === undefined) await generate(Number(options.sessions), exportsDir);

const flags = [options.statements && '--statements', options.memory && '--memory', options.threads && `--threads=${options.threads}`, options['memory-limit'] && `--memory-limit=${options['memory-limit']}`].filter(Boolean);
const ours = [];
const floor = [];
for (let turn = 0; turn < Number(options.runs); turn += 1) {
  const dir = join(work, `run-${turn}`);
  ours.push({ ...timed([fileURLToPath(new URL('job.mjs', import.meta.url)), exportsDir, resolve(options.policy), dir, ...flags]), dir });
  if (options.floor !== undefined) floor.push({ ...timed([resolve(options.floor), exportsDir, join(work, `floor-${turn}`)]), dir: join(work, `floor-${turn}`) });
  compare(turn);
  if (turn > 0) rmSync(ours[turn - 1].dir, { recursive: true });
}
report();
if (options.verify) verify();
if (options.night) await addNight();
rmSync(work, { recursive: true });

/** One process, from start to end; its own peak of memory as it tells it, or as the system does. */
function timed(args) {
  const from = performance.now();
  const done = spawnSync(existsSync('/usr/bin/time') ? '/usr/bin/time' : process.execPath, existsSync('/usr/bin/time') ? ['-f', 'peak %M', process.execPath, ...args] : args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${args[0]} failed:\n${done.stderr}`);
  const line = done.stdout.trim().split('\n').at(-1);
  return { seconds: (performance.now() - from) / 1000, peak: Number(/peak (\d+)/.exec(done.stderr)?.[1] ?? Number.NaN) / 2 ** 20, told: line?.startsWith('{') ? JSON.parse(line) : undefined };
}

function compare(turn) {
  if (floor[turn] === undefined) return;
  for (const file of ['settlement.csv', 'days.csv', 'sessions.csv']) {
    if (!readFileSync(join(floor[turn].dir, file)).equals(readFileSync(join(ours[turn].told.runDir, file)))) throw new Error(`${file} differs from the floor's`);
  }
  rmSync(floor[turn].dir, { recursive: true });
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function report() {
  const { sessions, anchors, steps } = ours[0].told;
  console.log(`${sessions} session rows, ${anchors} anchors; node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB; medians of ${ours.length} runs ${flags.join(' ')}`);
  for (const { name } of steps) {
    const seconds = median(ours.map(({ told }) => told.steps.filter((step) => step.name === name).reduce((sum, step) => sum + step.seconds, 0)));
    const peak = median(ours.map(({ told }) => Math.max(...told.steps.filter((step) => step.name === name).map((step) => step.peak))));
    console.log(`${name.padEnd(12)} ${seconds.toFixed(2).padStart(8)} s ${Math.round(sessions / seconds).toLocaleString('en').padStart(14)} rows/s ${peak.toFixed(2).padStart(7)} GiB peak so far`);
  }
  console.log(`whole        ${median(ours.map(({ seconds }) => seconds)).toFixed(2).padStart(8)} s, peak ${median(ours.map(({ peak }) => peak)).toFixed(2)} GiB`);
  if (floor.length === 0) return;
  console.log(`floor        ${median(floor.map(({ seconds }) => seconds)).toFixed(2).padStart(8)} s, peak ${median(floor.map(({ peak }) => peak)).toFixed(2)} GiB`);
  console.log(`ratio        ${median(ours.map(({ seconds }, turn) => seconds / floor[turn].seconds)).toFixed(2).padStart(8)} × the floor, pair by pair; its three files are ours byte for byte`);
}

/** What it costs to settle once more when one night has come in. */
async function addNight() {
  const [input, place] = [join(work, 'nights'), join(work, 'night-run')];
  const last = readdirSync(exportsDir).filter((name) => /^sessions-.*\d\.csv$/.test(name)).sort().at(-1);
  cpSync(exportsDir, input, { recursive: true, filter: (path) => !path.endsWith(last) });
  await new Promise((resolve) => setTimeout(resolve, 4000)); // a file that was written just now is read again to be known
  const job = [fileURLToPath(new URL('job.mjs', import.meta.url)), input, resolve(options.policy), place, ...flags];
  timed(job);
  cpSync(join(exportsDir, last), join(input, last));
  const { seconds, told } = timed(job);
  const steps = ['load', 'settle', 'audit', 'write', 'publish'].map((name) => `${name} ${told.steps.filter((step) => step.name === name).reduce((sum, step) => sum + step.seconds, 0).toFixed(2)}`);
  console.log(`one night    ${seconds.toFixed(2).padStart(8)} s for ${last} on a loaded month: ${steps.join(', ')} s`);
}

function verify() {
  const from = performance.now();
  const done = spawnSync(process.execPath, [fileURLToPath(new URL('../dist/bin/settle.js', import.meta.url)), 'verify', ours.at(-1).told.runDir, '--quiet'], { encoding: 'utf8' });
  const seconds = (performance.now() - from) / 1000;
  console.log(`verify       ${seconds.toFixed(2).padStart(8)} s, ${Math.round(ours[0].told.sessions / seconds).toLocaleString('en')} sessions/s, exit ${done.status}`);
}
