import { readable } from '../../../../core/money.js';
import type { Day, Explanation, Session, Test } from '../model.js';
import { calculationLine } from './page-session.js';
import { changeLine, type Pen, place, section, testLines } from './pen.js';

/** A line for every date with a settled session. */
export function daySection(days: readonly Day[], pen: Pen): string {
  const { say, label } = pen.voice;
  const head = (
    ['date', 'valid', 'valid_duration', 'valid_day', 'level', 'gross', 'cap', 'withheld', 'paid'] as const
  ).map(label);
  const rows = days.map((day) => [
    day.date,
    `${day.valid_sessions}/${day.sessions}`,
    say({ seconds: day.valid_seconds }),
    label(day.valid_day ? 'yes' : 'no'),
    day.top_level === null ? '' : String(day.top_level),
    readable(day.gross),
    day.cap === null ? '' : readable(day.cap),
    readable(day.withheld),
    readable(day.watch_time),
  ]);
  const aligns = head.map((_, at) => (at === 0 || at === 3 ? 'left' : 'right') as 'left' | 'right');
  return section(pen, label('days_title'), rows.length === 0 ? [] : pen.paper.columns(head, aligns, rows));
}

/** One date: its sums, its tests, and each session with its amount or what is against it. */
export function dayPage({ days, sessions }: Explanation, pen: Pen): string[] {
  const { label } = pen.voice;
  const tests = days.flatMap((day) => [...day.tests, ...day.counts]);
  return [
    daySection(days, pen),
    section(pen, label('day_title'), tests.length === 0 ? [] : [...testLines(tests, pen), ...changeLines(tests, pen)]),
    section(
      pen,
      label('sessions_title'),
      sessions.flatMap((session) => sessionLines(session, pen)),
    ),
  ];
}

function changeLines(tests: readonly Test[], pen: Pen): string[] {
  const { say, pair, test: named } = pen.voice;
  return tests.flatMap(({ clause, test, change }) =>
    change === null ? [] : [changeLine(pair(`${clause} ${named(test)}`, say(change)), pen)],
  );
}

/** The end's date is said where it is another than the start's. */
function hours({ started_at, ended_at }: Session): string {
  const sameDay = started_at.slice(0, 10) === ended_at.slice(0, 10);
  return `${started_at} – ${sameDay ? ended_at.slice(11) : ended_at}`;
}

function sessionLines(session: Session, pen: Pen): string[] {
  const { say, label, pair } = pen.voice;
  const { session_id, effective_seconds, quality_level, source, calculation, reasons } = session;
  const head = `  ${say(session_id)}  ${hours(session)}  ${say({ seconds: effective_seconds })}  ${label('level')} ${quality_level}  ${place(source, pen)}`;
  if (calculation !== null) return [pen.paper.wrapped(head, '    '), ...calculationLine(calculation, pen)];
  return [
    pen.paper.wrapped(head, '    '),
    `    ${pair(label('not_valid'), say({ terms: reasons, of: 'reason' }))}`,
    ...(session.change === null ? [] : [changeLine(say(session.change), pen)]),
  ];
}
