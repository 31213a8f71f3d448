// Processes with what they took: seconds of processor (with all that they started) and by the clock, and their peak.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const GNU_TIME = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', 'peak %M'] : [];

/** One node process: `cpu` and `wall` in seconds, `peak` in GiB (NaN where the system tells none). */
export function timed(args, { exits = [0] } = {}) {
  const words = ['-c', `TIMEFORMAT='took %R %U %S'; time "$@"`, 'bash', ...GNU_TIME, process.execPath, ...args];
  const done = spawnSync('bash', words, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (!exits.includes(done.status)) throw new Error(`${args.join(' ')} ended with ${done.status}:\n${done.stderr}`);
  const [, wall, user, sys] = /took ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(done.stderr) ?? [];
  const peak = Number(/peak (\d+)/.exec(done.stderr)?.[1] ?? Number.NaN) / 2 ** 20;
  return { cpu: Number(user) + Number(sys), wall: Number(wall), peak, stdout: done.stdout };
}

/** A command of one build; what it leaves for a person (exit 4) is no failure of a measurement. */
export function settle(side, ...words) {
  return timed([join(side.root, 'dist/bin/settle.js'), ...words], { exits: [0, 4] });
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
