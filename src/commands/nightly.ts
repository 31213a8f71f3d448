import { resolve } from 'node:path';
import { trustedCloses } from '../close/agreement.js';
import type { Context } from '../context/context.js';
import { EventLog } from '../context/event-log.js';
import { addDays, type BeijingDate, beijingTime, isDate } from '../core/beijing.js';
import { asFailure, EXIT, SettleError } from '../core/errors.js';
import { exitOf, levelOf, stopOf } from '../night/ending.js';
import { inOrderOfFeeding, loadFeeds } from '../night/feeds.js';
import { loadNew } from '../night/load.js';
import { type MetricsOfNight, writeMetrics } from '../night/metrics.js';
import type { NightlyOptions, NightlyPeriod, NightlyResult } from '../night/night.js';
import { policyPaths, seeFed, seePlace } from '../night/place.js';
import { plansOf, readPolicies } from '../night/plans.js';
import type { NightPolicies } from '../night/policies.js';
import { settleAll } from '../night/settle.js';
import type { NightNotice } from '../night/told.js';
import { readAccepted } from '../notices/accepted.js';
import { ownPaths } from '../place/keep-sighting.js';
import { PROGRAM } from '../program/version.js';
import { readLoads } from '../runs/known-at.js';
import type { LoadedFile } from '../runs/loaded-files.js';
import { publishedBelow } from '../runs/published.js';
import { unclosedOf } from '../runs/unclosed.js';
import { readingAsked } from '../settings/run-options.js';
import type { Plan } from '../settle/plan.js';
import { type Held, hold, warehouseFile } from '../warehouse/hold.js';
import { refuseLost, refuseStrange } from '../warehouse/lost.js';
import { namingNeed } from '../warehouse/room.js';
import { foldersOf } from '../warehouse/take-in.js';
import { say } from '../words/say.js';

/** `settle nightly`: load what is new, settle every period that the date or the new data concerns, publish. */
export async function nightly(options: NightlyOptions, context: Context): Promise<NightlyResult> {
  const log = new EventLog(options.log, context.clock);
  let signalled = false;
  context.onSignal(() => {
    if (!signalled) log.write('signal', 'error');
    signalled = true;
  });
  try {
    const settled = { ...(await theNight(options, context, log)), night: log.night, duration_seconds: log.seconds };
    const told = withMetrics(withLog(settled, log), options.metrics, context, log);
    const { exit, duration_seconds } = told;
    const logged = log.failure;
    log.write('end', levelOf(exit), { exit, duration_seconds });
    return logged === log.failure ? told : withLog(told, log);
  } catch (error) {
    const failure = asFailure(signalled ? stopOf(error, context) : error);
    const { exit, code, message } = failure;
    const unwritten = failureOfMetrics(options.metrics, { exit }, context, log);
    const more = unwritten === undefined ? {} : { metrics: unwritten.message };
    log.write('end', 'error', { exit, code, message, ...more, duration_seconds: log.seconds });
    throw failure;
  }
}

/** Metrics that can't be written are told of, and are a failure. */
function withMetrics(
  result: NightlyResult,
  metrics: string | undefined,
  context: Context,
  log: EventLog,
): NightlyResult {
  const unwritten = failureOfMetrics(metrics, result, context, log);
  if (unwritten === undefined) return result;
  return { ...result, failures: [...result.failures, unwritten], exit: exitOf([result.exit, unwritten.exit]) };
}

/** Writes them, also of a night that failed; what kept them from being written, which keeps nothing else from being done. */
function failureOfMetrics(
  path: string | undefined,
  night: MetricsOfNight,
  { clock }: Context,
  { seconds }: EventLog,
): SettleError | undefined {
  if (path === undefined) return undefined;
  try {
    writeMetrics(path, night, clock(), seconds);
    return undefined;
  } catch (error) {
    const { code, said, details, mend } = asFailure(error);
    return new SettleError(code, say("the metrics can't be written: {said}", { said }), {
      ...details,
      mend,
      file: path,
    });
  }
}

/** What a night is about, before the warehouse is opened. */
interface Night {
  options: NightlyOptions;
  date: BeijingDate;
  /** Of exports, or the lake that holds them. */
  folder: string;
  warehouse: string;
  policies: NightPolicies;
  plans: Plan[];
  /** Beijing. */
  now: string;
  /** What is wrong so far. */
  failures: SettleError[];
}

/** What a night did, but for how long it took. */
type Done = Omit<NightlyResult, 'night' | 'duration_seconds'>;

async function theNight(options: NightlyOptions, context: Context, log: EventLog): Promise<Done> {
  const date = nightOf(options.date, context);
  const folder = inputOf(options);
  readingAsked(options); // a wrong word is told of before anything is opened
  const warehouse = warehouseFile(options.warehouse, options.out);
  const { policies: ofPolicies, lake, out } = options;
  const paths = { policies: ofPolicies, input: folder, ...(lake !== undefined && { lake }), warehouse, out };
  const engine = options.engine === undefined ? {} : { engine: options.engine };
  log.write('start', 'info', { date, program: PROGRAM, ...engine, ...paths });
  refuseLost(warehouse, options.out);
  const now = beijingTime(context.clock());
  const policies = await readPolicies(options, date, log);
  const { plans, failures: unplanned } = await plansOf(options, policies.usable, date, now);
  const failures = [...policies.failures, ...unplanned];
  const night = { options, date, folder, warehouse, policies, plans, now, failures };
  const folders = [...foldersOf(options), ...plans.map(({ policyDir }) => policyDir)];
  return namingNeed(options.input, () =>
    hold(warehouse, folders, { ...options, settles: true }, context, (held) =>
      loadAndSettle(held, night, context, log),
    ),
  );
}

