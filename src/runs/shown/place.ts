import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SettleError } from '../../core/errors.js';
import { fileIsThere } from '../../disk/new-file.js';
import type { BookedRun } from '../../programmes/interface/book.js';
import { say } from '../../words/say.js';

/** What is made of a run for people, how its file's name ends, and what is said of a name that doesn't. */
const FORMS = {
  workbook: {
    ending: '.xlsx',
    wrong: (path: string) => say('--out {path} is not the name of a workbook', { path }),
    mend: say('Give a name that ends with .xlsx.'),
  },
  page: {
    ending: '.html',
    wrong: (path: string) => say('--out {path} is not the name of a page', { path }),
    mend: say('Give a name that ends with .html.'),
  },
} as const;
type Form = keyof typeof FORMS;

/** Where it goes: a new file of that form, and never within a run folder. Nothing is written yet. */
export function placeFor(form: Form, out: string): string {
  const path = resolve(out);
  const { ending, wrong, mend } = FORMS[form];
  if (!path.toLowerCase().endsWith(ending)) throw new SettleError('usage', wrong(path), { file: path, mend });
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw fileIsThere(path);
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new SettleError('usage', say('there is no folder {folder}', { folder }), {
      file: path,
      mend: say('Make it, or give another.'),
    });
  }
  refuseWithinRun(path, folder);
  return path;
}

/** A run folder never changes: nothing is written into one, or below it. */
export function refuseWithinRun(path: string, folder: string): void {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (!existsSync(join(at, 'manifest.json'))) continue;
    throw new SettleError('usage', say('{path} lies in a run folder, which never changes', { path }), {
      file: path,
      mend: say('Give a place outside of it with --out.'),
    });
  }
}

/** `content-live-2023-11_2023-11-30-0123456789abcdef_MCN-01.xlsx`, in the current directory. */
export function nameFor(form: Form, { policy, run_id }: BookedRun, of: string | undefined): string {
  const name = [policy.id, run_id, ...(of === undefined ? [] : [of])].join('_').replace(/[/\\:]/g, '-');
  return `${name}${FORMS[form].ending}`;
}
