import { closesBelow } from '../close/close-file.js';
import { SettleError } from '../errors.js';
import { type Published, publishedBelow, publishedRun } from './published.js';

type Period = { from: string; to: string };

/**
 * The runs that two words mean: the id or folder of one, `closed` (its period's last close), `latest` (its period's run
 * that ended last). Both settle one period; it is that of the run that is named outright, or else the one that is closed,
 * or that of the run that ended last.
 */
export function whichRuns(
  out: string,
  first: string,
  second: string | undefined,
): { a: Published; b: Published | undefined } {
  const words = [first, second].filter((word) => word !== undefined);
  const outright = words.find((word) => word !== 'closed' && word !== 'latest');
  const period = outright === undefined ? onlyPeriod(out) : publishedRun(out, outright).manifest.period;
  const [a, b] = words.map((word) => whichRun(out, word, period));
  for (const { manifest } of [a, b].filter((run) => run !== undefined)) {
    if (isOf(period, manifest.period)) continue;
    throw new SettleError(
      'usage',
      `the runs settle different periods: ${shown(period)} and ${shown(manifest.period)}`,
      {
        mend: 'Give two runs of the same period.',
      },
    );
  }
  return { a: a as Published, b };
}

function whichRun(out: string, word: string, period: Period): Published {
  if (word === 'closed') return closedRun(out, period);
  if (word !== 'latest') return publishedRun(out, word);
  const runs = publishedBelow(out).filter(({ manifest }) => isOf(period, manifest.period));
  return latestOf(runs) ?? refuse(`no run of ${shown(period)} is published in ${out}`);
}

function closedRun(out: string, period: Period): Published {
  const found = closesBelow(out).findLast(({ close }) => isOf(period, close.period));
  if (found === undefined) return refuse(`${shown(period)} isn't closed`);
  return publishedRun(out, found.path.slice(0, -'/close.json'.length));
}

function onlyPeriod(out: string): Period {
  const closed = closesBelow(out).map(({ close }) => close.period);
  const [only] = closed;
  if (only !== undefined && closed.every((period) => isOf(only, period))) return only;
  return (latestOf(publishedBelow(out)) ?? refuse(`no run is published in ${out}`)).manifest.period;
}

function latestOf(runs: readonly Published[]): Published | undefined {
  const byEnd = runs.toSorted((x, y) => (x.manifest.finished_at < y.manifest.finished_at ? -1 : 1));
  return byEnd.at(-1);
}

function isOf(period: Period, other: Period): boolean {
  return period.from === other.from && period.to === other.to;
}

function shown({ from, to }: Period): string {
  return `${from} to ${to}`;
}

function refuse(message: string): never {
  throw new SettleError('usage', message, { mend: 'To list the runs: settle runs --out DIR' });
}
