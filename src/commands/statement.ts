import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { writeNewFile } from '../disk/new-file.js';
import { pageHtml } from '../page/html.js';
import { pageText } from '../page/text.js';
import type { Paint } from '../programmes/interface/explainer.js';
import { programmeFor } from '../programmes/registry.js';
import { anchorNamed } from '../runs/shown/anchor-named.js';
import { earlierRevisions } from '../runs/shown/earlier.js';
import { placeFor } from '../runs/shown/place.js';
import { shownRun } from '../runs/shown/shown-run.js';
import { languageOf } from '../text/language.js';
import { say } from '../words/say.js';

export interface StatementOptions {
  /** Where run folders are. */
  runs: string;
  anchor: string;
  /** The page to write; without it the statement is printed. */
  out?: string | undefined;
  lang?: string | undefined;
}

/** `settle statement RUN --anchor A`: what one anchor is paid, for people, from the run folder alone. */
export async function statementFor(
  run: string,
  options: StatementOptions,
  context: Context,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ answer: object; text: (paint: Paint) => string }> {
  const language = languageOf(options.lang, environment);
  const path = options.out === undefined ? null : placeFor('page', options.out);
  const { shown, manifest } = await shownRun(options.runs, run);
  const anchor = await anchorNamed(shown.dir, options.anchor);
  refuseOddId(anchor);
  const pages = await programmeFor(shown.policy).pages();
  context.progress('write', 'statement', 0, 0);
  const earlier = earlierRevisions(shown.dir, manifest);
  const { page, status, total } = await pages.statement(shown, { anchor, earlier });
  if (path !== null) writeNewFile(path, pageHtml(page));
  return {
    answer: { run_id: shown.run_id, run_dir: shown.dir, anchor_id: anchor, status, total, file: path },
    text: (paint) => (path === null ? pageText(page, language, paint) : `${path}\n`),
  };
}

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

function refuseOddId(id: string): void {
  if (ID.test(id)) return;
  throw new SettleError('usage', say('--{flag} {id} is not a valid id', { flag: 'anchor', id }), {
    mend: say("Give the {flag}'s id as the exports write it.", { flag: 'anchor' }),
  });
}
