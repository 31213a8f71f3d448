import { join, resolve } from 'node:path';
import type { FoundClose } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import type { EventLog } from '../context/event-log.js';
import type { BeijingDate } from '../core/beijing.js';
import { asFailure, SettleError } from '../core/errors.js';
import type { Acceptance } from '../notices/accepted.js';
import type { Lowered, Notice } from '../notices/notice.js';
import { agenciesChanged } from '../place/agency-changed.js';
import { closedPolicies } from '../place/closed-policies.js';
import { daysWithoutPolicy } from '../place/day-without-policy.js';
import { feedsStale } from '../place/feed-stale.js';
import { filesIgnored } from '../place/file-ignored.js';
import { keepSighting, seenBefore } from '../place/keep-sighting.js';
import { overdueExports } from '../place/overdue-export.js';
import { isOfPolicy, unheededBy } from '../place/unheeded.js';
import { PROGRAMMES } from '../programmes/registry.js';
import { type Published, publishedBelow } from '../runs/published.js';
import type { Expected } from '../settings/structured.js';
import type { Plan } from '../settle/plan.js';
import { isProvisional } from '../settle/provisional.js';
import type { Held } from '../warehouse/hold.js';
import { joined, type Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { stopOf } from './ending.js';
import type { NightPolicies } from './policies.js';
import { compared, type NightNotice } from './told.js';

/** What a night looks at besides the rows. */
export interface NightPlace {
  date: BeijingDate;
  out: string;
  folder: string;
  /** Entries of the folder that are no exports. */
  others: readonly string[];
  /** Paths of the program's own. */
  own: readonly string[];
  policies: NightPolicies;
  closes: readonly FoundClose[];
  expect: Expected;
  lowered: readonly Lowered[];
  accepted: readonly Acceptance[];
  /** Beijing. */
  now: string;
}

/** One look at the place, and the codes that it may tell. */
interface Look {
  codes: readonly string[];
  see: () => Promise<Notice[]> | Notice[];
}

function looksOf({ warehouse, scratch }: Held, place: NightPlace): Look[] {
  const { date, folder, others, own, policies, closes, expect } = place;
  return [
    { codes: ['file_ignored'], see: () => filesIgnored(folder, others, own) },
    { codes: ['overdue_export'], see: () => overdueExports(warehouse, expect, date) },
    { codes: ['policy_missing', 'policy_changed'], see: () => closedPolicies(closes, policies.files) },
    { codes: ['agency_changed'], see: () => agenciesChanged(warehouse, closes, scratch) },
    { codes: ['day_without_policy'], see: () => daysWithoutPolicy(warehouse, policies.periods) },
  ];
}

/** What was told of the place, and what it was the last time. */
export interface ToldOfPlace {
  place: NightNotice[];
  before: Notice[];
  failures: SettleError[];
}

/**
 * Makes the notices of the place, and keeps and logs them. A look that fails keeps no other from being taken, and nothing
 * from being settled: what it said the last time stands.
 */
export async function seePlace(held: Held, place: NightPlace, context: Context, log: EventLog): Promise<ToldOfPlace> {
  const failures: SettleError[] = [];
  const take = taking(failures, context);
  const before = await take(say('what was seen before'), () => seenBefore(held.warehouse, place.out), []);
  const notices: Notice[] = [];
  for (const { codes, see } of looksOf(held, place)) {
    const last = before.filter(({ code }) => codes.includes(code));
    notices.push(...(await take(joined(codes, ' and '), see, last)));
  }
  // What is found of what programmes feed each other is looked at once it is fed; until then the last word stands.
  const kept = before.filter(({ code }) => isOfFeeding(code));
  const told = await keepAndTell(held, place, { before, notices, kept }, take, log);
  return { place: told, before, failures };
}

/**
 * Once programmes are settled and fed: what those that are fed don't know, or don't ask for. It stands beside what was told of
 * the place before. Plans that no run was made by have nothing to be told of.
 */
export async function seeFed(
  held: Held,
  place: NightPlace,
  told: ToldOfPlace,
  plans: readonly Plan[],
  context: Context,
  log: EventLog,
): Promise<ToldOfPlace> {
  const failures: SettleError[] = [];
  const take = taking(failures, context);
  const all = publishedBelow(resolve(place.out));
  const notices: Notice[] = [];
  for (const plan of plans) {
    const run = all.findLast(({ manifest }) => manifest.policy.id === plan.policy.id);
    if (run === undefined) continue;
    const last = told.before.filter((notice) => isOfFeeding(notice.code) && isOfPolicy(notice, plan.policy.id));
    const what = say('what {id} is fed with', { id: plan.policy.id });
    notices.push(...(await take(what, () => seenOf(held, plan, run, all, context), last)));
  }
  const stood = told.before.some(({ code }) => isOfFeeding(code));
  if (notices.length === 0 && !stood) return { ...told, failures: [...told.failures, ...failures] };
  const of = { before: told.before, notices, kept: told.place };
  const fed = await keepAndTell(held, place, of, take, log);
  return { ...told, place: [...told.place, ...fed], failures: [...told.failures, ...failures] };
}

async function seenOf(
  { warehouse, scratch }: Held,
  { policy }: Plan,
  run: Published,
  all: readonly Published[],
  { clock }: Context,
): Promise<Notice[]> {
  const fed = { policy, asOf: run.manifest.as_of, isOver: !isProvisional(policy.period, clock) };
  return [...(await feedsStale(warehouse, fed, () => all)), ...(await unheededBy(warehouse, run, scratch))];
}

/** Codes that are looked at once programmes have fed each other. */
function isOfFeeding(code: string): boolean {
  return code === 'feed_stale' || PROGRAMMES.some(({ sql }) => sql.unheeded?.codes.includes(code));
}

type Take = <T>(what: Wording, work: () => Promise<T> | T, otherwise: T) => Promise<T>;

/** Notes what fails, and goes on with something else. */
function taking(failures: SettleError[], context: Context): Take {
  return async <T>(what: Wording, work: () => Promise<T> | T, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const stop = stopOf(error, context);
      if (stop !== error) throw stop;
      const { code, said, details, mend } = asFailure(error);
      const message = say("{what} can't be told: {said}", { what, said });
      failures.push(new SettleError(code, message, { ...details, mend }, { cause: error }));
      return otherwise;
    }
  };
}

