import { resolve } from 'node:path';
import { refuseUnnamed } from '../closing/who.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { EXIT, SettleError } from '../core/errors.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { type Acceptance, holdAccepted, readAccepted, writeAccepted } from '../notices/accepted.js';
import { noticeText } from '../notices/notice-text.js';
import { openOf, type Told } from '../notices/open.js';
import { readPlaceNotices } from '../notices/place-notices.js';
import { noticesIn } from '../notices/read-notices.js';
import { refuseMissing } from '../runs/known-at.js';
import type { Published } from '../runs/published.js';
import { quarantinedRows } from '../runs/quarantined-rows.js';
import { oneRun } from '../runs/which-runs.js';
import type { HoldOptions } from '../settings/run-options.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { type Held, hold, holdReading, type Opened, warehouseFile } from '../warehouse/hold.js';
import type { Language, Wording } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

export interface AcceptOptions extends HoldOptions {
  out: string;
  by: string;
  note?: string | undefined;
  all?: boolean | undefined;
  /** `CODE` or `CODE:SUBJECT`, of notices and of quarantined rows. */
  only?: string[] | undefined;
  /** Notices of the place instead of a run's. */
  place?: boolean | undefined;
  dryRun?: boolean | undefined;
}

/**
 * `settle accept RUN`: somebody has looked at attention notices and quarantined rows, and they are to be asked about no
 * more. It prints what it accepts, then writes `accepted.json` beside the runs and into the warehouse. Exit 2 where
 * nothing of the kind is open.
 */
export async function accept(
  run: string | undefined,
  options: AcceptOptions,
  context: Context,
): Promise<{ exit: number; answer: object; text: () => string }> {
  refuseUnnamed(options.by);
  refuseUnclear(run, options);
  const out = resolve(options.out);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  const published = run === undefined ? undefined : oneRun(out, run);
  const dry = options.dryRun === true;
  const folders = published === undefined ? [] : [published.dir];
  const show = async ({ warehouse }: Opened): Promise<{ accepted: Acceptance[]; made: Acceptance }> => {
    const accepted = await readAccepted(warehouse, out);
    const chosen = choose(openOf(await toldOf(warehouse, published), accepted), options.only);
    context.say(textOf(chosen, options.by, dry, context.language));
    return { accepted, made: acceptanceOf(chosen, published, options, context) };
  };
  const { made } = dry
    ? await holdReading(file, { folders }, options, context, show)
    : await hold(file, folders, options, context, async (held) => {
        const shown = await show(held);
        const { notices, rows } = shown.made;
        if (notices.length + rows.length > 0) await keepAccepted(held, out, [...shown.accepted, shown.made]);
        return shown;
      });
  return { exit: EXIT.done, answer: { ...made, dry_run: dry }, text: () => '' };
}

function refuseUnclear(run: string | undefined, { all, only, place }: AcceptOptions): void {
  const faults: [boolean, Wording, Wording][] = [
    [
      run !== undefined && place === true,
      say('a run and --place were both given'),
      say('Accept those of the run and of the place one after the other.'),
    ],
    [
      run === undefined && place !== true,
      say("missing required argument '{name}'", { name: 'run' }),
      say('Give a run id that "settle runs" shows, or --place.'),
    ],
    [all === true && only !== undefined, say('--all and --only were both given'), say('Give one of them.')],
    [
      all !== true && only === undefined,
      say('neither --all nor --only was given'),
      say('Give --all, or --only CODE or CODE:SUBJECT, which may be repeated.'),
    ],
  ];
  const fault = faults.find(([holds]) => holds);
  if (fault !== undefined) throw new SettleError('usage', fault[1], { mend: fault[2] });
}

