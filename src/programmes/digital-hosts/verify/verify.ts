import { Differences } from '../../../verify/differences.js';
import { byteOrder, guarded } from '../../../verify/forms.js';
import { compareList, compareTotals, type OpenedLists, openLists } from '../../../verify/lists/lists.js';
import type { VerifyOptions, VerifyReport } from '../../../verify/report.js';
import {
  type Admission,
  fedBy,
  freezesOf,
  judge,
  judgingDay,
  type Known,
  type Listed,
  type Session,
  type Verdict,
} from './judged.js';
import { dueNotices } from './notices.js';
import { termsOf } from './terms.js';

/** The stranger: every digital session judged again, from the clauses and the folder's own inputs alone. */

const SESSIONS = 'inputs/digital_sessions.csv';
const ADMISSIONS = 'inputs/digital_admissions.csv';
const SUPPLIERS = 'inputs/digital_suppliers.csv';
const ACCOUNTS = 'inputs/live_accounts.csv';
const HEADERS = {
  'admissions.csv':
    'session_id,anchor_id,started_at,ended_at,merchant_id,merchant_kind,live_kind,supplier_id,listed,room_id,room,avatar_id,avatar,driver_id,driver,admitted,lacks,measures,frozen_from,frozen_to',
  'freezes.csv': 'session_id,anchor_id,merchant_id,from,to',
  'ineligible.csv': 'anchor_id,from,to,cause,clause',
  [ADMISSIONS]: 'admission_id,merchant_id,part,part_id,approved_at,withdrawn_at,source_file,source_line',
  [SESSIONS]:
    'session_id,anchor_id,started_at,ended_at,merchant_id,merchant_kind,live_kind,supplier_id,room_id,avatar_id,driver_id,human_driven,human_likeness,generated,generation_filed,source_file,source_line',
  [SUPPLIERS]: 'supplier_id,listed_from,listed_to,source_file,source_line',
  [ACCOUNTS]: 'anchor_id,merchant_id,source_file,source_line',
} as const;
type Rows = readonly (readonly string[])[];

export async function verifyRun(runDir: string, { most = 100 }: VerifyOptions = {}): Promise<VerifyReport> {
  const differences = new Differences(most);
  const files = Object.entries(HEADERS).map(([file, header]) => ({ file, header }));
  const opened = openLists(runDir, files, differences);
  const rows = opened === undefined ? 0 : check(opened, differences);
  const { list, count } = differences;
  const none = { anchors: 0, sessions: 0, statements: 0 };
  return { run_id: opened?.manifest.run_id ?? '', ...none, rows, differences: list, count };
}

function check({ manifest, policy, rows }: OpenedLists, differences: Differences): number {
  const terms = termsOf(policy, manifest.as_of, differences);
  if (terms === undefined) return 0;
  for (const [file, key] of [
    [SESSIONS, 1],
    [ADMISSIONS, 1],
    [SUPPLIERS, 2],
    [ACCOUNTS, 1],
  ] as const)
    holdSorted(file, key, rows(file), differences);
  const sessions = rows(SESSIONS).map(sessionOf);
  for (const session of sessions) {
    const day = judgingDay(session, terms);
    if (day < terms.from || day > terms.to)
      differences.add(SESSIONS, session.id, '', day, `${terms.from} to ${terms.to}`, 'D2');
  }
  const known = knownOf(rows);
  const verdicts = sessions.map((session) => judge(session, known, terms));
  const freezes = freezesOf(verdicts, known, terms).sort(byCells);
  const list = (file: 'admissions.csv' | 'freezes.csv', key: number, due: readonly string[][], clause: string) =>
    compareList(file, { header: HEADERS[file], key }, rows(file), due, differences, () => clause);
  list('admissions.csv', 1, verdicts.map(admissionRow), 'D5');
  list('freezes.csv', 2, freezes, 'D6');
  holdFed(rows('ineligible.csv'), fedBy(verdicts, freezes), differences);
  const told = rows('notices.csv').map(([code, , , subject, count]) => `${code} ${subject} ${count}`);
  const due = dueNotices(sessions, known, terms);
  differences.compare('notices.csv', '', '', told.join('\n'), due.join('\n'));
  compareTotals(manifest, totalsOf(verdicts, freezes), differences);
  return verdicts.length;
}

