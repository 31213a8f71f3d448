import { join } from 'node:path';
import type { Context } from '../context/context.js';
import { isDate } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { writeNewFile } from '../disk/new-file.js';
import type { Manifest } from '../emit/manifest.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { writeExportColumns } from '../notices/tables.js';
import { pageHtml } from '../page/html.js';
import { loadPolicy } from '../policy/load-policy.js';
import { writePolicyTables } from '../policy/tables.js';
import type { Explainer, Paint } from '../programmes/interface/explainer.js';
import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';
import type { Pinned } from '../rules/pinned.js';
import { runRules, SHARED } from '../rules/rules.js';
import { loadThatKnew, refuseMissing } from '../runs/known-at.js';
import { refuseOtherFigures } from '../runs/published-row.js';
import { anchorNamed } from '../runs/shown/anchor-named.js';
import { placeFor } from '../runs/shown/place.js';
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
    const explained = await explainer.explain(warehouse, about, options);
    if (path !== undefined) writeNewFile(path, pageHtml(explained.page()));
    const text = (paint: Paint): string => (path === undefined ? explained.text(language, paint) : `${path}\n`);
    return { answer: explained.answer(language), text };
  });
}

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

function refuseWrongUse({ anchor, date, session }: ExplainOptions): void {
  if (anchor === undefined && session === undefined) {
    throw new SettleError('usage', say("required option '{flag}' not specified", { flag: '--anchor <id>' }), {
      mend: say('Give the anchor with --anchor, or a session with --session. See settle explain --help.'),
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
  const knownLoad = await loadThatKnew(warehouse, manifest.inputs);
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
