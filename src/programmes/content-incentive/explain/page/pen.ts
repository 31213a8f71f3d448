import type { Paint } from '../../../interface/explainer.js';
import { type Penalty, type Source, type Test, term } from '../model.js';
import type { Paper } from './layout.js';
import type { Voice } from './say.js';

/** Lines that several pages have. */

/** What the pages are written with. */
export interface Pen {
  voice: Voice;
  paint: Paint;
  paper: Paper;
}

/** A heading with what stands under it; nothing where nothing does. */
export function section({ paint }: Pen, title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [paint('bold', title), ...lines].join('\n');
}

export function place({ file, line }: Source, { voice }: Pen): string {
  return `${voice.say(file)}:${line}`;
}

export function changeLine(change: string, pen: Pen): string {
  return pen.paper.wrapped(`    → ${pen.voice.pair(pen.voice.label('change'), change)}`, '      ');
}

/** What isn't passed of some tests: the margin, and what would change it. */
export function refusalLines(what: string, tests: readonly Test[], pen: Pen): string[] {
  return tests
    .filter(({ holds }) => !holds)
    .flatMap((test) => [
      pen.paper.wrapped(`  ${what}  ${test.clause} ${factOf(test, pen)}`, '    '),
      ...(test.change === null ? [] : [changeLine(pen.voice.say(test.change), pen)]),
    ]);
}

/** A test in a line: its name with its margin, or with its value where it has none. */
export function factOf({ test, value, margin }: Test, { voice }: Pen): string {
  return margin === null ? voice.fact(test, value) : voice.pair(voice.test(test), voice.say(margin));
}

/** Tests below each other: what is, what must be, whether it is passed and by how much. */
export function testLines(tests: readonly Test[], pen: Pen): string[] {
  const { say, label, test: named } = pen.voice;
  const heads = (['clause', 'test', 'value', 'threshold', 'holds', 'margin'] as const).map(label);
  const rows = tests.map(({ clause, test, value, threshold, holds, margin }) => [
    clause,
    named(test),
    say(value),
    say(threshold),
    label(holds ? 'yes' : 'no'),
    say(margin),
  ]);
  return [
    pen.paper.listing(
      heads,
      heads.map(() => 'left'),
      rows,
    ),
  ];
}

export function penaltyLine(penalty: Penalty, pen: Pen): string {
  const { say, label, pair } = pen.voice;
  const { penalty_id, kind, penalized_at, session_id, counts, why } = penalty;
  const where = [penalty_id, term(kind, 'kind'), penalized_at, session_id ?? ''].map(say).filter((cell) => cell !== '');
  const judged = counts ? label('counts') : pair(label('counts_not'), say(why));
  return `${where.join('  ')}  ${place(penalty.source, pen)}  ${judged}`;
}
