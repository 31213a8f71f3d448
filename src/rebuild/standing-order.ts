import type { Reading } from '../core/reading.js';
import { kindsOfRun } from '../programmes/kinds-of-run.js';
import type { Published } from '../runs/published.js';

/** A file that stood when a run was settled. */
export interface Entry {
  file: string;
  sha256: string;
  /** How it was read; absent in runs of builds that didn't keep it. */
  reading?: Reading;
}

/** The files that stood after a load, in their order, and the runs that were settled from just them. */
export interface Stand {
  entries: readonly Entry[];
  /** When the load was done at the latest, as far as runs tell. Beijing. */
  at: string;
  runs: Published[];
}

/** What tells one file that stood from another: its content under its name, and the choice that it was read by. */
export function entryKey({ file, sha256, reading }: Entry): string {
  const choice = reading?.int96 ?? (reading?.encoding === 'gb18030' ? reading.encoding : '');
  const { columns, words } = reading ?? {};
  const called = columns === undefined && words === undefined ? '' : JSON.stringify([columns, words]);
  return `${sha256} ${choice}${called} ${file}`;
}

/**
 * The loads that runs tell of, in an order in which each makes of the files that stood before it those that stand after
 * it. Closed runs are arranged first; of the others those that fit in. What fits nowhere was settled from another
 * warehouse, and is given as `strange`.
 */
export function arrange(
  runs: readonly Published[],
  isClosed: (run: Published) => boolean,
): { stands: Stand[]; strange: Published[] } {
  const settled = runs.filter(({ manifest }) => manifest.inputs.length > 0).toSorted(byStart);
  const apart = apartByKinds(settled).map((own) => {
    const chain: Stand[] = [];
    const inTurn = [...own.filter(isClosed), ...own.filter((run) => !isClosed(run))];
    return { chain, strange: inTurn.filter((run) => !fitIn(chain, run)) };
  });
  const strange = apart.flatMap((each) => each.strange);
  const stands = inOne(apart.map(({ chain }) => chain));
  // A load was done before every run that knew it or a later one.
  for (let at = stands.length - 2; at >= 0; at -= 1) {
    const [stand, next] = [stands[at] as Stand, stands[at + 1] as Stand];
    if (next.at < stand.at) stand.at = next.at;
  }
  return { stands, strange };
}

/** Runs that look at no export in common know nothing of each other's loads: they are arranged by themselves. */
function apartByKinds(runs: readonly Published[]): Published[][] {
  const groups: { kinds: Set<string>; runs: Published[] }[] = [];
  for (const run of runs) {
    const own = kindsOfRun(run.manifest);
    const meeting = groups.filter(({ kinds }) => [...own].some((kind) => kinds.has(kind)));
    const [first = { kinds: new Set<string>(), runs: [] }, ...others] = meeting;
    if (meeting.length === 0) groups.push(first);
    for (const other of others) {
      groups.splice(groups.indexOf(other), 1);
      first.runs.push(...other.runs);
      for (const kind of other.kinds) first.kinds.add(kind);
    }
    first.runs.push(run);
    for (const kind of own) first.kinds.add(kind);
  }
  return groups.map((group) => group.runs.toSorted(byStart));
}

/** Chains of loads that have no file in common, as one: by when each was done, each behind all that stood by then. */
function inOne(chains: readonly (readonly Stand[])[]): Stand[] {
  const [only = [], ...others] = chains;
  if (others.length === 0) return [...only];
  const next = chains.map(() => 0);
  const all: Stand[] = [];
  for (;;) {
    const [chain] = chains
      .map((stands, of) => ({ of, stand: stands[next[of] ?? 0] }))
      .filter((each): each is { of: number; stand: Stand } => each.stand !== undefined)
      .toSorted((a, b) => (a.stand.at < b.stand.at ? -1 : a.stand.at > b.stand.at ? 1 : a.of - b.of));
    if (chain === undefined) return all;
    const { of, stand } = chain;
    const stood = chains[of]?.[(next[of] ?? 0) - 1]?.entries ?? [];
    next[of] = (next[of] ?? 0) + 1;
    const loaded = loadedBetween(stood, stand.entries) ?? [];
    const own = new Set(stood.map(entryKey));
    const stays = new Set(stand.entries.map(entryKey));
    const before = (all.at(-1)?.entries ?? []).filter(
      (entry) => !own.has(entryKey(entry)) || stays.has(entryKey(entry)),
    );
    all.push({ ...stand, entries: [...before, ...loaded] });
  }
}

function byStart(a: Published, b: Published): number {
  const [one, other] = [a, b].map(({ manifest: { started_at, finished_at, run_id } }) =>
    [started_at, finished_at, run_id].join(' '),
  ) as [string, string];
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Behind the runs that began before it, where it fits in there, for a run mostly knows all that was loaded before it; else
 * further ahead, as one that was asked for what was known earlier; else further behind.
 */
function fitIn(stands: Stand[], run: Published): boolean {
  const { inputs: entries, started_at: at } = run.manifest;
  const key = entries.map(entryKey).join('\n');
  const same = stands.find((stand) => stand.entries.map(entryKey).join('\n') === key);
  if (same !== undefined) {
    same.runs.push(run);
    if (at < same.at) same.at = at;
    return true;
  }
  const behind = stands.findLastIndex((stand) => stand.at <= at) + 1;
  const places = Array.from({ length: stands.length + 1 }, (_, place) => place);
  for (const place of [...places.slice(0, behind + 1).reverse(), ...places.slice(behind + 1)]) {
    const [before, after] = [stands[place - 1], stands[place]];
    const follows = loadedBetween(before?.entries ?? [], entries) !== undefined;
    if (!follows || (after !== undefined && loadedBetween(entries, after.entries) === undefined)) continue;
    stands.splice(place, 0, { entries, at, runs: [run] });
    return true;
  }
  return false;
}

/**
 * What has to be loaded, in order, so that after `before` the files of `after` stand; undefined where no load makes them
 * of those. A load puts its files behind all others and takes away what stood under their names, and nothing else; what
 * stands isn't loaded again.
 */
export function loadedBetween(before: readonly Entry[], after: readonly Entry[]): Entry[] | undefined {
  const places = new Map(before.map((entry, place) => [entryKey(entry), place]));
  let last = -1;
  let kept = 0;
  for (const entry of after) {
    const place = places.get(entryKey(entry));
    if (place === undefined || place < last) break;
    last = place;
    kept += 1;
  }
  const standing = new Set(after.slice(0, kept).map(entryKey));
  const loaded = after.slice(kept);
  const names = new Set(loaded.map(({ file }) => file));
  const isLost = before.some((entry) => !standing.has(entryKey(entry)) && !names.has(entry.file));
  return isLost || loaded.some((entry) => places.has(entryKey(entry))) ? undefined : loaded;
}
