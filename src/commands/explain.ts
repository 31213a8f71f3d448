import { dirname, join } from 'node:path';
import type { Context } from '../context/context.js';
import { isDate } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { writeNewFile } from '../disk/new-file.js';
import { disputesAbout } from '../disputing/about.js';
import type { Manifest } from '../emit/manifest.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { writeExportColumns } from '../notices/tables.js';
import { pageHtml } from '../page/html.js';
import { pageText, sectionsText } from '../page/text.js';
import { loadPolicy } from '../policy/load-policy.js';
import { writePolicyTables } from '../policy/tables.js';
import type { Explainer, Paint } from '../programmes/interface/explainer.js';
import type { PaidBefore } from '../programmes/interface/pages.js';
import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';
import type { Pinned } from '../rules/pinned.js';
import { runRules, SHARED } from '../rules/rules.js';
import { loadThatKnew, refuseMissing } from '../runs/known-at.js';
import { refuseOtherFigures } from '../runs/published-row.js';
import { agencyNamed, anchorNamed } from '../runs/shown/anchor-named.js';
import { earlierRevisions } from '../runs/shown/earlier.js';
import { placeFor } from '../runs/shown/place.js';
import { agencyAsked, shownRun } from '../runs/shown/shown-run.js';
import { oneRun } from '../runs/which-runs.js';
import type { HoldOptions } from '../settings/run-options.js';
import { pinnedFor } from '../settle/closed/pinned-by-close.js';
import { languageOf } from '../text/language.js';
import { holdReading, warehouseFile } from '../warehouse/hold.js';
import { say } from '../words/say.js';

export interface ExplainOptions extends HoldOptions {
  out: string;
  /** Left out where a session is asked for: then the one that its row names. */
  anchor?: string | undefined;
  date?: string | undefined;
  session?: string | undefined;
  /** What may be sent to this agency: what is somebody else's is withheld. */
  forAgency?: string | undefined;
  lang?: string | undefined;
  /** The page to write; without it the explanation is printed. */
  page?: string | undefined;
}

/**
 * `settle explain RUN --anchor A`, or `--session S`: clause by clause how an amount came about. The anchor is settled again, as the run
 * knew it, by the rules themselves; nothing is kept, and the figures must be those that the run published.
 */
export async function explain(
  run: string,
  options: ExplainOptions,
  context: Context,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ answer: object; text: (paint: Paint) => string }> {
  const language = languageOf(options.lang, environment);
  refuseWrongUse(options);
  const path = options.page === undefined ? undefined : placeFor('page', options.page);
  const { dir, manifest } = oneRun(options.out, run);
  const anchorAsked = options.anchor === undefined ? undefined : await anchorNamed(dir, options.anchor);
  refuseNoId('anchor', anchorAsked);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const reading = policyOf(dir, manifest);
  reading.catch(() => undefined); // is awaited below, or the warehouse has failed before
  return holdReading(file, {}, options, context, async ({ warehouse, scratch }) => {
    const policy = await reading;
    const explainer = await programmeFor(policy).explainer();
    const published = { policy, manifest, pinned: pinnedFor(dir, manifest, scratch), explainer };
    const anchor = await settleAnchor(warehouse, published, { ...options, anchor: anchorAsked }, context);
    await refuseOtherFigures(warehouse, programmeFor(policy), dir, manifest, anchor);
    const { run_id, period, as_of } = manifest;
    const about = { run_id, policy: manifest.policy.id, period, as_of, anchor_id: anchor };
    const explained = await explainer.explain(warehouse, about, {
      ...options,
      forAgency: agencyAsked(options.forAgency),
    });
    const paid =
      isWhole(options) && manifest.restates !== undefined ? await paidBefore(options.out, run, anchor) : NONE;
    const { date, session } = options;
    const asked = { anchor, date, session, forAgency: agencyAsked(options.forAgency) };
    const disputed = disputesAbout(dirname(dirname(dir)), manifest, asked);
    const further = [...paid.sections, ...disputed.sections];
    if (path !== undefined) {
      const page = explained.page();
      writeNewFile(path, pageHtml({ ...page, sections: [...page.sections, ...further] }));
    }
    const below = (paint: Paint): string => (further.length === 0 ? '' : `\n${sectionsText(further, language, paint)}`);
    const text = (paint: Paint): string =>
      path === undefined ? `${explained.text(language, paint)}${below(paint)}` : `${path}\n`;
    return { answer: { ...explained.answer(language), ...paid.answer, ...disputed.answer }, text };
  });
}