/** Keeps the notices, beside those of before that stand as they are, and logs and gives them alone. */
async function keepAndTell(
  held: Held,
  place: NightPlace,
  { before, notices, kept: others }: { before: readonly Notice[]; notices: readonly Notice[]; kept: readonly Notice[] },
  take: Take,
  log: EventLog,
): Promise<NightNotice[]> {
  const sighting = { at: place.now, by: 'nightly', notices: [...notices, ...others] } as const;
  const all = await take(
    say('the notices of the place'),
    () => keepSighting(held, place.out, sighting, place.lowered),
    sighting.notices,
  );
  const kept = all.filter(({ code }) => notices.some((notice) => notice.code === code));
  const attention = compared(kept, before, place.accepted);
  const told = kept.map((notice) => (isInfo(notice) ? asInfo(notice) : (attention.shift() as NightNotice)));
  for (const notice of told)
    log.write('notice', notice.severity === 'attention' && !notice.accepted ? 'warning' : 'info', {
      place: true,
      ...notice,
    });
  return told;
}

function isInfo({ severity }: Notice): boolean {
  return severity === 'info';
}

/** What nobody is asked about. */
function asInfo(notice: Notice): NightNotice {
  return { ...notice, accepted: true, new: false };
}

/** Files of the folder of policies, which may be that of the exports too. */
export function policyPaths(folder: string, { files }: NightPolicies): string[] {
  return files.map(({ file }) => join(folder, file));
}
