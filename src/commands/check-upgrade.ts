import { dirname, resolve } from 'node:path';
import { closesBelow, type FoundClose, lastRevisions } from '../close/close-file.js';
import type { OtherLine } from '../compare/figures.js';
import type { Context } from '../context/context.js';
import { asFailure, EXIT, SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { manifestIn } from '../emit/manifest.js';
import { exitOf, stopOf } from '../night/ending.js';
import { PROGRAM } from '../program/version.js';
import { refuseMissing } from '../runs/known-at.js';
import type { HoldOptions } from '../settings/run-options.js';
import { isOther, otherWords, programWords, type Upgraded, upgradedOf } from '../settle/upgraded.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { holdReading, type Opened, warehouseFile } from '../warehouse/hold.js';
import { say, tellIn } from '../words/say.js';

type Tell = ReturnType<typeof tellIn>;

/** What this program makes of a closed period. */
export interface CheckedClose extends Partial<Omit<Upgraded, 'run_id'>> {
  close_no: number;
  revision: number;
  policy: string;
  period: { from: string; to: string };
  run_id: string;
  /** Undefined where it can't be told: see `error`. */
  differs?: boolean;
  error?: { code: string; message: string; [more: string]: unknown };
}

/**
 * `settle check-upgrade`: settles each closed period again by this program, from the files and the policy of its last
 * closed run, and says what differs from what was closed. Nothing is published, loaded or kept.
 */
export async function checkUpgrade(
  options: HoldOptions & { out: string },
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const out = resolve(options.out);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const last = lastRevisions(closesBelow(out));
  const { closes, exits } = await holdReading(file, {}, options, context, (held) => checkAll(held, last, context));
  const differ = closes.filter(({ differs }) => differs !== false).length;
  return {
    exit: exitOf(exits),
    answer: { program: { ...PROGRAM }, differ, closes },
    text: () => textOf(closes, differ, tellIn(context.language)),
  };
}

/** Each period for itself: one that can't be settled again keeps no other from being checked. */
async function checkAll(
  held: Opened,
  last: readonly FoundClose[],
  context: Context,
): Promise<{ closes: CheckedClose[]; exits: number[] }> {
  const closes: CheckedClose[] = [];
  const exits: number[] = [];
  for (const found of last) {
    const { close_no, revision, policy, period, run_id } = found.close;
    const about = { close_no, revision, policy: policy.id, period, run_id };
    try {
      const upgraded = await upgradedOf(held, publishedBy(found), context);
      const differs = isOther(upgraded);
      closes.push({ ...about, ...upgraded, differs });
      exits.push(differs ? EXIT.differs : EXIT.done);
    } catch (error) {
      const stop = stopOf(error, context);
      if (stop !== error) throw stop;
      const { code, message, details, exit } = asFailure(error);
      closes.push({ ...about, error: { code, message, ...details } });
      exits.push(exit);
    }
  }
  return { closes, exits };
}

function publishedBy({ path }: FoundClose): { dir: string; manifest: NonNullable<ReturnType<typeof manifestIn>> } {
  const dir = dirname(path);
  const manifest = manifestIn(dir);
  if (manifest !== undefined) return { dir, manifest };
  throw new SettleError('differs', say("the manifest of {dir} can't be read", { dir }), {
    file: dir,
    mend: say('To see what is wrong: settle verify {dir}', { dir }),
  });
}

function textOf(closes: readonly CheckedClose[], differ: number, tell: Tell): string {
  const program = `${PROGRAM.name} ${programWords(PROGRAM)}`;
  if (closes.length === 0)
    return `${tell('No period is closed, so there is nothing that {program} could settle otherwise.', { program })}\n`;
  const periods = countOf(closes.length, '{n} closed period', '{n} closed periods');
  const last =
    differ === 0
      ? [tell('{periods}, settled again by {program}: nothing differs.', { periods, program })]
      : [
          tell(
            differ === 1
              ? '{periods}, settled again by {program}: {differ} differs.'
              : '{periods}, settled again by {program}: {differ} differ.',
            { periods, program, differ },
          ),
          tell(
            'What is closed stays as it was closed. CHANGELOG.md says which figures a release may change; where this one is not meant, go back to the program before and report it.',
          ),
        ];
  return [...closes.flatMap((close) => linesOf(close, tell)), ...last].map((line) => `${line}\n`).join('');
}

function linesOf(close: CheckedClose, tell: Tell): string[] {
  const { close_no, revision, policy, period, run_id, program, total, total_now, error } = close;
  const by = program === undefined ? '' : say(', settled by {program}', { program: programWords(program) });
  const about = { policy: printableLine(policy), ...period, close_no, revision, run_id, by };
  const head = tell('{policy}  {from} to {to}  close {close_no}, revision {revision}: run {run_id}{by}', about);
  if (error !== undefined) {
    const mend = typeof error.mend === 'string' ? [`  ${printableLine(error.mend)}`] : [];
    const said = { code: error.code, message: printableLine(error.message) };
    return [head, tell("  can't be told ({code}): {message}", said), ...mend];
  }
  const totals = { total: readable(total as string), now: readable(total_now as string) };
  const what = tell('  closed {total} CNY, now {now} CNY: {other}', {
    ...totals,
    other: otherWords(close as Upgraded),
  });
  return [head, what, ...(close.first ?? []).flatMap((line) => shownLine(line, tell))];
}

function shownLine({ file, published, now }: OtherLine, tell: Tell): string[] {
  return [
    ...(published === null ? [] : [tell('    {file}  closed  {line}', { file, line: printableLine(published) })]),
    ...(now === null ? [] : [tell('    {file}  now     {line}', { file, line: printableLine(now) })]),
  ];
}