/** The load, the notices of the place, then the periods: what fails of one keeps nothing of the next from being done. */
async function loadAndSettle(held: Held, night: Night, context: Context, log: EventLog): Promise<Done> {
  const { options, date, folder, policies } = night;
  await refuseStrange(held.warehouse, options.out, 'before');
  const closes = await trustedCloses(held.warehouse, resolve(options.out)); // is told of before anything is loaded
  const { load, loaded, report, seen } = await loadNew(held, night, context, log);
  const { others, known: before } = report;
  const { out, expect = {}, lowered = [], verify = false, budget: budgets } = options;
  const accepted = await readAccepted(held.warehouse, resolve(out));
  const place = {
    date,
    out,
    folder,
    others,
    own: ownOf(night),
    policies,
    closes,
    expect,
    lowered,
    accepted,
    now: night.now,
  };
  const told = await seePlace(held, place, context, log);
  const history = { loads: await readLoads(held.warehouse), runs: publishedBelow(resolve(out)), closes };
  const { feeding, fed } = inOrderOfFeeding(night.plans);
  const asked = { date, load, accepted, verify, budgets };
  const first = await settleAll(held, feeding, asked, history, context, log);
  const fedBy =
    feeding.length === 0 ? load : await loadFeeds(held, options, feeding, first.periods, history, context, log);
  const known = fedBy === load ? history : { ...history, loads: await readLoads(held.warehouse) };
  const then = await settleAll(held, fed, { ...asked, load: fedBy }, known, context, log);
  const { place: seenPlace, failures: unseen } = await seeFed(held, place, told, fed, context, log);
  const settled = {
    periods: [...first.periods, ...then.periods],
    failures: [...first.failures, ...then.failures],
  };
  const failures = [...night.failures, ...unseen, ...settled.failures];
  return {
    exit: exitOf([
      ...[...failures, ...settled.periods].map(({ exit }) => exit),
      exitOfFiles(loaded, settled.periods),
      exitOfPlace(seenPlace),
    ]),
    ...{ date, load: fedBy, loaded, known: before, others, exports: seen, place: seenPlace },
    ...{ warnings: policies.warnings, periods: settled.periods, failures },
    unclosed: unclosedOf(history.runs, closes, toldCloses(settled.periods)),
  };
}

/** The numbers of the closes that the periods of tonight adjust. */
function toldCloses(periods: readonly NightlyPeriod[]): ReadonlySet<number> {
  return new Set(periods.flatMap(({ closed, run_id }) => (closed === null || run_id === null ? [] : closed.close_no)));
}

/** What is no export that somebody misnamed, where it lies among the exports. */
function ownOf({ options, warehouse, policies }: Night): string[] {
  const more = [
    options.log ?? [],
    options.metrics ?? [],
    options.lake ?? [],
    options.policies,
    policyPaths(options.policies, policies),
  ].flat();
  return ownPaths({ ...options, warehouse, more });
}

/** Yesterday in Beijing, where no date is given: the last day that is over. */
function nightOf(date: string | undefined, { clock }: Context): BeijingDate {
  const night = date ?? addDays(beijingTime(clock()).slice(0, 10), -1);
  if (isDate(night)) return night;
  throw new SettleError('usage', say('--date {night} is not a valid date', { night }), {
    mend: say('Give a date that exists as YYYY-MM-DD, 2000 to 2099.'),
  });
}

function inputOf({ input, lake }: NightlyOptions): string {
  const source = input ?? lake;
  if (source !== undefined) return source;
  throw new SettleError('usage', say("required option '{flag}' not specified", { flag: '--input <dir>' }), {
    mend: say('Give the folder of exports with --input, or as input in settle.yaml.'),
  });
}

/** Whether rows of new files were left out that no period of the night tells of: one that it doesn't settle may need them. */
function exitOfFiles(loaded: readonly LoadedFile[], periods: readonly NightlyPeriod[]): number {
  const told = periods.some(({ quarantined }) => (quarantined ?? 0) > 0);
  return !told && loaded.some(({ quarantined }) => quarantined > 0) ? EXIT.quarantined : EXIT.done;
}

/** Whether the folder, a policy or a late export needs a person. */
function exitOfPlace(place: readonly NightNotice[]): number {
  return place.some(({ accepted }) => !accepted) ? EXIT.quarantined : EXIT.done;
}

/** A log that can't be written is told of, and is a failure. */
function withLog(result: NightlyResult, { failure }: EventLog): NightlyResult {
  if (failure === undefined) return result;
  const told = asFailure(failure);
  const unwritten = new SettleError(
    told.code,
    say("the log can't be written: {message}", { message: told.message }),
    told.details,
  );
  return { ...result, failures: [...result.failures, unwritten], exit: exitOf([result.exit, unwritten.exit]) };
}
