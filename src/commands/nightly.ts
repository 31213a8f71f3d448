import { resolve } from 'node:path';
import { addDays, type BeijingDate, beijingTime, isDate } from '../beijing.js';
import { closesBelow } from '../close/close-file.js';
import { asFailure, EXIT, SettleError } from '../errors.js';
import { type LoadReport, loadFolder } from '../load/load.js';
import { PROGRAM } from '../version.js';
import { closeOf, concern, type History } from './concern.js';
import type { Context } from './context.js';
import { EventLog } from './event-log.js';
import { type LoadedFile, readFiles } from './files.js';
import { type Held, hold, warehouseFile } from './hold.js';
import { lastKnownLoad, readLoads } from './known-at.js';
import { policiesFor } from './nightly-policies.js';
import { failed, type NightlyPeriod, settled, untouched } from './nightly-report.js';
import { publishedBelow } from './published.js';
import { namingNeed } from './room.js';
import { type HoldOptions, type ReadingOptions, readingOf } from './run-options.js';
import { type Plan, planOf, settlePeriod } from './settle-period.js';

/** The flags of `settle nightly`, as given or set. */
export interface NightlyOptions extends HoldOptions, ReadingOptions {
  date?: string | undefined;
  input?: string | undefined;
  policies: string;
  out: string;
  statements: boolean;
  log?: string | undefined;
}

export interface NightlyResult {
  exit: number;
  /** The night that was settled: its periods run up to this day. */
  date: BeijingDate;
  /** The last load that counts; 0: nothing was ever loaded. */
  load: number;
  /** What this night brought. */
  loaded: LoadedFile[];
  known: number;
  /** Entries of the folder that are no exports. */
  others: string[];
  periods: NightlyPeriod[];
  /** What kept a period from being settled, or a line from the log. */
  failures: SettleError[];
}

/** `settle nightly`: load what is new, settle every period that the date or the new data concerns, publish. */
export async function nightly(options: NightlyOptions, context: Context): Promise<NightlyResult> {
  const log = new EventLog(options.log, context.clock);
  let signalled = false;
  context.onSignal(() => {
    if (!signalled) log.write('signal', 'error');
    signalled = true;
  });
  try {
    const result = await theNight(options, context, log);
    log.write('end', levelOf(result.exit), { exit: result.exit });
    return withLog(result, log);
  } catch (error) {
    const failure = asFailure(signalled ? stopOf(error, context) : error);
    log.write('end', 'error', { exit: failure.exit, code: failure.code, message: failure.message });
    throw failure;
  }
}

async function theNight(options: NightlyOptions, context: Context, log: EventLog): Promise<NightlyResult> {
  const date = nightOf(options.date, context);
  const { out, statements, policies } = options;
  const input = inputOf(options);
  const reading = readingOf(options);
  const file = warehouseFile(options.warehouse, out);
  log.write('start', 'info', { date, program: PROGRAM, policies, input, warehouse: file, out });
  const startedAt = beijingTime(context.clock());
  const plans: Plan[] = [];
  for (const policy of await policiesFor(policies, date))
    plans.push(await planOf({ policy, out, asOf: date, strict: false, statements }, startedAt));
  const folders = [input, ...plans.map(({ policyDir }) => policyDir)];
  return namingNeed(input, () =>
    hold(file, folders, options, context, async (held) => {
      const closes = closesBelow(resolve(out)); // a broken chain is told of before anything is loaded
      const { load, loaded, report } = await loadNew(held, input, reading, context, log);
      const history = { loads: await readLoads(held.warehouse), runs: publishedBelow(resolve(out)), closes };
      const { periods, failures } = await settleAll(held, plans, { date, load }, history, context, log);
      return {
        exit: exitOf(periods, loaded, failures),
        date,
        load,
        loaded,
        known: report.known,
        others: report.others,
        periods,
        failures,
      };
    }),
  );
}

/** Yesterday in Beijing, where no date is given: the last day that is over. */
function nightOf(date: string | undefined, { clock }: Context): BeijingDate {
  const night = date ?? addDays(beijingTime(clock()).slice(0, 10), -1);
  if (isDate(night)) return night;
  throw new SettleError('usage', `--date ${night} is no date`, {
    mend: 'Give a date that exists as YYYY-MM-DD, 2000 to 2099.',
  });
}

function inputOf({ input }: NightlyOptions): string {
  if (input !== undefined) return input;
  throw new SettleError('usage', "required option '--input <dir>' not specified", {
    mend: 'Give the folder of exports with --input, or as input in settle.yaml.',
  });
}

