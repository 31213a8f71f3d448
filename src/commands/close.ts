import { readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { trustedCloses } from '../close/agreement.js';
import { type Close, closeText, type FoundClose } from '../close/close-file.js';
import { finishClose, sealRun } from '../closing/seal.js';
import { refuseNoKey, signClose } from '../closing/sign.js';
import { refuseUnaccepted } from '../closing/unaccepted.js';
import { refuseUnnamed } from '../closing/who.js';
import type { Context } from '../context/context.js';
import { addDays, beijingTime } from '../core/beijing.js';
import { EXIT, SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { haveDaysInCommon, programmeOf } from '../core/programme.js';
import { type KeptDispute, openDisputes } from '../disputes/kept-disputes.js';
import { type Manifest, type Restates, sha256 } from '../emit/manifest.js';
import { sealPackets } from '../packet/seal-packets.js';
import { loadPolicy } from '../policy/load-policy.js';
import { runAudits } from '../rules/audits.js';
import { differenceIn } from '../runs/differences.js';
import { lastKnownLoad, refuseMissing } from '../runs/known-at.js';
import type { Published } from '../runs/published.js';
import { refuseUnpaid } from '../runs/shown/unpaid.js';
import { oneRun } from '../runs/which-runs.js';
import type { HoldOptions } from '../settings/run-options.js';
import { refuseOtherProgramme } from '../settle/other-programme.js';
import { settleAgain } from '../settle/settle-again.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { hold, type Opened, warehouseFile } from '../warehouse/hold.js';
import { refuseStrange } from '../warehouse/lost.js';
import { say, tellIn } from '../words/say.js';

type Tell = ReturnType<typeof tellIn>;

export interface CloseOptions extends HoldOptions {
  out: string;
  by: string;
  note?: string | undefined;
  acceptQuarantine?: string | undefined;
  newPacketSecret?: boolean | undefined;
  /** The file of an OpenSSH key. */
  sign?: string | undefined;
}

/**
 * `settle close RUN`: seals the run's period. It refuses while anything is open: the period isn't over, rows are
 * quarantined that nobody has accepted, the second implementation disagrees, or the warehouse settles to other figures or is
 * older than the runs beside it.
 */
export async function close(
  run: string,
  options: CloseOptions,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const out = resolve(options.out);
  const { dir: runDir, manifest } = oneRun(out, run);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  refuseUnnamed(options.by);
  if (options.sign !== undefined) refuseNoKey(options.sign);
  refuseElsewhere(out, runDir);
  return hold(file, [runDir], { ...options, settles: true }, context, async ({ warehouse, scratch }) => {
    await refuseStrange(warehouse, out, 'before');
    await finishClose(warehouse, out, runDir);
    const closes = await trustedCloses(warehouse, out);
    const open = openDisputes(out, manifest);
    await refuseOther(runDir, manifest, closes);
    const revision = revisionOf(closes, manifest);
    refuseUnfinished(manifest, context);
    const accepted = await refuseUnaccepted(warehouse, { out, runDir, manifest, scratch }, options.acceptQuarantine);
    await refuseDifferent(runDir, context);
    const known = await settlesAsPublished({ warehouse, scratch }, { dir: runDir, manifest }, context);
    const since = (await lastKnownLoad(warehouse, undefined)) - known;
    const tell = tellIn(context.language);
    const packets = await sealPackets({ out, runDir, manifest }, closes, options, context);
    const made = makeClose({ manifest, runDir, revision, last: closes.at(-1), accepted, packets }, options, context);
    const { sign } = options;
    const signed = sign === undefined ? undefined : await signClose(closeText(made), sign, scratch, context);
    await sealRun(warehouse, { out, runDir }, made, signed?.files);
    const key = signed?.key;
    return {
      exit: EXIT.done,
      answer: {
        ...made,
        run_dir: runDir,
        ...(key === undefined ? {} : { signed_by: key }),
        open_disputes: open.map(({ id }) => id),
      },
      text: () =>
        `${textOf(made, manifest.restates, tell)}${rootText(made, tell)}${signedText(key, tell)}${openText(open, tell)}${sinceText(since, tell)}`,
    };
  });
}

/** Closes make a chain below one folder: a run that lies elsewhere isn't closed. */
function refuseElsewhere(out: string, runDir: string): void {
  if (realpathSync(join(runDir, '..', '..')) === realpathSync(out)) return;
  throw new SettleError('usage', say('{runDir} does not lie in {out}', { runDir, out }), {
    file: runDir,
    mend: say('Give with --out the folder in which the run was published; closes make a chain there.'),
  });
}

/** The run's days may be another programme's too where both policies name theirs. */
async function refuseOther(runDir: string, manifest: Manifest, closes: readonly FoundClose[]): Promise<void> {
  const { policy } = await loadPolicy(join(runDir, 'policy.yaml'));
  refuseUnpaid(policy);
  await refuseOtherProgramme({ ...manifest, isNamed: policy.programmeIsNamed }, closes);
}

/** 1 for a period that its programme never closed; a run that restates the last close of its period makes the next. */
function revisionOf(closes: readonly FoundClose[], manifest: Manifest): number {
  const { restates } = manifest;
  const closed = closes.findLast(
    ({ close }) => haveDaysInCommon(close, manifest) && programmeOf(close) === programmeOf(manifest),
  );
  if (closed?.sha256 === restates?.sha256) return (closed?.close.revision ?? 0) + 1;
  if (closed === undefined) {
    throw new SettleError(
      'differs',
      say('this run restates a close that is missing: that of run {run_id}', { run_id: restates?.run_id ?? '' }),
      {
        mend: say('Restore the run folders and their close.json from a copy; a close is never deleted.'),
      },
    );
  }
  const { run_id, revision, closed_at, closed_by } = closed.close;
  const { from, to } = closed.close.period;
  const which = revision === 1 ? '' : say(', as revision {revision}', { revision });
  throw new SettleError(
    'differs',
    say('{from} to {to} was closed at {closed_at} by {closed_by}{which}, with run {run_id}', {
      from,
      to,
      closed_at,
      closed_by,
      which,
      run_id,
    }),
    {
      file: closed.path,
      mend: say(
        'A period is closed once. For what came later, run the month again: that run adjusts the closed figures, and is closed as the next revision.',
      ),
    },
  );
}

/** Neither the run nor the calendar may stop before the period's last day is over, in Beijing. */
function refuseUnfinished({ as_of, period, run_id }: Manifest, { clock }: Context): void {
  const today = beijingTime(clock()).slice(0, 10);
  if (as_of === period.to && today <= period.to) {
    throw new SettleError(
      'differs',
      say("the period isn't over: its last day is {to}, and in Beijing it is {today}", { to: period.to, today }),
      {
        mend: say('Close it from {date} on, once the last exports are loaded.', { date: addDays(period.to, 1) }),
      },
    );
  }
  if (as_of === period.to) return;
  throw new SettleError(
    'differs',
    say('{run_id} settles up to {as_of}, and the period ends on {to}', { run_id, as_of, to: period.to }),
    {
      mend: say('Run the month again without --as-of, and close that run.'),
    },
  );
}

/** The second implementation must agree with every figure of the folder. */
async function refuseDifferent(runDir: string, context: Context): Promise<void> {
  const differs = await differenceIn(runDir, context);
  if (differs !== undefined) throw differs;
}

/** The warehouse, as it was known to the run, must settle to the run's totals, and pass every audit. Gives the last load that the run knew. */
async function settlesAsPublished(
  { warehouse, scratch }: Opened,
  { dir: runDir, manifest }: Published,
  context: Context,
): Promise<number> {
  const { knownLoad, programme } = await settleAgain({ warehouse, scratch }, { dir: runDir, manifest }, context);
  context.progress('audit', '', 0, 0);
  const failures = await runAudits(warehouse, programme);
  const totals = await warehouse.one('SELECT * FROM run_total');
  const other = Object.entries(manifest.totals).find(([name, value]) => totals[name] !== String(value));
  if (failures.length === 0 && other === undefined) return knownLoad;
  const what =
    other === undefined
      ? say('an audit fails: {audit}', { audit: failures[0]?.audit ?? '' })
      : say('the warehouse settles to another {total}: {now}, not {published}', {
          total: other[0],
          now: totals[other[0]] ?? '',
          published: other[1],
        });
  throw new SettleError('differs', what, {
    file: runDir,
    mend: say('This is a defect of the program or of the warehouse: keep both, close nothing, and report it.'),
  });
}

/** What was found, and is sealed. */
interface Found {
  manifest: Manifest;
  runDir: string;
  revision: number;
  last: FoundClose | undefined;
  accepted: string | null;
  packets: Close['packets'];
}

function makeClose(found: Found, { by, note }: CloseOptions, { clock }: Context): Close {
  const { manifest, runDir, revision, last, accepted, packets } = found;
  const previous = last && { policy_id: last.close.policy.id, run_id: last.close.run_id, sha256: last.sha256 };
  return {
    close_no: (last?.close.close_no ?? 0) + 1,
    revision,
    run_id: manifest.run_id,
    policy: manifest.policy,
    programme: programmeOf(manifest),
    period: manifest.period,
    as_of: manifest.as_of,
    manifest_sha256: sha256(readFileSync(join(runDir, 'manifest.json'))),
    totals: manifest.totals,
    quarantine_accepted: accepted,
    ...(packets === undefined ? {} : { packets }),
    closed_at: beijingTime(clock()),
    closed_by: by,
    note: note ?? '',
    previous: previous ?? null,
  };
}

/** Whoever closes must know what the run didn't. */
function sinceText(loads: number, tell: Tell): string {
  if (loads <= 0) return '';
  const came =
    loads === 1 ? say('1 load has come since that run') : say('{loads} loads have come since that run', { loads });
  return `${tell('{came}: what they bring to the period is paid by the next run, which adjusts this close.', { came })}\n`;
}

/** Who is given a packet must have the root by another way than the packet. */
function rootText({ packets }: Close, tell: Tell): string {
  return packets === undefined
    ? ''
    : `${tell('The rows of all packets hang on the root {root}.', { root: packets.root })}\n`;
}

/** A dispute keeps nobody else from being paid: what is accepted later, a later run pays. */
function openText(open: readonly KeptDispute[], tell: Tell): string {
  if (open.length === 0) return '';
  const ids = open.map(({ id, dispute: { unit } }) => `${id} (${unit.id})`).join(', ');
  return `${tell('Disputes of this month that nobody has answered: {ids}. A later run pays what is accepted.', { ids })}\n`;
}

function signedText(key: string | undefined, tell: Tell): string {
  return key === undefined ? '' : `${tell('It is signed with {key}.', { key })}\n`;
}

function textOf(
  { period, run_id, revision, totals, closed_by, closed_at }: Close,
  restates: Restates | undefined,
  tell: Tell,
): string {
  const what = revision === 1 ? say('is closed') : say('is closed in revision {revision}', { revision });
  const total = readable(String(totals.total));
  const paid =
    restates === undefined
      ? say('{total} CNY for {anchors} anchors', { total, anchors: readable(String(totals.anchors)) })
      : say('{total} CNY, of which {delta} are now to be paid by {lines} of adjustments.csv', {
          total,
          delta: readable(restates.delta),
          lines: countOf(restates.lines, '{n} line', '{n} lines'),
        });
  const values = { ...period, what, run_id, paid, closed_by: printableLine(closed_by), closed_at };
  return `${tell('{from} to {to} {what} with run {run_id}: {paid}, by {closed_by} at {closed_at}', values)}\n`;
}
