import { readable } from '../../../../core/money.js';
import type { Calculation, Explanation, Session } from '../model.js';
import { changeLine, type Pen, penaltyLine, place, section, testLines } from './pen.js';

/** One session: every test, what it is paid, and what else it counts for. */
export function sessionPage({ sessions, unsettled }: Explanation, pen: Pen): string[] {
  return [...sessions, ...unsettled].flatMap((session) => oneSession(session, pen));
}

function oneSession(session: Session, pen: Pen): string[] {
  const { say, label } = pen.voice;
  const { session_id, started_at, ended_at, effective_seconds, quality_level, track, source } = session;
  const about = [
    `  ${label('session')} ${say(session_id)} · ${place(source, pen)} · ${label('date')} ${session.date}`,
    `  ${started_at} – ${ended_at} · ${say({ seconds: effective_seconds })} · ${label('level')} ${quality_level} · ${say(track)}`,
  ];
  const change = session.change === null ? [] : [changeLine(say(session.change), pen)];
  return [
    about.map((line) => pen.paper.wrapped(line, '    ')).join('\n'),
    section(pen, label('tests_title'), [...testLines(session.tests, pen), ...change]),
    amountSection(session, pen),
    section(pen, label('counts_title'), session.counts.length === 0 ? [] : testLines(session.counts, pen)),
    section(
      pen,
      label('penalties_title'),
      session.penalties.map((penalty) => pen.paper.wrapped(`  ${penaltyLine(penalty, pen)}`, '    ')),
    ),
  ];
}

function amountSection({ calculation }: Session, pen: Pen): string {
  if (calculation === null) return '';
  const { say, label } = pen.voice;
  const { rec_dwell_minutes, unit_price, unit_price_from, scarcity_index, scarcity_index_from, product, amount } =
    calculation;
  return section(
    pen,
    label('amount_title'),
    pen.paper.figures([
      [`  ${label('dwell')}`, readable(rec_dwell_minutes), ''],
      [`× ${label('price')}`, unit_price, say(unit_price_from)],
      [`× ${label('index')}`, scarcity_index, say(scarcity_index_from)],
      [`= ${label('exact')}`, readable(product), ''],
      [`= ${label('rounded')}`, readable(amount), label('currency')],
    ]),
  );
}

/** An amount in a line: dwell × price × index = exact product → rounded. */
export function calculationLine(calculation: Calculation, pen: Pen): string[] {
  const { voice } = pen;
  const { rec_dwell_minutes, unit_price, scarcity_index, product, amount } = calculation;
  const { unit_price_from, scarcity_index_from } = calculation;
  const sources = [
    voice.pair(voice.label('price'), voice.say(unit_price_from)),
    voice.pair(voice.label('index'), voice.say(scarcity_index_from)),
  ];
  return [
    `    ${readable(rec_dwell_minutes)} × ${unit_price} × ${scarcity_index} = ${readable(product)} → ${voice.say({ money: amount })}`,
    pen.paper.wrapped(`    ${sources.join(voice.marks.semicolon)}`, '      '),
  ];
}
