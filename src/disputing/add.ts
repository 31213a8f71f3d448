import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { closeIn } from '../close/close-file.js';
import { refuseUnnamed } from '../closing/who.js';
import type { Context } from '../context/context.js';
import { beijingTime } from '../core/beijing.js';
import { SettleError } from '../core/errors.js';
import { programmeOf } from '../core/programme.js';
import { disputePath, keepDisputeFile, keptDisputes, type TakenDispute } from '../disputes/kept-disputes.js';
import { unitKey } from '../packet/rows/share-out.js';
import { runShares } from '../packet/run-shares.js';
import { loadPolicy } from '../policy/load-policy.js';
import { programmeFor } from '../programmes/registry.js';
import { refuseMissing } from '../runs/known-at.js';
import { type Published, publishedBelow } from '../runs/published.js';
import type { HoldOptions } from '../settings/run-options.js';
import { printableLine } from '../text/terminal.js';
import { type Dispute, disputeId, wrongInDispute } from '../verify/dispute/dispute.js';
import { cellsOfRecord } from '../verify/packet/facts.js';
import { hold, warehouseFile } from '../warehouse/hold.js';
import type { Wording } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

export interface AddOptions extends HoldOptions {
  out: string;
  by: string;
}

const unitSaid = ({ kind, id }: Dispute['unit']): Wording =>
  kind === 'agency' ? say('agency {id}', { id }) : say('anchor {id}', { id });

/** A dispute is a few sentences. */
const LARGEST = 1 << 16;

/** `settle dispute add FILE`: takes a dispute in. Exit 3 where the file is none, or not of rows that its sender was given. */
export async function addDispute(
  path: string,
  options: AddOptions,
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  refuseUnnamed(options.by);
  const dispute = disputeIn(path);
  const out = resolve(options.out);
  const run = await runDisputed(out, dispute, path);
  const file = warehouseFile(options.warehouse, options.out);
  refuseMissing(file);
  return hold(file, [], options, context, async ({ warehouse }) => {
    const id = disputeId(dispute);
    const known = keptDisputes(out).find((kept) => kept.id === id);
    const { policy, period } = run.manifest;
    const taken: TakenDispute = {
      received_at: beijingTime(context.clock()),
      received_by: options.by,
      programme: programmeOf(run.manifest),
      policy: { id: policy.id },
      period,
      dispute,
    };
    if (known === undefined) await keepDisputeFile(warehouse, out, disputePath(id, 'dispute'), taken);
    const tell = tellIn(context.language);
    const values = { id, unit: unitSaid(dispute.unit), at: known?.received_at ?? '' };
    return {
      answer: { id, ...(known ?? taken), known: known !== undefined },
      text: () =>
        `${
          known === undefined
            ? tell('Dispute {id} of {unit} is kept. To answer it: settle dispute answer {id} --by NAME', values)
            : tell('Dispute {id} of {unit} is kept since {at}; nothing was changed.', values)
        }\n`,
    };
  });
}

function disputeIn(path: string): Dispute {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true)
    throw new SettleError('usage', say('there is no dispute {path}', { path }), {
      file: path,
      mend: say('Give the file that the agency sent.'),
    });
  if (stat.size > LARGEST) throw refused(path, say('it is larger than a dispute can be'));
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw refused(path, say('it is no JSON'));
  }
  const key = wrongInDispute(value);
  if (key !== undefined)
    throw refused(path, say('{key} is missing, unknown or of another form', { key: printableLine(key) }));
  return value as Dispute;
}

function refused(path: string, what: Wording): SettleError {
  return new SettleError('input', say('{path} is no dispute that can be taken in: {what}', { path, what }), {
    file: path,
    mend: say('Nothing was kept. Ask the agency to make it again from its packet: settle dispute new.'),
  });
}

/** The run that it disputes, which must be here, closed with the root that it names, and have its sender's rows. */
async function runDisputed(out: string, dispute: Dispute, path: string): Promise<Published> {
  const { unit, run_id, root, anchor_id, session_id, date } = dispute;
  const run = publishedBelow(out).find(({ manifest }) => manifest.run_id === run_id);
  if (run === undefined) throw refused(path, say('there is no run {run}', { run: run_id }));
  const { dir, manifest } = run;
  const [closed] = closeIn(dir);
  if (root !== null && closed?.close.packets?.root !== root)
    throw refused(path, say('run {run} was not closed with the root that it names', { run: run_id }));
  const { policy } = await loadPolicy(join(dir, 'policy.yaml'));
  const packets = await programmeFor(policy).packets?.();
  if (packets === undefined)
    throw refused(path, say('there are no packets by the rules {rules}', { rules: policy.rules }));
  const made = runShares(dir, { manifest, rules: policy.rules }, packets);
  try {
    const own = made.shares.units.get(unitKey(unit));
    if (own?.groups.has(anchor_id) !== true)
      throw refused(
        path,
        say('run {run} has no row of {anchor} for {unit}', {
          run: run_id,
          anchor: anchor_id,
          unit: unitSaid(unit),
        }),
      );
  } finally {
    made.reader.close();
  }
  if (date !== null && (date < manifest.period.from || date > manifest.period.to))
    throw refused(path, say('{date} is no day of {from} to {to}', { date, ...manifest.period }));
  const streamed = session_id === null ? undefined : anchorOfSession(dir, session_id);
  if (streamed !== undefined && streamed !== anchor_id)
    throw refused(
      path,
      say('session {session} is not one of {anchor}', { session: session_id ?? '', anchor: anchor_id }),
    );
  return run;
}

/** By sessions.csv, whose first column is the session's id; undefined: it is not settled there, which may be what is disputed. */
function anchorOfSession(dir: string, session: string): string | undefined {
  const bytes = readFileSync(join(dir, 'sessions.csv'));
  const from = bytes.indexOf(`\n${session},`);
  if (from < 0) return undefined;
  const record = bytes.toString('utf8', from + 1, bytes.indexOf('\n', from + 1));
  const columns = cellsOfRecord(bytes.toString('utf8', 0, bytes.indexOf('\n')));
  return cellsOfRecord(record)[columns.indexOf('anchor_id')];
}
