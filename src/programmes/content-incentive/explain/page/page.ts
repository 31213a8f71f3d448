import { readable } from '../../../../core/money.js';
import type { Asked } from '../../../interface/explainer.js';
import { BONUSES, type Part } from '../../policy/parts.js';
import {
  type Explanation,
  type LeftOut,
  type Phrase,
  phrase,
  type Rule,
  type Session,
  term,
  together,
} from '../model.js';
import type { Line } from './layout.js';
import { bonusSections } from './page-bonus.js';
import { dayPage, daySection } from './page-day.js';
import { sessionPage } from './page-session.js';
import { changeLine, factOf, type Pen, penaltyLine, place, refusalLines, section, testLines } from './pen.js';

/** The explanation as a page for a terminal. */
export function pageOf(explained: Explanation, asked: Asked, pen: Pen): string {
  const sections = [headOf(explained, pen)];
  if (asked.session !== undefined) sections.push(...sessionPage(explained, pen));
  else if (asked.date !== undefined) sections.push(...dayPage(explained, pen));
  else sections.push(...anchorPage(explained, pen));
  sections.push(leftOutSection(explained, pen));
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function headOf({ run_id, policy, period, as_of, anchor_id, anchor, figures }: Explanation, pen: Pen): string {
  const { voice, paint } = pen;
  const { say, label, marks } = voice;
  const status = figures?.status ?? null;
  const state =
    status === 'payable' || status === 'disqualified' || status === 'out_of_scope'
      ? label(status)
      : label('not_settled');
  const agency = anchor === null ? [] : [anchor.agency_id === null ? label('independent') : say(anchor.agency_id)];
  const person = anchor?.person_id == null ? [] : [`${label('person')} ${say(anchor.person_id)}`];
  const row = anchor === null ? [] : [place(anchor.source, pen)];
  const stops = as_of === period.to ? '' : `${marks.comma}${label('as_of')} ${say(as_of)}`;
  return [
    paint(
      'bold',
      pen.paper.wrapped(
        `${anchor_id === '' ? label('no_anchor_shown') : say(anchor_id)}  ${say(anchor?.nickname ?? '')}`,
        '  ',
      ),
    ),
    pen.paper.wrapped([state, ...agency, ...person, ...row].join(' · '), '  '),
    pen.paper.wrapped(
      `${say(policy)} · ${say(period.from)} – ${say(period.to)}${stops} · ${label('run')} ${say(run_id)}`,
      '  ',
    ),
  ].join('\n');
}

function anchorPage(explained: Explanation, pen: Pen): string[] {
  const { label } = pen.voice;
  const cut = explained.days.filter(({ tests }) => tests.some(({ holds }) => !holds));
  return [
    totalSection(explained, pen),
    section(pen, label('scope_title'), explained.scope.length === 0 ? [] : scopeLines(explained, pen)),
    daySection(explained.days, pen),
    section(
      pen,
      label('unpaid_days_title'),
      cut.flatMap(({ date, tests }) => refusalLines(pen.voice.say(date), tests, pen)),
    ),
    section(
      pen,
      label('invalid_title'),
      explained.sessions.filter(({ valid }) => !valid).flatMap((session) => invalidLines(session, pen)),
    ),
    ...bonusSections(explained, pen),
    rulesSection(explained, pen),
  ];
}

function scopeLines({ scope }: Explanation, pen: Pen): string[] {
  const change = together(scope.map((test) => test.change));
  return [...testLines(scope, pen), ...(change === null ? [] : [changeLine(pen.voice.say(change), pen)])];
}

/** The identity of the contract, figure by figure. */
function totalSection({ figures: found, change }: Explanation, pen: Pen): string {
  if (found === null) return '';
  const { say, label, pair, part } = pen.voice;
  const reasons = found.reasons?.split(';') ?? [];
  const money = (name: string): string => readable(found[name] ?? '');
  const counts = `${found.valid_sessions} · ${say({ count: Number(found.valid_days), of: 'valid_day' })} · ${say({ seconds: Number(found.valid_seconds) })}`;
  return section(pen, label('total_title'), [
    ...pen.paper.figures([
      [`  ${label('watch_time_gross')}`, money('watch_time_gross'), `${label('currency')}  C7`],
      [`− ${label('cap_withheld')}`, money('cap_withheld'), '     C8'],
      ...BONUSES.map(({ name, clause }): Line => [`+ ${part(name)}`, money(name), `     ${clause}`]),
      [`− ${label('forfeited')}`, money('forfeited'), `     ${say({ terms: reasons, of: 'reason' })}`],
      [`= ${label('total')}`, money('total'), ''],
    ]),
    `  ${pair(label('valid_counts'), counts)}`,
    ...(change === null ? [] : [changeLine(say(change), pen)]),
  ]);
}

function invalidLines(session: Session, pen: Pen): string[] {
  const { say, marks } = pen.voice;
  const why = session.tests.filter(({ holds }) => !holds).map((test) => factOf(test, pen));
  const reasons = say({ terms: session.reasons, of: 'reason' });
  const head = `  ${say(session.session_id)}  ${say(session.date)}  ${reasons}  ${place(session.source, pen)}`;
  return [
    pen.paper.wrapped(head, '    '),
    pen.paper.wrapped(`    ${why.join(marks.semicolon)}`, '      '),
    ...(session.change === null ? [] : [changeLine(say(session.change), pen)]),
  ];
}

/** Every rule that takes something, or that has something to count. */
function rulesSection({ rules, figures: found }: Explanation, pen: Pen): string {
  if (found === null) return '';
  return section(
    pen,
    pen.voice.label('rules_title'),
    rules.flatMap((rule) => ruleLines(rule, pen)),
  );
}

function ruleLines(rule: Rule, pen: Pen): string[] {
  const { say, label, test: named } = pen.voice;
  const { reason, clause, stands, test, penalties } = rule;
  const name = stands || test.test !== 'compliance_code' ? term(reason, 'reason') : named(test.test);
  const facts = say(ruleFacts(rule));
  const [state, margin] = [label(stands ? 'stands' : 'stands_not'), test.margin];
  const said =
    margin === null ? phrase('rule', { name, state, facts }) : phrase('rule_margin', { name, state, facts, margin });
  return [
    pen.paper.wrapped(`  ${clause} ${say(said)}`, '    '),
    ...penalties.map((penalty) => pen.paper.wrapped(`    ${penaltyLine(penalty, pen)}`, '      ')),
    ...(stands ? [pen.paper.wrapped(`    ${takenBy(rule, pen)}`, '      ')] : []),
    ...(test.change === null ? [] : [changeLine(say(test.change), pen)]),
  ];
}

/** What a rule found, and what it asks for. */
function ruleFacts({ test: { value, threshold }, counts, stands }: Rule): Phrase {
  const [found, asked] = [value ?? '', threshold ?? ''];
  if (counts !== null) return phrase('rule_counts', { counted: found, of: counts, least: asked });
  return phrase(stands ? 'value_refused' : 'value_allowed', { value: found, threshold: asked });
}

function takenBy({ takes }: Rule, { voice: { label, part, pair, marks } }: Pen): string {
  const parts = Object.entries(takes).map(([name, amount]) => `${part(name as Part)} ${readable(amount)}`);
  return parts.length === 0 ? label('takes_nothing') : pair(label('takes'), parts.join(marks.item));
}

/** Of the rows outside the period, which may be those of years, the page shows so many; of the other faults so many. */
const OUTSIDE = 3;
const FAULTS = 20;

/** Rows that aren't settled, and how many may be anybody's. */
function leftOutSection({ left_out, unattributed }: Explanation, pen: Pen): string {
  const { label, pair } = pen.voice;
  const outside = left_out.filter(({ code }) => code === 'outside_period');
  const inside = left_out.filter(({ code }) => code !== 'outside_period');
  const hidden = new Set([...outside.slice(OUTSIDE), ...inside.slice(FAULTS)]);
  const shown = left_out.filter((row) => !hidden.has(row));
  const count = (name: 'unattributed' | 'more_outside' | 'more_faults', rows: number): string[] =>
    rows === 0 ? [] : [pen.paper.wrapped(`  ${pair(label(name), readable(String(rows)))}`, '    ')];
  return section(pen, label('left_out_title'), [
    ...shown.flatMap((row) => leftOutLines(row, pen)),
    ...count('more_outside', Math.max(0, outside.length - OUTSIDE)),
    ...count('more_faults', Math.max(0, inside.length - FAULTS)),
    ...count('unattributed', unattributed),
  ]);
}

function leftOutLines({ session_id, ended_at, source, code, why, change }: LeftOut, pen: Pen): string[] {
  const { say } = pen.voice;
  const what = [session_id, ended_at, term(code, 'fault')].map(say).filter((cell) => cell !== '');
  // A corrected row isn't to be changed: another one counts.
  const arrow = (text: string): string =>
    code === 'superseded' ? pen.paper.wrapped(`    → ${text}`, '      ') : changeLine(text, pen);
  return [
    pen.paper.wrapped(`  ${place(source, pen)}  ${what.join('  ')}`, '    '),
    pen.paper.wrapped(`    ${say(why)}`, '      '),
    ...(change === null ? [] : [arrow(say(change))]),
  ];
}
