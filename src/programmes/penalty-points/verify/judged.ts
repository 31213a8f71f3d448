import { daysLater } from '../../../verify/calendar.js';
import { byteOrder } from '../../../verify/forms.js';

/** P1 to P6 over plain rows, one violation after the other in the order of their times. */

export interface Threshold {
  points: number;
  measure: string;
  days: number | undefined;
  level: string;
}

export interface Terms {
  /** Beijing dates, both included; `to` is the evaluation date. */
  from: string;
  to: string;
  /** MM-DD of the clearing. */
  clearedOn: string;
  thresholds: readonly Threshold[];
  severeExpels: boolean;
  viewerViolations: number;
  severeCloses: boolean;
}

export interface Violation {
  id: string;
  /** An anchor, or a viewer. */
  who: string;
  at: string;
  points: number;
  severe: boolean;
  upheld: boolean;
}

export interface Verdict {
  violation: Violation;
  /** Undefined of a revoked one. */
  sums: { before: number; after: number } | undefined;
  passed: Threshold | undefined;
  expelledBySevere: boolean;
}

const inTime = (a: Violation, b: Violation): number => byteOrder(a.at, b.at) || byteOrder(a.id, b.id);
const dateOf = (at: string): string => at.slice(0, 10);

/** P1: which year's points a date counts to, by the year of the clearing before it. */
function yearOf(date: string, clearedOn: string): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) < clearedOn ? year - 1 : year;
}

/** P1, P2, P4: every violation of the period. */
export function judgeViolations(violations: readonly Violation[], terms: Terms): Verdict[] {
  const sums = new Map<string, number>();
  const verdicts: Verdict[] = [];
  for (const violation of violations.toSorted(inTime)) {
    const date = dateOf(violation.at);
    if (date > terms.to) continue;
    let reached: Verdict['sums'];
    if (violation.upheld) {
      const key = `${yearOf(date, terms.clearedOn)} ${violation.who}`;
      const before = sums.get(key) ?? 0;
      reached = { before, after: before + violation.points };
      sums.set(key, reached.after);
    }
    if (date < terms.from) continue;
    verdicts.push({
      violation,
      sums: reached,
      passed: reached && highest(terms.thresholds, reached),
      expelledBySevere: violation.upheld && violation.severe && terms.severeExpels,
    });
  }
  return verdicts;
}

function highest(thresholds: readonly Threshold[], { before, after }: { before: number; after: number }) {
  let found: Threshold | undefined;
  for (const each of thresholds)
    if (before < each.points && each.points <= after && each.points > (found?.points ?? 0)) found = each;
  return found;
}

/** P2: the last second of so many days from a moment on; blank where it never ends. */
export function lastSecond(from: string, days: number | undefined): string {
  if (days === undefined) return '';
  const [hour = 0, minute = 0, second = 0] = from.slice(11).split(':').map(Number);
  const clock = hour * 3600 + minute * 60 + second - 1;
  const two = (value: number): string => String(value).padStart(2, '0');
  if (clock < 0) return `${daysLater(dateOf(from), days - 1)} 23:59:59`;
  return `${daysLater(dateOf(from), days)} ${two(Math.floor(clock / 3600))}:${two(Math.floor(clock / 60) % 60)}:${two(clock % 60)}`;
}

export interface Measure {
  violation: string;
  clause: string;
  anchor: string;
  measure: string;
  level: string;
  from: string;
  to: string;
}

/** P2 to P4: what follows from each. */
export function measuresOf(verdicts: readonly Verdict[]): Measure[] {
  return verdicts.flatMap(({ violation, passed, expelledBySevere }) => {
    const own = { violation: violation.id, anchor: violation.who, from: violation.at };
    const found: Measure[] = [];
    if (passed !== undefined) {
      const { measure, level, days } = passed;
      found.push({ ...own, clause: 'P2', measure, level, to: lastSecond(violation.at, days) });
    }
    if (expelledBySevere) found.push({ ...own, clause: 'P4', measure: 'expel', level: '', to: '' });
    return found;
  });
}

/** P6: what programmes that pay are fed with: of what begins at one moment by one clause the longest. */
export function fedBy(measures: readonly Measure[]): string[][] {
  const longest = new Map<string, string[]>();
  for (const { anchor, from, to, measure, clause } of measures) {
    const cause = measure === 'expel' ? 'expelled' : 'frozen';
    const key = [anchor, from, cause, clause].join(' ');
    const before = longest.get(key)?.[2];
    if (before === '') continue;
    if (before === undefined || to === '' || to > before) longest.set(key, [anchor, from, to, cause, clause]);
  }
  return [...longest.values()];
}

/** P5: viewers with an upheld violation, never cleared. */
export function judgeViewers(violations: readonly Violation[], terms: Terms): string[][] {
  const byViewer = new Map<string, Violation[]>();
  for (const each of violations.toSorted(inTime))
    if (each.upheld && dateOf(each.at) <= terms.to) byViewer.set(each.who, [...(byViewer.get(each.who) ?? []), each]);
  return [...byViewer].map(([viewer, own]) => {
    const closing = own.find((each, at) => at + 1 >= terms.viewerViolations || (each.severe && terms.severeCloses));
    const severe = own.filter((each) => each.severe).length;
    const state = closing === undefined ? 'open' : 'closed';
    return [viewer, String(own.length), String(severe), state, closing?.at ?? '', closing?.id ?? ''];
  });
}
