import { join } from 'node:path';
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
import { filesIgnored } from '../place/file-ignored.js';
import { keepSighting, seenBefore } from '../place/keep-sighting.js';
import { overdueExports } from '../place/overdue-export.js';
import type { Expected } from '../settings/structured.js';
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

/**
 * Makes the notices of the place, and keeps and logs them. A look that fails keeps no other from being taken, and nothing
 * from being settled: what it said the last time stands.
 */
export async function seePlace(
  held: Held,
  place: NightPlace,
  context: Context,
  log: EventLog,
): Promise<{ place: NightNotice[]; failures: SettleError[] }> {
  const failures: SettleError[] = [];
  const take = async <T>(what: Wording, work: () => Promise<T> | T, otherwise: T): Promise<T> => {
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
  const before = await take(say('what was seen before'), () => seenBefore(held.warehouse, place.out), []);
  const notices: Notice[] = [];
  for (const { codes, see } of looksOf(held, place)) {
    const last = before.filter(({ code }) => codes.includes(code));
    notices.push(...(await take(joined(codes, ' and '), see, last)));
  }
  const sighting = { at: place.now, by: 'nightly', notices } as const;
  const kept = await take(
    say('the notices of the place'),
    () => keepSighting(held, place.out, sighting, place.lowered),
    notices,
  );
  const attention = compared(kept, before, place.accepted);
  const told = kept.map((notice) => (isInfo(notice) ? asInfo(notice) : (attention.shift() as NightNotice)));
  for (const notice of told)
    log.write('notice', notice.severity === 'attention' && !notice.accepted ? 'warning' : 'info', {
      place: true,
      ...notice,
    });
  return { place: told, failures };
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
