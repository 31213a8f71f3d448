import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { bookIsThere, writeBook } from '../book/write-book.js';
import { closeIn } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { refuseEdited } from '../emit/unchanged.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { BookedRun } from '../programmes/interface/book.js';
import { programmeFor } from '../programmes/registry.js';
import { publishedRun } from '../runs/published.js';
import { languageOf } from '../text/language.js';
import { plainTable } from '../text/plain-table.js';
import { say } from '../words/say.js';

export interface BookOptions {
  /** Where run folders are. */
  runs: string;
  /** The workbook to write. */
  out?: string | undefined;
  against?: string | undefined;
  lang?: string | undefined;
  agency?: string | undefined;
}

/** How anchors without an agency are asked for, as their statements' folder is called. */
const INDEPENDENT = '_independent';

/** `settle book RUN`: the run as a workbook for people, from its folder alone. */
export async function book(
  run: string,
  options: BookOptions,
  context: Context,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ answer: object; text: () => string }> {
  const language = languageOf(options.lang, environment);
  const booked = await bookedRun(options.runs, run);
  const against = options.against === undefined ? undefined : await bookedRun(options.runs, options.against);
  if (against !== undefined) refuseOther(booked, against);
  const agency = options.agency === INDEPENDENT ? '' : options.agency;
  const path = resolve(options.out ?? `${nameOf(booked, options.agency)}.xlsx`);
  refusePlace(path);
  const booker = await programmeFor(booked.policy).booker();
  context.progress('write', 'book', 0, 0);
  const asked = { language, agency, against };
  const look = {
    title: booker.title(booked, asked),
    font: language === 'zh' ? 'Microsoft YaHei' : 'Calibri',
  };
  const sheets = await writeBook(path, await booker.sheets(booked, asked), look);
  const rows = sheets.map((sheet) => [sheet.name, readable(String(sheet.rows))]);
  return {
    answer: { run_id: booked.run_id, run_dir: booked.dir, file: path, sheets },
    text: () => `${path}\n${plainTable(rows, [1])}\n`,
  };
}

async function bookedRun(out: string, run: string): Promise<BookedRun> {
  const published = publishedRun(out, run);
  await refuseEdited(published);
  const { dir, manifest } = published;
  const [found] = closeIn(dir);
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  return {
    dir,
    run_id: manifest.run_id,
    policy,
    as_of: manifest.as_of,
    restated: manifest.restates !== undefined,
    closed:
      found === undefined
        ? null
        : { revision: found.close.revision, by: found.close.closed_by, at: found.close.closed_at },
  };
}

/** `content-live-2023-11_2023-11-30-0123456789abcdef_MCN-01` */
function nameOf({ policy, run_id }: BookedRun, agency: string | undefined): string {
  return [policy.id, run_id, ...(agency === undefined ? [] : [agency])].join('_').replace(/[/\\:]/g, '-');
}

/** Two months of one kind of policy have the same lines. */
function refuseOther({ policy }: BookedRun, { policy: other, run_id }: BookedRun): void {
  if (policy.rules === other.rules) return;
  throw new SettleError(
    'usage',
    say('run {run_id} was settled by other rules than this one: {rules}', { run_id, rules: other.rules }),
    {
      mend: say('Give a run by the rules {rules} with --against.', { rules: policy.rules }),
    },
  );
}

/** Only a new file, only a workbook, and never within a run folder. */
function refusePlace(path: string): void {
  if (!/\.xlsx$/i.test(path)) {
    throw new SettleError('usage', say('--out {path} is not the name of a workbook', { path }), {
      file: path,
      mend: say('Give a name that ends with .xlsx.'),
    });
  }
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw bookIsThere(path);
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new SettleError('usage', say('there is no folder {folder}', { folder }), {
      file: path,
      mend: say('Make it, or give another.'),
    });
  }
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (!existsSync(join(at, 'manifest.json'))) continue;
    throw new SettleError('usage', say('{path} lies in a run folder, which never changes', { path }), {
      file: path,
      mend: say('Give a place outside of it with --out.'),
    });
  }
}
