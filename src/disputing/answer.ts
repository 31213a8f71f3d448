import { resolve } from 'node:path';
import { refuseUnnamed } from '../closing/who.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { isSamePeriod } from '../core/programme.js';
import {
  type DisputeAnswer,
  disputePath,
  type KeptDispute,
  keepDisputeFile,
  keptDisputes,
} from '../disputes/kept-disputes.js';
import { literal, type Warehouse } from '../engine/duckdb/warehouse.js';
import { KINDS } from '../programmes/registry.js';
import { refuseMissing } from '../runs/known-at.js';
import { oneRun } from '../runs/which-runs.js';
import type { HoldOptions } from '../settings/run-options.js';
import { LONGEST_CLAIM } from '../verify/dispute/dispute.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import { say, tellIn } from '../words/say.js';

export interface AnswerOptions extends HoldOptions {
  out: string;
  by: string;
  accept?: boolean | undefined;
  refuse?: boolean | undefined;
  text: string;
  /** `FILE:LINE` of exports that were loaded. */
  row?: string[] | undefined;
  /** The run that pays. */
  run?: string | undefined;
}

/** `settle dispute answer ID`: once, with the rows that it stands on and, where it is accepted, the run that pays. */
export async function answerDispute(
  id: string,
  options: AnswerOptions,
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  refuseUnnamed(options.by);
  refuseUnclear(options);
  const out = resolve(options.out);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  return hold(file, [], options, context, async ({ warehouse }) => {
    const kept = disputeNamed(out, id);
    const rows = (options.row ?? []).map(rowOf);
    for (const row of rows) await refuseUnloaded(warehouse, row);
    const made: DisputeAnswer = {
      answered_at: beijingTime(context.clock()),
      answered_by: options.by,
      accepted: options.accept === true,
      text: options.text,
      rows,
      run_id: options.run === undefined ? null : paying(out, kept, options.run),
    };
    await keepDisputeFile(warehouse, out, disputePath(kept.id, 'answer'), made);
    const tell = tellIn(context.language);
    return {
      answer: { id: kept.id, ...made },
      text: () => `${tell('Dispute {id} is answered.', { id: kept.id })}\n`,
    };
  });
}

function refuseUnclear({ accept, refuse, text, run }: AnswerOptions): void {
  if ((accept === true) === (refuse === true))
    throw new SettleError('usage', say("it isn't said whether the dispute is accepted"), {
      mend: say('Give --accept or --refuse.'),
    });
  if ((accept === true) !== (run !== undefined))
    throw new SettleError(
      'usage',
      accept === true ? say("it isn't said which run pays") : say('what is refused is paid by no run'),
      {
        mend: say(
          'What is accepted is paid by a run: correct the exports, run the month again, and give that run with --run.',
        ),
      },
    );
  if (text.trim() !== '' && text.length <= LONGEST_CLAIM && !/[^\P{C}\n]/u.test(text)) return;
  throw new SettleError('usage', say('--text says nothing, or too much'), {
    mend: say('Give at most {LONGEST_CLAIM} characters: the agency reads them.', { LONGEST_CLAIM }),
  });
}

/** By its id, or as much of its beginning as only it has. */
function disputeNamed(out: string, id: string): KeptDispute {
  const found = keptDisputes(out).filter((kept) => kept.id.startsWith(id));
  const [kept] = found;
  if (kept === undefined || found.length > 1 || id === '')
    throw new SettleError('usage', say('{id} names no dispute, or several', { id }), {
      mend: say('Give the id that settle dispute list prints.'),
    });
  if (kept.answer === null) return kept;
  const { answered_by: by, answered_at: at } = kept.answer;
  throw new SettleError('differs', say('dispute {id} was answered by {by} at {at}', { id: kept.id, by, at }), {
    mend: say('An answer stands. What has come up since is a new dispute.'),
  });
}

function rowOf(text: string): DisputeAnswer['rows'][number] {
  const [, file, line] = /^(.+):([1-9]\d{0,9})$/.exec(text) ?? [];
  if (file !== undefined && line !== undefined) return { file, line: Number(line) };
  throw new SettleError('usage', say('--row {text} is no row', { text }), {
    mend: say('Give it as FILE:LINE, as settle explain prints it.'),
  });
}

/** An answer stands on what was loaded: of a file of that name, a row that was kept. Whom money is sent to is nobody's to read. */
async function refuseUnloaded(warehouse: Warehouse, { file, line }: DisputeAnswer['rows'][number]): Promise<void> {
  const tables = [
    ...KINDS.filter(({ name }) => name !== 'payees').map(({ table }) => table),
    'unsound_row',
    'collapsed_row',
  ];
  const rows = tables.map((table) => `SELECT file_no FROM ${table} WHERE line = ${line}`).join(' UNION ALL ');
  const found = await warehouse.count(
    `SELECT count(*) FROM (${rows}) r JOIN export_file f USING (file_no) WHERE f.file = ${literal(file)}`,
  );
  if (found > 0) return;
  throw new SettleError('usage', say('no row {file}:{line} was loaded', { file, line }), {
    file,
    mend: say('Load the corrected export first. settle explain prints the rows that count.'),
  });
}

/** Another run of the same programme and period. */
function paying(out: string, kept: KeptDispute, word: string): string {
  const { manifest } = oneRun(out, word);
  if (isSamePeriod(manifest, kept) && manifest.run_id !== kept.dispute.run_id) return manifest.run_id;
  throw new SettleError('usage', say('run {run} does not pay what is disputed', { run: manifest.run_id }), {
    mend: say('Give a later run of the same month: it pays the difference.'),
  });
}