const NONE: PaidBefore = { sections: [], answer: {} };

const isWhole = ({ date, session }: ExplainOptions): boolean => date === undefined && session === undefined;

/** Of a run that restates a closed one: what was paid before, and what is due now, from the run folder. */
async function paidBefore(out: string, run: string, anchor: string): Promise<PaidBefore> {
  const { shown, manifest } = await shownRun(out, run);
  const pages = await programmeFor(shown.policy).pages();
  const paid = await pages.paid(shown, { anchor, earlier: earlierRevisions(shown.dir, manifest) });
  return { ...paid, answer: { restated: paid.answer } };
}

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

function refuseWrongUse({ anchor, date, session }: ExplainOptions): void {
  if (anchor === undefined && session === undefined) {
    throw new SettleError('usage', say("required option '{flag}' not specified", { flag: '--anchor <id>' }), {
      mend: say(
        'Give the anchor with --anchor, an agency with --agency, or a session with --session. See settle explain --help.',
      ),
    });
  }
  if (date !== undefined && session !== undefined) {
    throw new SettleError('usage', say('--date and --session were both given'), {
      mend: say('Give one of them, or neither.'),
    });
  }
  if (date !== undefined && !isDate(date)) {
    throw new SettleError('usage', say('--date {date} is not a valid date', { date }), {
      mend: say('Give a date as YYYY-MM-DD, e.g. --date 2023-11-14.'),
    });
  }
  refuseNoId('session', session);
}

/** A nickname that nobody has is no id either. */
function refuseNoId(flag: string, id: string | undefined): void {
  if (id === undefined || ID.test(id)) return;
  throw new SettleError('usage', say('--{flag} {id} is not a valid id', { flag, id }), {
    mend: say("Give the {flag}'s id as the exports write it.", { flag }),
  });
}

/** The run folder's policy, which must be the one that the run was settled by. It is read while the warehouse opens. */
async function policyOf(dir: string, manifest: Manifest): Promise<Policy> {
  const file = join(dir, 'policy.yaml');
  const { policy, sha256 } = await loadPolicy(file);
  if (sha256 === manifest.policy.sha256) return policy;
  throw new SettleError('differs', say('{file} is not the policy that the run was settled by', { file }), {
    file,
    mend: say('To see what was changed: settle verify {dir}', { dir }),
  });
}

/** The rules, over what concerns the anchor alone. Gives the anchor; blank where the row of the session shows none. */
async function settleAnchor(
  warehouse: Warehouse,
  { policy, manifest, pinned, explainer }: { policy: Policy; manifest: Manifest; pinned: Pinned; explainer: Explainer },
  { anchor: asked, session }: ExplainOptions,
  context: Context,
): Promise<string> {
  const knownLoad = await loadThatKnew(warehouse, manifest);
  await warehouse.run('BEGIN'); // nothing is kept, and many small statements are quicker in one transaction
  await writePolicyTables(warehouse, policy, { asOf: manifest.as_of, knownLoad, pinned });
  await writeExportColumns(warehouse);
  await runRules(warehouse, SHARED, () => undefined, { wanted: ['active_file'], given: [] });
  const anchor = asked ?? (await anchorOf(warehouse, session ?? '', manifest));
  await explainer.narrow(warehouse, anchor, session);
  const progress = (rule: string, done: number, total: number): void => context.progress('settle', rule, done, total);
  await runRules(warehouse, programmeFor(policy), progress, { wanted: explainer.wanted, given: [] });
  return anchor;
}

