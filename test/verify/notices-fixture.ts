import { join } from 'node:path';
import { fromCsv, type Manifest, read } from '../support/case-run.js';

/**
 * The notices that a run folder shows by itself, worked out from the contract's table as plainly as it can be done, with
 * nothing of the program and nothing of the verification.
 */

type Row = Record<string, string>;

const HEADER = ['code', 'severity', 'file', 'subject', 'count', 'value', 'message'];
const CONTRACT_KINDS = [
  ...['recorded', 'idle', 'multi_stream', 'vulgar', 'off_value', 'fake_trade', 'duplicate_account'],
  'agency_clustering',
];
/** The reader of the build that the fixture stands for. */
export const READER = 2;

interface Policy {
  period: { from: string };
  scope: { account_kinds: string[] };
  valid_session: { invalidating_penalties: string[] | { dated: { value: string[] }[] } };
  disqualification: { penalties: { kinds: string[] }[] };
}

function table(run: string, file: string): Row[] {
  const [header = [], ...rows] = fromCsv(read(join(run, file)));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

function grouped(rows: readonly Row[], key: (row: Row) => string): [key: string, rows: Row[]][] {
  return [...new Set(rows.map(key))].map((one) => [one, rows.filter((row) => key(row) === one)]);
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const guarded = (text: string): string => (/^[=+\-@]/.test(text) ? `'${text}` : text);
/** A line from its cells but the message. */
const line = (...cells: string[]): string[] => [...cells, `what was seen: ${cells[0]}`];

function daysWithout(sessions: readonly Row[], from: string, to: string): string[][] {
  const dates: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    dates.push(new Date(at).toISOString().slice(0, 10));
  const silent = dates.filter((date) => sessions.every((row) => row.settlement_date !== date));
  return silent.map((date) => line('day_without_sessions', 'attention', '', date, '', ''));
}

/** Every pair of an anchor's valid sessions is looked at. */
function overlaps(valid: readonly Row[]): string[][] {
  return grouped(valid, (row) => `${row.anchor_id}`).flatMap(([anchor, some]) => {
    const rows = some.sort((a, b) => byBytes(`${a.started_at} ${a.session_id}`, `${b.started_at} ${b.session_id}`));
    const pairs = rows.flatMap((row, i) => {
      const earlier = rows.slice(0, i).filter((one) => `${one.ended_at}` > `${row.started_at}`);
      const last = earlier.sort((a, b) => byBytes(`${b.ended_at}`, `${a.ended_at}`))[0];
      const twin = rows
        .slice(0, i)
        .find((one) => one.started_at === row.started_at && one.ended_at === row.ended_at && earlier.includes(one));
      return last === undefined ? [] : [{ id: row.session_id, last: last.session_id, twin: twin?.session_id }];
    });
    const told = pairs.find(({ twin }) => twin !== undefined) ?? pairs[0];
    if (told === undefined) return [];
    const value = `${told.twin ?? told.last};${told.id}`;
    return [line('sessions_overlap', 'attention', '', anchor, String(pairs.length), value)];
  });
}

function longDays(valid: readonly Row[]): string[][] {
  return grouped(valid, (row) => `${row.anchor_id};${row.settlement_date}`).flatMap(([day, rows]) => {
    const seconds = rows.reduce((sum, row) => sum + Number(row.effective_seconds), 0);
    return seconds > 86_400 ? [line('day_too_long', 'attention', '', day, String(seconds), '')] : [];
  });
}

function ofInputs({ inputs }: Manifest): string[][] {
  return inputs.flatMap(({ file, rows, quarantined, reading = { reader: READER } }) => {
    const { reader, doubtful, int96, created_by } = reading;
    const writers = inputs.filter((one) => one.reading?.int96 !== undefined && one.reading.created_by === created_by);
    const both = new Set(writers.map((one) => one.reading?.int96)).size > 1;
    return [
      ...(rows > 0 && rows === quarantined ? [line('file_all_out', 'attention', file, '', String(rows), '')] : []),
      ...(reader < READER ? [line('read_by_older', 'attention', file, '', String(rows), '')] : []),
      ...(doubtful === undefined ? [] : [line('encoding_doubtful', 'attention', file, '', '', '')]),
      ...(int96 === undefined
        ? []
        : [line('int96_read', both ? 'attention' : 'info', file, '', '', guarded(`${created_by};${int96}`))]),
    ];
  });
}

function unknownKinds(run: string, policy: Policy): string[][] {
  const known = policy.scope.account_kinds;
  const accounts = table(run, 'inputs/anchors.csv').filter((row) => !known.includes(`${row.account_kind}`));
  const { invalidating_penalties: dated } = policy.valid_session;
  const kinds = [
    ...(Array.isArray(dated) ? dated : dated.dated.flatMap(({ value }) => value)),
    ...policy.disqualification.penalties.flatMap((rule) => rule.kinds),
    ...CONTRACT_KINDS,
  ];
  const penalties = table(run, 'inputs/penalties.csv').filter((row) => !kinds.includes(`${row.kind}`));
  return [
    ...grouped(accounts, (row) => `${row.account_kind}`).map(([kind, rows]) => {
      const near = [...known, 'content', '内容型'].some((one) => one.includes(kind) || kind.includes(one));
      const severity = near ? 'attention' : 'info';
      return line('account_kind_unknown', severity, '', kind, String(rows.length), '');
    }),
    ...grouped(penalties, (row) => `${row.kind}`).map(([kind, rows]) =>
      line('kind_unknown', 'attention', '', kind, String(rows.length), ''),
    ),
  ];
}

/** The table of notices.csv, its header first, that belongs to the folder's other files. */
export function noticesOf(run: string, manifest: Manifest): string[][] {
  const policy = JSON.parse(read(join(run, 'policy.yaml'))) as Policy;
  const sessions = table(run, 'sessions.csv');
  const valid = sessions.filter((row) => row.valid === 'Y');
  const lines = [
    ...daysWithout(sessions, policy.period.from, manifest.as_of),
    ...overlaps(valid),
    ...longDays(valid),
    ...ofInputs(manifest),
    ...unknownKinds(run, policy),
  ];
  const lowered = manifest.severities ?? {};
  const told = lines.map((cells) => cells.with(1, lowered[cells[0] ?? '']?.severity ?? cells[1] ?? ''));
  const order = ([code, , file, subject]: string[]): string => [code, file, subject].join('\0');
  return [HEADER, ...told.sort((a, b) => byBytes(order(a), order(b)))];
}
