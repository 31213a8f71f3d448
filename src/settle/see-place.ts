import { resolve } from 'node:path';
import { closesBelow } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { asFailure } from '../core/errors.js';
import type { LoadReport } from '../load/load.js';
import type { Notice } from '../notices/notice.js';
import { agenciesChanged } from '../place/agency-changed.js';
import { feedsStale } from '../place/feed-stale.js';
import { filesIgnored } from '../place/file-ignored.js';
import { keepSighting, ownPaths, seenBefore } from '../place/keep-sighting.js';
import { isOfPolicy, unheededBy, unheededCodes } from '../place/unheeded.js';
import { publishedBelow } from '../runs/published.js';
import type { RunOptions } from '../settings/run-options.js';
import type { Held } from '../warehouse/hold.js';
import { say } from '../words/say.js';
import type { Plan } from './plan.js';
import { isProvisional } from './provisional.js';
import type { PeriodResult } from './settle-period.js';

/** What a run has seen that notices of the place may tell. */
interface SeenByRun {
  input: string | undefined;
  load: LoadReport;
  plan: Plan;
  settled: PeriodResult;
}

type Place = RunOptions & { warehouse: string };

/** One look at the place, and which of the lines that stand it sees anew. */
interface Look {
  what: string;
  sees: (notice: Notice) => boolean;
  see: () => Promise<Notice[]> | Notice[];
}

/**
 * Keeps what lies among the exports and is none; what other programmes found that the run doesn't know, or that its policy
 * doesn't ask for; and of a closed period, whose agency is another now. Of the rest the last night's word stands.
 */
export async function seePlaceByRun(held: Held, options: Place, seen: SeenByRun, context: Context): Promise<Notice[]> {
  const { clock, say: tell, language = 'en' } = context;
  const before = await seenBefore(held.warehouse, options.out);
  if (options.knownAt !== undefined) return before; // what was known at a time says nothing of the place as it is
  const notices: Notice[] = [];
  let rest = before;
  for (const { what, sees, see } of looksOf(held, options, seen, clock)) {
    rest = rest.filter((notice) => !sees(notice));
    try {
      notices.push(...(await see()));
    } catch (error) {
      const { said } = asFailure(error);
      tell(`${say("{what} can't be told, so what was seen before stands: {said}", { what, said }).in(language)}\n`);
      notices.push(...before.filter(sees)); // the period is settled all the same
    }
  }
  if (notices.length === 0 && rest.length === before.length) return before;
  const sighting = { at: beijingTime(clock()), by: 'run', notices: [...notices, ...rest] } as const;
  return keepSighting(held, options.out, sighting, options.lowered ?? []);
}

function looksOf(
  { warehouse, scratch }: Held,
  options: Place,
  { input, load, plan: { policy }, settled: { closed, runDir, manifest } }: SeenByRun,
  clock: () => number,
): Look[] {
  const looks: Look[] = [];
  const { out } = options;
  const of = (code: string) => (notice: Notice) => notice.code === code;
  if (input !== undefined) {
    const own = ownPaths({ ...options, more: [options.policy, options.lake ?? []].flat() });
    looks.push({ what: 'file_ignored', sees: of('file_ignored'), see: () => filesIgnored(input, load.others, own) });
  }
  const isOver = !isProvisional(policy.period, clock);
  const fed = { policy, asOf: manifest.as_of, isOver };
  looks.push({
    what: 'feed_stale',
    sees: (notice) => notice.code === 'feed_stale' && isOfPolicy(notice, policy.id),
    see: () => feedsStale(warehouse, fed, () => publishedBelow(resolve(out))),
  });
  const codes = unheededCodes(policy);
  looks.push({
    what: codes.join(),
    sees: (notice) => codes.includes(notice.code) && isOfPolicy(notice, policy.id),
    see: () => unheededBy(warehouse, { dir: runDir, manifest }, scratch),
  });
  if (closed !== undefined)
    looks.push({
      what: 'agency_changed',
      sees: of('agency_changed'),
      see: () => agenciesChanged(warehouse, closesBelow(resolve(out)), scratch),
    });
  return looks;
}