async function toldOf(warehouse: Warehouse, run: Published | undefined): Promise<Told> {
  if (run === undefined) return { notices: await readPlaceNotices(warehouse), rows: [] };
  const notices = noticesIn(run.dir);
  if (notices !== undefined) return { notices, rows: await quarantinedRows(warehouse, run.dir, run.manifest) };
  throw new SettleError(
    'differs',
    say('{dir} has no notices.csv: it was settled by an older build', { dir: run.dir }),
    {
      file: run.dir,
      mend: say('Run the month again, and accept what that run tells.'),
    },
  );
}

/** What is meant: everything that is open, or what a code names, alone or with its subject, file or column. */
function choose(open: Told, only: readonly string[] | undefined): Told {
  if (only === undefined) return open;
  const wanted = only.map((text) => {
    const at = text.indexOf(':');
    return at < 0 ? { code: text } : { code: text.slice(0, at), about: text.slice(at + 1) };
  });
  const means = (code: string, ...about: string[]): ((each: (typeof wanted)[number]) => boolean) => {
    return (each) => each.code === code && (each.about === undefined || about.includes(each.about));
  };
  const chosen = {
    notices: open.notices.filter(({ code, subject, file }) =>
      wanted.some(means(code, subject, file, `${file};${subject}`)),
    ),
    rows: open.rows.filter(({ code, file, column }) => wanted.some(means(code, file, column))),
  };
  for (const [at, each] of wanted.entries()) {
    const found =
      chosen.notices.some(({ code, subject, file }) => means(code, subject, file, `${file};${subject}`)(each)) ||
      chosen.rows.some(({ code, file, column }) => means(code, file, column)(each));
    if (!found) throw nothingOpen(only[at] as string, open);
  }
  return chosen;
}

function nothingOpen(asked: string, { notices, rows }: Told): SettleError {
  const codes = [...new Set([...notices, ...rows].map(({ code }) => code))].sort();
  return new SettleError('usage', say('nothing that is open is called {asked}', { asked }), {
    mend:
      codes.length === 0 ? say('Nothing is open: everything was accepted before.') : say('Open: {codes}.', { codes }),
  });
}

function acceptanceOf(
  { notices, rows }: Told,
  run: Published | undefined,
  { by, note }: AcceptOptions,
  { clock }: Context,
): Acceptance {
  const once = new Map(
    rows.map(({ kind, code, column, record }) => [
      `${kind} ${code} ${column} ${record}`,
      { kind, code, column, record },
    ]),
  );
  return {
    accepted_at: beijingTime(clock()),
    accepted_by: by,
    note: note ?? '',
    run_id: run?.manifest.run_id ?? null,
    notices: notices.map(({ code, file, subject, count, value }) => ({ code, file, subject, count, value })),
    rows: [...once.values()],
  };
}

/** The warehouse first, which knows transactions; what only it holds is written into the file by the next acceptance. */
async function keepAccepted({ warehouse, keep }: Held, out: string, all: readonly Acceptance[]): Promise<void> {
  await warehouse.run('BEGIN TRANSACTION');
  await holdAccepted(warehouse, all);
  await keep();
  writeAccepted(out, all);
}

function textOf({ notices, rows }: Told, by: string, dry: boolean, language: Language = 'en'): string {
  const tell = tellIn(language);
  if (notices.length + rows.length === 0) return `${tell('Nothing is open: everything was accepted before.')}\n`;
  const lines = [
    ...notices.map((notice) =>
      tell('  {code}: {message}', { code: notice.code, message: noticeText(notice, language) }),
    ),
    ...rows.map(({ file, line, column, code }) =>
      tell('  {file}, line {line}{column}: {code}', {
        file,
        line,
        column: column === '' ? '' : say(', {column}', { column }),
        code,
      }),
    ),
  ];
  const values = {
    by,
    notices: countOf(notices.length, '{n} notice', '{n} notices'),
    faults: countOf(rows.length, '{n} fault', '{n} faults'),
  };
  const head = dry
    ? tell('Would be accepted by {by}: {notices}, {faults} of quarantined rows', values)
    : tell('Accepted by {by}: {notices}, {faults} of quarantined rows', values);
  return `${[head, ...lines].map(printableLine).join('\n')}\n`;
}