/** Loads what is new and keeps it, whatever becomes of the periods. */
async function loadNew(
  { warehouse, scratch, keep }: Held,
  folder: string,
  reading: ReturnType<typeof readingOf>,
  context: Context,
  log: EventLog,
): Promise<{ load: number; loaded: LoadedFile[]; report: LoadReport }> {
  const onFile = (done: number, total: number, name: string): void => context.progress('load', name, done, total);
  const report = await loadFolder(warehouse, { folder, scratch, now: context.clock(), ...reading, onFile });
  await keep();
  const load = await lastKnownLoad(warehouse, undefined);
  const loaded = report.loaded.length === 0 ? [] : await readFiles(warehouse, load);
  for (const { loaded_at: _at, load: _load, replaced_by_load: _by, ...file } of loaded)
    log.write('file', file.quarantined > 0 ? 'warning' : 'info', file);
  const { known, others } = report;
  log.write('load', others.length > 0 ? 'warning' : 'info', { load, files: loaded.length, known, others });
  return { load, loaded, report };
}

/** Every period for itself: what keeps one from being settled keeps no other. */
async function settleAll(
  held: Held,
  plans: readonly Plan[],
  night: { date: BeijingDate; load: number },
  history: History,
  context: Context,
  log: EventLog,
): Promise<{ periods: NightlyPeriod[]; failures: SettleError[] }> {
  const periods: NightlyPeriod[] = [];
  const failures: SettleError[] = [];
  for (const plan of plans) {
    try {
      const period = await settleOne(held, plan, night, history, context);
      if (period === undefined) continue;
      periods.push(period);
      log.write(period.why === null ? 'untouched' : 'settled', levelOf(period.exit), period);
    } catch (error) {
      const stop = stopOf(error, context, periods.filter(({ run_id }) => run_id !== null).length);
      if (stop !== error) throw stop;
      const failure = asFailure(error);
      failures.push(failure);
      periods.push(failed(plan, closeOf(plan, history.closes), failure));
      log.write('failed', 'error', periods.at(-1));
    }
  }
  return { periods, failures };
}

/** Settles a period if the night concerns it. A closed one, which new data alone concerns, is settled to its end. */
async function settleOne(
  held: Held,
  given: Plan,
  night: { date: BeijingDate; load: number },
  history: History,
  context: Context,
): Promise<NightlyPeriod | undefined> {
  const closed = closeOf(given, history.closes);
  const plan = closed === undefined ? given : { ...given, asOf: given.policy.period.to };
  context.progress('settle', plan.policy.id, 0, 0);
  const why = await concern(held.warehouse, plan, night, history, closed);
  if (why !== undefined)
    return settled(plan, why, closed, await settlePeriod(held, plan, { load: night.load, until: undefined }, context));
  return closed !== undefined && night.date <= plan.policy.period.to ? untouched(plan, closed) : undefined;
}

/** Where a signal has come, what it ended is no failure of its own: the stop, which a step that is told of throws. */
function stopOf(error: unknown, context: Context, published = 0): unknown {
  try {
    context.progress('settle', '', 0, 0);
    return error;
  } catch (stop) {
    if (!(stop instanceof SettleError) || published === 0) return stop;
    const message = `${stop.code}: ${published} ${published === 1 ? 'period was' : 'periods were'} published, and no other`;
    return new SettleError(stop.code, message, stop.details);
  }
}

/** The first failure's; else whether rows were left out, of a period or of the files that were loaded. */
function exitOf(
  periods: readonly NightlyPeriod[],
  loaded: readonly LoadedFile[],
  [failure]: readonly SettleError[],
): number {
  if (failure !== undefined) return failure.exit;
  const faulty = periods.some(({ exit }) => exit === EXIT.quarantined) || loaded.some((file) => file.quarantined > 0);
  return faulty ? EXIT.quarantined : EXIT.done;
}

function levelOf(exit: number): 'info' | 'warning' | 'error' {
  return exit === EXIT.done ? 'info' : exit === EXIT.quarantined ? 'warning' : 'error';
}

/** A log that can't be written is told of, and is a failure where nothing else is. */
function withLog(result: NightlyResult, { failure }: EventLog): NightlyResult {
  if (failure === undefined) return result;
  const told = asFailure(failure);
  const failures = [
    ...result.failures,
    new SettleError(told.code, `the log can't be written: ${told.message}`, told.details),
  ];
  return { ...result, failures, exit: result.failures.length > 0 ? result.exit : told.exit };
}
