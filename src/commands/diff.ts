import { dirname, join, resolve } from 'node:path';
import { closeOf, closesIn } from '../close/close-file.js';
import { readAmounts } from '../compare/amounts.js';
import { findCauses, makeCauseLines } from '../compare/causes.js';
import { filesAfter, filesOf, type Side } from '../compare/side.js';
import { type AnchorWaterfall, readAgencies, readAnchors, readTotal } from '../compare/waterfall.js';
import type { Context } from '../context/context.js';
import { EXIT, SettleError } from '../core/errors.js';
import { writeWhole } from '../disk/writing.js';
import { readPublished } from '../emit/run-folder.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { loadFolder } from '../load/load.js';
import { loadPolicy } from '../policy/load-policy.js';
import { isThisProgram } from '../program/version.js';
import type { Programme } from '../programmes/interface/programme.js';
import { programmeFor } from '../programmes/registry.js';
import { type Diff, diffText, type Named } from '../report/diff-text.js';
import { monthsText } from '../report/months-text.js';
import { NOTHING_PINNED, type Pinned } from '../rules/pinned.js';
import { refuseMissing } from '../runs/known-at.js';
import type { Published } from '../runs/published.js';
import { compareMonths, monthsCsv, runsOfTwoPeriods } from '../runs/shown/two-periods.js';
import { refuseUnpaid } from '../runs/shown/unpaid.js';
import { whichRuns } from '../runs/which-runs.js';
import { type HoldOptions, type ReadingOptions, readingAsked } from '../settings/run-options.js';
import { pinnedByClose, pinnedFor } from '../settle/closed/pinned-by-close.js';
import { holdReading, type Opened, warehouseFile } from '../warehouse/hold.js';
import { say } from '../words/say.js';

export interface DiffOptions extends HoldOptions, ReadingOptions {
  out: string;
  /** What if this were the policy, or these exports came: instead of a second run. */
  policy?: string | undefined;
  input?: string | undefined;
  /** A file to write a line per anchor into. */
  csv?: string | undefined;
  exitCode?: boolean | undefined;
}

/** `settle diff A [B]`: what changed from one settlement to another and why, to the fen; nothing is published or kept. */
export async function diff(
  first: string,
  second: string | undefined,
  options: DiffOptions,
  context: Context,
): Promise<{ exit: number; answer: object; text: (paint: (style: 'bold', text: string) => string) => string }> {
  refuseHalf(second, options);
  const months = runsOfTwoPeriods(options.out, first, second);
  if (months !== undefined) return diffMonths(months, options, context);
  readingAsked(options); // a wrong word is told of before anything is opened
  const { a, b } = whichRuns(resolve(options.out), first, second);
  refuseUnpaid((await loadPolicy(join(a.dir, 'policy.yaml'))).policy);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const exports = options.input === undefined ? {} : { folders: [options.input], aside: true };
  const found = await holdReading(file, exports, options, context, async (held) => {
    const sides = await sidesOf(held, a, b, options, context);
    await compare(held, sides, a, b, context);
    return readDiff(held.warehouse, programmeFor(sides.a.policy), namesOf(a, b, options));
  });
  if (options.csv !== undefined) writeWhole(options.csv, csvOf(found.anchors));
  const { a: nameA, b: nameB, total, anchors, agencies } = found;
  const differs = anchors.length > 0 || agencies.length > 0;
  return {
    exit: differs && options.exitCode === true ? EXIT.differs : EXIT.done,
    answer: { a: nameA, b: nameB, total, anchors, agencies },
    text: (paint) => diffText(found, paint, context.language),
  };
}

/** Of two periods: why one's total isn't the other's, from their run folders alone. */
async function diffMonths(
  { a, b }: { a: Published; b: Published },
  options: DiffOptions,
  { language }: Context,
): ReturnType<typeof diff> {
  const { found, months } = await compareMonths(a, b);
  const { a: nameA, b: nameB, total, agencies, anchors } = found;
  if (options.csv !== undefined) writeWhole(options.csv, monthsCsv(anchors));
  const differs = anchors.some(({ delta }) => delta !== '0.00');
  return {
    exit: differs && options.exitCode === true ? EXIT.differs : EXIT.done,
    answer: { a: nameA, b: nameB, months: { total, agencies, anchors } },
    text: (paint) => monthsText(found, months, paint, language),
  };
}

/** Either a second run, or what would be settled if the policy or the exports were others. */
function refuseHalf(second: string | undefined, { policy, input }: DiffOptions): void {
  const whatIf = policy !== undefined || input !== undefined;
  if ((second !== undefined) !== whatIf) return;
  throw new SettleError(
    'usage',
    whatIf
      ? say('a second run and --policy or --input were both given')
      : say('there is nothing to compare the run with'),
    {
      mend: say('Give a second run; or give --policy FILE or --input DIR to see what they would change.'),
    },
  );
}

interface Sides {
  a: Side;
  b: Side;
}