/** Whose session it is: of a sound row that stands, else of a faulty one, the latest of either. */
async function anchorOf(warehouse: Warehouse, session: string, { run_id }: Manifest): Promise<string> {
  await runRules(warehouse, SHARED, () => undefined, { wanted: ['unsound_record'], given: [] });
  const rows = await warehouse.rows(`SELECT anchor_id FROM (
      SELECT 1 AS sound, s.file_no, s.line, s.anchor_id FROM session_row AS s WHERE s.session_id = ${literal(session)}
      UNION ALL
      SELECT 0, u.file_no, u.line, u.anchor_id FROM unsound_record AS u WHERE u.session_id = ${literal(session)}) AS r
    JOIN active_file AS f ON f.file_no = r.file_no AND f.kind = 'sessions'
    ORDER BY sound DESC, anchor_id IS NULL, r.file_no DESC, r.line LIMIT 1`);
  const [row] = rows;
  if (row !== undefined) return row.anchor_id ?? '';
  throw new SettleError('usage', say('{session} is in no sessions file of run {run_id}', { session, run_id }), {
    mend: say('Give a session_id of sessions.csv or unsettled.csv; ragged rows show none, see quarantine.csv.'),
  });
}

/** `settle explain RUN --of ID`: what became of one of whom the rows are, by a programme that pays nobody, from the run folder alone. */
export async function explainSubject(
  run: string,
  options: ExplainOptions & { of: string; agency?: string | undefined },
  context: Context,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ answer: object; text: (paint: Paint) => string }> {
  const language = languageOf(options.lang, environment);
  const { agency, anchor, date, session, forAgency } = options;
  if ([agency, anchor, date, session, forAgency].some((asked) => asked !== undefined))
    throw new SettleError('usage', say('--of was given with --anchor, --agency, --date, --session or --for-agency'), {
      mend: say('Give --of alone.'),
    });
  const path = options.page === undefined ? undefined : placeFor('page', options.page);
  const { shown, manifest } = await shownRun(options.out, run);
  const { subject } = await programmeFor(shown.policy).pages();
  const { run_id, as_of } = shown;
  if (subject === undefined)
    throw new SettleError('usage', say('run {run_id} is explained anchor by anchor, not with --of', { run_id }), {
      mend: say('Give the anchor with --anchor, or an agency with --agency.'),
    });
  context.progress('write', 'explanation', 0, 0);
  const { page, answer } = await subject(shown, { id: options.of });
  if (path !== undefined) writeNewFile(path, pageHtml(page));
  return {
    answer: { run_id, policy: manifest.policy.id, period: manifest.period, as_of, ...answer },
    text: () => (path === undefined ? pageText(page, language, (_, text) => text) : `${path}\n`),
  };
}

/** `settle explain RUN --agency ID`: how an agency's amount came about, from the run folder alone. */
export async function explainAgency(
  run: string,
  options: ExplainOptions & { agency: string },
  context: Context,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ answer: object; text: (paint: Paint) => string }> {
  const language = languageOf(options.lang, environment);
  if ([options.anchor, options.date, options.session, options.forAgency].some((asked) => asked !== undefined))
    throw new SettleError('usage', say('--agency was given with --anchor, --date, --session or --for-agency'), {
      mend: say('An agency is explained as a whole: give --agency alone, or one of its anchors with --anchor.'),
    });
  const path = options.page === undefined ? undefined : placeFor('page', options.page);
  const { shown, manifest } = await shownRun(options.out, run);
  const pages = await programmeFor(shown.policy).pages();
  context.progress('write', 'explanation', 0, 0);
  const earlier = earlierRevisions(shown.dir, manifest);
  const agency = agencyAsked(await agencyNamed(shown.dir, options.agency)) ?? '';
  const { page, answer } = await pages.agency(shown, { agency, earlier });
  if (path !== undefined) writeNewFile(path, pageHtml(page));
  const { run_id, as_of } = shown;
  return {
    answer: { run_id, policy: manifest.policy.id, period: manifest.period, as_of, ...answer },
    text: (paint) => (path === undefined ? pageText(page, language, paint) : `${path}\n`),
  };
}
