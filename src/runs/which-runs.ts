import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { closeOf, closesIn } from '../close/close-file.js';
import { instantOf } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { isSamePeriod, type ProgrammePeriod, programmeOf } from '../core/programme.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { type Published, publishedBelow, publishedRun } from './published.js';

/** Milliseconds between a run's end and the writing of its manifest, at the most. */
const SOON = 60_000;

/**
 * The run that one word means, wherever a run is asked for: its id or folder, `closed` (the run that was closed last) or
 * `latest` (the one that ended last), of whatever period.
 */
export function oneRun(out: string, word: string): Published {
  if (word === 'latest') return latestOf(publishedBelow(out)) ?? refuse(say('no run is published in {out}', { out }));
  if (word !== 'closed') return publishedRun(out, word);
  const last = closesIn(out).at(-1) ?? refuse(say('no run is closed in {out}', { out }));
  return publishedRun(out, last.path.slice(0, -'/close.json'.length));
}

/** A folder as it lies there, whatever lacks in it; `closed`, `latest` and ids mean a run. The folder of runs is asked for then alone. */
export async function folderNamed(asked: string, runs: () => Promise<string>): Promise<string> {
  const isWord = asked === 'closed' || asked === 'latest';
  if (!isWord && (existsSync(asked) || /[/\\]/.test(asked))) return asked;
  const out = await runs();
  const isId = isWord || publishedBelow(out).some(({ manifest }) => manifest.run_id === asked);
  return isId ? oneRun(out, asked).dir : asked;
}

/**
 * The runs that two words mean: the id or folder of one, `closed` (its period's last close), `latest` (its period's run
 * that ended last). Both settle one period; it is that of the run that is named outright, and its programme's, or else the
 * one that is closed, or that of the run that ended last. Two runs that are named outright may be of two programmes.
 */
export function whichRuns(
  out: string,
  first: string,
  second: string | undefined,
): { a: Published; b: Published | undefined } {
  const words = [first, second].filter((word) => word !== undefined);
  const outright = words.find((word) => word !== 'closed' && word !== 'latest');
  const period = outright === undefined ? onlyPeriod(out) : publishedRun(out, outright).manifest;
  const [a, b] = words.map((word) => whichRun(out, word, period));
  for (const { manifest } of [a, b].filter((run) => run !== undefined)) {
    if (String(shown(period)) === String(shown(manifest))) continue;
    throw new SettleError(
      'usage',
      say('the runs settle different periods: {period} and {period2}', {
        period: shown(period),
        period2: shown(manifest),
      }),
      {
        mend: say('Give two runs of the same period.'),
      },
    );
  }
  return { a: a as Published, b };
}

function whichRun(out: string, word: string, period: ProgrammePeriod): Published {
  if (word === 'closed') return closedRun(out, period);
  if (word !== 'latest') return publishedRun(out, word);
  const runs = publishedBelow(out).filter(({ manifest }) => isSamePeriod(period, manifest));
  return latestOf(runs) ?? refuse(say('no run of {period} is published in {out}', { period: named(period), out }));
}

function closedRun(out: string, period: ProgrammePeriod): Published {
  const found = closeOf(period, closesIn(out));
  if (found === undefined) return refuse(say("{period} isn't closed", { period: named(period) }));
  return publishedRun(out, found.path.slice(0, -'/close.json'.length));
}

function onlyPeriod(out: string): ProgrammePeriod {
  const closed = closesIn(out).map(({ close }) => close);
  const [only] = closed;
  if (only !== undefined && closed.every((close) => isSamePeriod(only, close))) return only;
  return (latestOf(publishedBelow(out)) ?? refuse(say('no run is published in {out}', { out }))).manifest;
}

/**
 * The run that ended last; of several that ended in one second, the one whose manifest was written last. In a copy that has
 * not kept the times of its files it is the one of the later period, then of the later date, then the one that restates the
 * later close. What stands behind the seconds of `finished_at` is a seal.
 */
function latestOf(runs: readonly Published[]): Published | undefined {
  const second = ({ manifest }: Published): string => manifest.finished_at.split('.')[0] as string;
  const last = runs.map(second).toSorted().at(-1);
  const ended = runs.filter((run) => second(run) === last);
  if (ended.length < 2) return ended[0];
  const written = new Map(ended.map((run) => [run, statSync(join(run.dir, 'manifest.json')).mtimeMs]));
  const kept = [...written.values()].every((at) => Math.abs(at - instantOf(last as string)) <= SOON);
  const reach = ({ manifest: { period, as_of, restates, run_id } }: Published): string =>
    `${period.to} ${as_of} ${String(restates?.revision ?? 0).padStart(9, '0')} ${run_id}`;
  return ended
    .toSorted(
      (x, y) => (kept ? (written.get(x) as number) - (written.get(y) as number) : 0) || (reach(x) < reach(y) ? -1 : 1),
    )
    .at(-1);
}

function shown({ period: { from, to } }: ProgrammePeriod): Wording {
  return say('{from} to {to}', { from, to });
}

function named(period: ProgrammePeriod): Wording {
  return say('{period} of {programme}', { period: shown(period), programme: programmeOf(period) });
}

function refuse(message: Wording): never {
  throw new SettleError('usage', message, { mend: say('To list the runs: settle runs --out DIR') });
}