async function sidesOf(
  held: Opened,
  a: Published,
  b: Published | undefined,
  options: DiffOptions,
  context: Context,
): Promise<Sides> {
  const before = await sideOf(held, a);
  if (b !== undefined) return { a: before, b: await sideOf(held, b) };
  const policy = options.policy === undefined ? before.policy : (await loadPolicy(options.policy)).policy;
  const { from, to } = before.policy.period;
  if (policy.period.from !== from || policy.period.to !== to) {
    throw new SettleError(
      'usage',
      say('the policy {id} is for {from} to {to}, the run for {runFrom} to {runTo}', {
        id: policy.id,
        from: policy.period.from,
        to: policy.period.to,
        runFrom: from,
        runTo: to,
      }),
      {
        mend: say('Give a policy of the same period.'),
      },
    );
  }
  const files = await whatIfFiles(held, before, options, context);
  return { a: before, b: { ...before, policy, files, pinned: pinnedNow(held, a) } };
}

/** A run's files, policy and evaluation date; its folder must be as it was published. */
async function sideOf({ warehouse, scratch }: Opened, { dir, manifest }: Published): Promise<Side> {
  await readPublished(dir);
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  const pinned = pinnedFor(dir, manifest, scratch);
  return { files: await filesOf(warehouse, manifest.inputs), policy, asOf: manifest.as_of, pinned };
}

/** The agencies by which a run of the same period would be settled now: where it is closed, those of its revisions, unless the run transfers. */
function pinnedNow({ scratch }: Opened, { dir, manifest }: Published): Pinned {
  const closed = closeOf(manifest, closesIn(dirname(dirname(dir))));
  const { restates } = manifest;
  const transfers = restates?.transfer === true && restates.sha256 === closed?.sha256;
  return closed === undefined || transfers ? NOTHING_PINNED : pinnedByClose(closed, scratch);
}

/** With exports: all that the warehouse would hold if they were loaded, which they are not for good. */
async function whatIfFiles(
  { warehouse, scratch }: Opened,
  a: Side,
  options: DiffOptions,
  context: Context,
): Promise<readonly number[]> {
  if (options.input === undefined) return a.files;
  const onFile = (done: number, total: number, name: string): void => context.progress('load', name, done, total);
  await loadFolder(warehouse, {
    folder: options.input,
    scratch,
    now: context.clock(),
    ...readingAsked(options),
    onFile,
  });
  return filesAfter(warehouse, await warehouse.count('SELECT coalesce(max(load_no), 0) FROM load'));
}

/** Makes the amounts of both, and the causes of what differs. */
async function compare(
  { warehouse, scratch }: Opened,
  sides: Sides,
  a: Published,
  b: Published | undefined,
  context: Context,
): Promise<void> {
  const programme = programmeFor(sides.a.policy);
  const same = [a, ...(b === undefined ? [] : [b])].every(({ manifest }) => isThisProgram(manifest.program));
  await findCauses(warehouse, sides.a, sides.b, !same, (step, done, total) =>
    context.progress('compare', step, done, total),
  );
  await readAmounts(warehouse, programme, 'a', a.dir, scratch);
  if (b !== undefined) await readAmounts(warehouse, programme, 'b', b.dir, scratch);
  else
    await warehouse.run(`CREATE OR REPLACE TEMP TABLE b_anchor AS SELECT anchor_id, agency_id FROM b_standing_anchor;
    CREATE OR REPLACE TEMP TABLE b_amount AS ${same ? 'SELECT anchor_id, settlement_date, part, amount FROM a_amount UNION ALL SELECT anchor_id, settlement_date, part, amount FROM cause_amount' : 'FROM part_amount'}`);
  await makeCauseLines(warehouse, programme);
  if (same && (await warehouse.count("SELECT count(*) FROM cause_line WHERE cause = 'program'")) > 0) {
    throw new SettleError('differs', say("the causes don't add up to the difference between the two runs"), {
      mend: say('This is a defect of the program: keep the warehouse and both run folders, and report it.'),
    });
  }
}

async function readDiff(warehouse: Warehouse, programme: Programme, names: { a: Named; b: Named }): Promise<Diff> {
  const total = await readTotal(warehouse, programme);
  return { ...names, programme, total, anchors: await readAnchors(warehouse), agencies: await readAgencies(warehouse) };
}

function namesOf(a: Published, b: Published | undefined, { policy, input }: DiffOptions): { a: Named; b: Named } {
  const name = ({ dir, manifest: { run_id, policy, period, as_of } }: Published): Named => ({
    run_id,
    policy: policy.id,
    period,
    as_of,
    run_dir: dir,
  });
  if (b !== undefined) return { a: name(a), b: name(b) };
  const { run_id: _id, run_dir: _dir, ...whatIf } = name(a);
  return {
    a: name(a),
    b: {
      ...whatIf,
      what_if: { ...(policy === undefined ? {} : { policy }), ...(input === undefined ? {} : { input }) },
    },
  };
}

/** A line per anchor; ids and amounts need no quotes. */
function csvOf(anchors: readonly AnchorWaterfall[]): string {
  const lines = anchors.map(({ anchor_id, agency_id, a, b, delta, causes }) =>
    [
      anchor_id,
      agency_id ?? '',
      a,
      b,
      delta,
      Object.entries(causes)
        .map(([cause, amount]) => `${cause}:${amount}`)
        .join(';'),
    ].join(','),
  );
  return `${['anchor_id,agency_id,a,b,delta,causes', ...lines.sort()].join('\n')}\n`;
}
