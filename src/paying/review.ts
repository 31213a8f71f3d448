import { join, relative, resolve } from 'node:path';
import { trustedCloses } from '../close/agreement.js';
import { refuseUnnamed } from '../closing/who.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { EXIT, SettleError } from '../core/errors.js';
import { programmeOf } from '../core/programme.js';
import {
  closeReviewPath,
  idOf,
  isReviewOf,
  isSamePerson,
  jsonText,
  REVIEW,
  type Review,
  reviewAt,
} from '../payments/batch.js';
import { trustedBatches } from '../payments/trusted.js';
import { writePayment } from '../payments/write.js';
import { refuseMissing } from '../runs/known-at.js';
import { oneRun } from '../runs/which-runs.js';
import type { HoldOptions } from '../settings/run-options.js';
import { printableLine } from '../text/terminal.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import { inLanguage, type Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { batchNamed, isWholeId } from './find.js';

export interface ReviewOptions extends HoldOptions {
  out: string;
  by: string;
  note?: string | undefined;
}

type Reviewed = { exit: number; answer: object; text: () => string };

/** What is reviewed: its hash, who made it, and where its review stands. */
interface Subject extends Pick<Review, 'of' | 'number' | 'programme' | 'sha256'> {
  /** For people. */
  name: Wording;
  made_by: string;
  path: string;
}

/** `settle payments review BATCH`: another person than who made it has looked at just this batch. Exit 6 where it isn't so. */
export async function reviewBatch(asked: string, options: ReviewOptions, context: Context): Promise<Reviewed> {
  return reviewing(options, context, (out) => {
    const found = batchNamed(out, asked);
    if (!isWholeId(found, asked))
      throw new SettleError('usage', say('{asked} does not say which batch was looked at', { asked }), {
        mend: say('Look at it with settle payments show {asked}, and give the whole id that it prints.', { asked }),
      });
    const { batch_no, programme, made_by } = found.batch;
    const path = join(found.dir, REVIEW);
    return {
      of: 'batch',
      number: batch_no,
      programme,
      sha256: found.sha256,
      name: say('batch {id}', { id: idOf(found) }),
      made_by,
      path,
    };
  });
}

/** `settle close RUN --review`: the same of the close of a run. */
export async function reviewClose(run: string, options: ReviewOptions, context: Context): Promise<Reviewed> {
  return reviewing(options, context, (out, closes) => {
    const { dir } = oneRun(out, run);
    const found = closes.find(({ path }) => path === join(dir, 'close.json'));
    if (found === undefined)
      throw new SettleError('differs', say('{dir} is not closed, so there is no close to review', { dir }), {
        mend: say('Close it first: settle close {run} --by NAME', { run }),
      });
    const { close_no, closed_by } = found.close;
    const programme = programmeOf(found.close);
    const close = { close_no, sha256: found.sha256 };
    const path = closeReviewPath(out, programme, close);
    return {
      of: 'close',
      number: close_no,
      programme,
      sha256: found.sha256,
      name: say('close {close_no} (run {run})', { close_no, run }),
      made_by: closed_by,
      path,
    };
  });
}

type Closes = Awaited<ReturnType<typeof trustedCloses>>;

async function reviewing(
  options: ReviewOptions,
  context: Context,
  subjectOf: (out: string, closes: Closes) => Subject,
): Promise<Reviewed> {
  const out = resolve(options.out);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  refuseUnnamed(options.by);
  return hold(file, [], { ...options, settles: true }, context, async ({ warehouse }) => {
    const closes = await trustedCloses(warehouse, out);
    await trustedBatches(warehouse, out);
    const subject = subjectOf(out, closes);
    refuseReview(subject, options.by);
    const { of, number, programme, sha256, path, name } = subject;
    const review: Review = {
      ...{ of, number, programme, sha256, reviewed_at: beijingTime(context.clock()) },
      ...{ reviewed_by: options.by, note: options.note ?? '' },
    };
    await writePayment(warehouse, out, new Map([[relative(out, path).replaceAll('\\', '/'), jsonText(review)]]));
    const text = say('Reviewed by {by} at {at}: {name}', { name, by: options.by, at: review.reviewed_at });
    return {
      exit: EXIT.done,
      answer: review,
      text: () => `${printableLine(inLanguage(text, context.language ?? 'en'))}\n`,
    };
  });
}

function refuseReview({ name, made_by, path, sha256 }: Subject, by: string): void {
  const before = reviewAt(path);
  if (before !== undefined) {
    const stands = isReviewOf(before, sha256, made_by);
    throw new SettleError(
      'differs',
      stands
        ? say('{name} was reviewed by {by} at {at} already', { name, by: before.reviewed_by, at: before.reviewed_at })
        : say('the review of {name} that stands there, by {by}, is not of it', { name, by: before.reviewed_by }),
      {
        file: path,
        mend: stands
          ? say('Once is enough: there is nothing to do.')
          : say('Put it back from a backup, or move {path} away and review again.', { path }),
      },
    );
  }
  if (!isSamePerson(by, made_by)) return;
  throw new SettleError('differs', say('{by} made {name}, and nobody reviews their own', { by, name }), {
    mend: say('Ask another person to look at it and to give their own name with --by.'),
  });
}