function totalsOf(verdicts: readonly Verdict[], freezes: Rows): Record<string, number> {
  return {
    digital_sessions: verdicts.length,
    unadmitted: verdicts.filter(({ lacks }) => lacks.length > 0).length,
    stopped: verdicts.filter(({ measures }) => measures.includes('stop')).length,
    accounts_frozen: new Set(freezes.map(([, anchor]) => anchor)).size,
  };
}

function sessionOf(cells: readonly string[]): Session {
  const [id = '', anchor = '', start = '', end = '', merchant = '', merchantKind = '', liveKind = ''] = cells;
  const [supplier = '', room = '', avatar = '', driver = '', ...flags] = cells.slice(7);
  const [humanDriven, humanLikeness, generated, filed] = flags.map((flag) => flag === 'Y');
  return {
    ...{ id, anchor, start, end, merchant, merchantKind, liveKind, supplier },
    things: { room, avatar, driver },
    humanDriven: humanDriven === true,
    humanLikeness: humanLikeness === true,
    generated: generated === true,
    filed: filed === true,
  };
}

function knownOf(rows: OpenedLists['rows']): Known {
  const accounts = new Map<string, string[]>();
  for (const [anchor = '', merchant = ''] of rows(ACCOUNTS))
    accounts.set(merchant, [...(accounts.get(merchant) ?? []), anchor]);
  return {
    admissions: rows(ADMISSIONS).map(
      ([id = '', merchant = '', part = '', thing = '', approved = '', withdrawn = '']): Admission => ({
        ...{ id, merchant, part, thing, approved, withdrawn },
      }),
    ),
    list: rows(SUPPLIERS).map(([supplier = '', from = '', to = '']): Listed => ({ supplier, from, to })),
    accounts,
  };
}

function admissionRow({ session, listed, states, lacks, measures, frozenTo }: Verdict): string[] {
  const { id, anchor, start, end, merchant, merchantKind, liveKind, supplier, things } = session;
  const thing = (part: string): string[] => [things[part] ?? '', states[part] ?? ''];
  return [
    ...[id, anchor, start, end, merchant, guarded(merchantKind), guarded(liveKind), supplier, listed ? 'Y' : 'N'],
    ...[...thing('room'), ...thing('avatar'), ...thing('driver')],
    ...[lacks.length === 0 ? 'Y' : 'N', lacks.map(([, what]) => what).join(';'), measures.join(';')],
    ...[frozenTo === '' ? '' : start, frozenTo],
  ];
}

/** Rows stand once each, in the order of the cells in front that name them. */
function holdSorted(file: string, key: number, rows: Rows, differences: Differences): void {
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    if (before !== undefined && byCells(before.slice(0, key), row.slice(0, key)) >= 0)
      differences.add(file, row.slice(0, key).join(' '), '', before.slice(0, key).join(' '), 'each key once, sorted');
  }
}

/** The rows have no name of their own: they are held against each other in their order. */
function holdFed(found: Rows, fed: readonly string[][], differences: Differences): void {
  const key = ([anchor = '', from = '', , cause = '', clause = '']: readonly string[]) => [anchor, from, cause, clause];
  const due = fed.toSorted((a, b) => byCells(key(a), key(b)));
  const text = (rows: Rows): string => rows.map((row) => row.join()).join('\n');
  differences.compare('ineligible.csv', '', '', text(found), text(due), 'D6');
}

function byCells(a: readonly string[], b: readonly string[]): number {
  return a.map((cell, at) => byteOrder(cell, b[at] ?? '')).find((order) => order !== 0) ?? 0;
}
