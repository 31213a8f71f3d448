import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Differences } from '../differences.js';
import { isDay, isTime } from '../forms.js';
import { type Dispute, disputeId, wrongInDispute } from './dispute.js';

/** What agencies dispute, beside the runs: its form, the close that it is of, and that whatever packets show of it is there. */
export const DISPUTES = '_disputes';

type Fields = Record<string, unknown>;

const ID = /^[0-9a-f]{16}$/;
const RUN_ID = /^\d{4}-\d{2}-\d{2}-[0-9a-f]{16}$/;

/** Gives how many disputes there are. `closes`: what each `close.json` says. */
export function checkKeptDisputes(out: string, closes: readonly Fields[], differences: Differences): number {
  const root = join(out, DISPUTES);
  const names = existsSync(root) ? readdirSync(root).filter((name) => !name.startsWith('.')) : [];
  const answered = new Map<string, boolean>();
  for (const name of names.sort()) {
    const folder = `${DISPUTES}/${name}`;
    const [dispute, answer] = ['dispute.json', 'answer.json'].map((file) => join(out, folder, file)) as [
      string,
      string,
    ];
    if (!ID.test(name)) differences.add(folder, '', '', 'another name', 'the id of a dispute');
    else if (existsSync(dispute)) {
      checkTaken(`${folder}/dispute.json`, name, fieldsIn(dispute), closes, differences);
      if (existsSync(answer)) checkAnswer(`${folder}/answer.json`, fieldsIn(answer), differences);
      answered.set(name, existsSync(answer));
    } else if (existsSync(answer)) differences.add(`${folder}/answer.json`, '', '', 'an answer', 'a dispute beside it');
  }
  for (const close of closes) checkShown(close, answered, differences);
  return answered.size;
}

function fieldsIn(path: string): Fields {
  try {
    return Object(JSON.parse(readFileSync(path, 'utf8'))) as Fields;
  } catch {
    return {};
  }
}

type Ask = (column: string, found: unknown, holds: boolean, expected: string) => void;

const asking =
  (file: string, differences: Differences): Ask =>
  (column, found, holds, expected) => {
    if (!holds)
      differences.add(file, '', column, typeof found === 'string' ? found : JSON.stringify(found ?? null), expected);
  };

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTimeText = (value: unknown): boolean => typeof value === 'string' && isTime(value);

function checkTaken(file: string, id: string, said: Fields, closes: readonly Fields[], differences: Differences): void {
  const ask = asking(file, differences);
  const { received_at, received_by, programme, policy, period, dispute } = said;
  ask('received_at', received_at, isTimeText(received_at), 'a time');
  ask('received_by', received_by, isText(received_by), 'a name');
  ask('programme', programme, isText(programme), 'a programme');
  ask('policy', policy, isText((Object(policy) as Fields).id), 'the id of a policy');
  const { from, to } = Object(period) as Fields;
  ask(
    'period',
    period,
    [from, to].every((day) => typeof day === 'string' && isDay(day)),
    'the first and the last day',
  );
  const wrong = wrongInDispute(dispute);
  ask('dispute', wrong, wrong === undefined, 'a dispute');
  if (wrong !== undefined) return;
  const { run_id, root } = dispute as Dispute;
  const own = disputeId(dispute as Dispute);
  ask('dispute', own, own === id, id);
  if (root === null) return;
  const close = closes.find((each) => each.run_id === run_id);
  const closed = (Object(close?.packets) as Fields).root;
  ask(
    'root',
    root,
    root === closed,
    typeof closed === 'string' ? closed : 'no root, as the run is not closed with one',
  );
}

function checkAnswer(file: string, said: Fields, differences: Differences): void {
  const ask = asking(file, differences);
  const { answered_at, answered_by, accepted, text, rows, run_id } = said;
  ask('answered_at', answered_at, isTimeText(answered_at), 'a time');
  ask('answered_by', answered_by, isText(answered_by), 'a name');
  ask('text', text, isText(text), 'what was answered');
  ask('accepted', accepted, typeof accepted === 'boolean', 'true or false');
  const areRows =
    Array.isArray(rows) &&
    rows.every((row: Fields) => isText(row?.file) && Number.isSafeInteger(row.line) && Number(row.line) > 0);
  ask('rows', rows, areRows, 'a file and a line each');
  const isPaying = accepted === true ? typeof run_id === 'string' && RUN_ID.test(run_id) : run_id === null;
  ask('run_id', run_id, isPaying, accepted === true ? 'the run that pays' : 'null, as nothing was accepted');
}

/** Without what a close's packets show of disputes, they can't be made again. */
function checkShown(
  { run_id, packets }: Fields,
  answered: ReadonlyMap<string, boolean>,
  differences: Differences,
): void {
  const { disputes } = Object(packets) as Fields;
  for (const each of Array.isArray(disputes) ? disputes : []) {
    const { id, answered: isAnswered } = Object(each) as Fields;
    const found = answered.get(String(id));
    if (found === true || (found === false && isAnswered !== true)) continue;
    const lacks = found === undefined ? 'dispute' : 'answer';
    differences.add(`${DISPUTES}/${id}/${lacks}.json`, '', '', `no ${lacks}`, `one, which packets of ${run_id} show`);
  }
}
