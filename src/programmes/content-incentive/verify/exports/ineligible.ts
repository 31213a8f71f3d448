import { secondsOf } from '../../../../verify/calendar.js';
import { byteOrder, isId, isTime } from '../../../../verify/forms.js';
import type { Rows } from '../../../../verify/rows.js';
import type { Terms } from '../figures/terms.js';
import { type AnchorRecord, type CellForm, cellForm, type InputContext, isBlankOr, reportForms } from './inputs.js';

/** A moment: seconds since 1970 by the clock in Beijing, and its date. */
interface Moment {
  second: number;
  date: string;
}

/** When an anchor earns nothing, both ends included. */
interface Span {
  cause: string;
  from: Moment;
  to: Moment;
}

const NEVER: Moment = { second: Number.POSITIVE_INFINITY, date: '9999-12-31' };
const CAUSES = ['expelled', 'frozen', 'unadmitted_digital_host'];
/** The places of the cells by which rows are told apart, and sorted. */
const KEY = [0, 1, 3, 4];

const moment = (time: string): Moment => ({ second: secondsOf(time), date: time.slice(0, 10) });

/** P6: what stands against the anchors of the run, as other programmes found it. */
export class Ineligible {
  private readonly spans = new Map<string, Span[]>();

  add(anchor: string, span: Span): void {
    const known = this.spans.get(anchor);
    if (known === undefined) this.spans.set(anchor, [span]);
    else known.push(span);
  }

  /** Whether anything is known of the anchor at all; of nearly all nothing is. */
  concerns(anchor: string): boolean {
    return this.spans.has(anchor);
  }

  /** Whether a cause holds for a session: an expulsion by the date of its end, any other by the second of its start. */
  holds(anchor: string, cause: string, startSecond: number, endDate: string): boolean {
    return (this.spans.get(anchor) ?? []).some((span) => {
      if (span.cause !== cause) return false;
      if (cause === 'expelled') return span.from.date <= endDate && endDate <= span.to.date;
      return span.from.second <= startSecond && startSecond <= span.to.second;
    });
  }

  /** The seconds of each anchor that a cause concerns alone, of those the policy asks for on their day: P6 of one session. */
  *seconds(terms: Terms, asOf: string): Generator<[anchor: string, second: number]> {
    for (const [anchor, spans] of this.spans) {
      for (const { cause, from, to } of spans) {
        const isOne = from.second === to.second && cause !== 'expelled';
        const isSettled = from.date >= terms.from && from.date < asOf; // on the last day it may end after it
        if (isOne && isSettled && terms.onDate.get(from.date)?.ineligible.has(cause)) yield [anchor, from.second];
      }
    }
  }

  /** Whether the anchor is expelled on some day of the period, up to the evaluation date. */
  expelled(anchor: string, terms: Terms, asOf: string): boolean {
    const spans = this.spans.get(anchor) ?? [];
    return spans.some(({ cause, from, to }) => cause === 'expelled' && from.date <= asOf && to.date >= terms.from);
  }
}

function formsOf({ asOf }: InputContext, anchors: ReadonlyMap<string, AnchorRecord>): CellForm[] {
  const isInOrder = (to: string, row: readonly string[]): boolean => to === '' || to >= (row[1] ?? '');
  return [
    cellForm(0, 'anchor_id', (anchor) => anchors.has(anchor), 'an anchor of inputs/anchors.csv'),
    cellForm(1, 'from', (from) => isTime(from) && from.slice(0, 10) <= asOf, `a time up to ${asOf}`),
    cellForm(2, 'to', isBlankOr(isTime), 'a time or blank'),
    cellForm(2, 'to', isInOrder, 'not before from'),
    cellForm(3, 'cause', (cause) => CAUSES.includes(cause), CAUSES.join(' or ')),
    cellForm(4, 'clause', isId, 'an id'),
  ];
}

/** inputs/ineligible.csv: what makes anchors of the run ineligible, each once by anchor, beginning, cause and clause. */
export async function readIneligible(
  rows: Rows,
  context: InputContext,
  anchors: ReadonlyMap<string, AnchorRecord>,
): Promise<Ineligible> {
  const { differences, sources } = context;
  const found = new Ineligible();
  const forms = formsOf(context, anchors);
  let before: string[] | undefined;
  await rows.each((row) => {
    const [anchor = '', from = '', to = '', cause = '', , sourceFile = '', sourceLine = ''] = row;
    const key = KEY.map((place) => row[place] ?? '');
    const named = key.join(' ');
    reportForms(differences, rows.file, named, row, forms);
    if (before !== undefined && orderOf(before, key) >= 0)
      differences.add(rows.file, named, '', `after ${before.join(' ')}`, 'sorted by key, each key once');
    before = key;
    sources.take(rows.file, named, 'ineligible', sourceFile, sourceLine);
    found.add(anchor, { cause, from: moment(from), to: to === '' ? NEVER : moment(to) });
  });
  return found;
}

function orderOf(one: readonly string[], other: readonly string[]): number {
  const places = one.map((cell, at) => byteOrder(cell, other[at] ?? ''));
  return places.find((order) => order !== 0) ?? 0;
}
