import type { Differences } from '../../../../verify/differences.js';
import { cellsOfRecord } from '../../../../verify/packet/facts.js';
import type { Control } from '../exports/control.js';
import type { Findings } from '../figures/findings.js';
import { controlLines } from '../notices/control-lines.js';
import { noticeForm } from '../notices/notice-codes.js';
import type { SliceRows } from './slice-rows.js';

const FILE = 'notices.csv';
const WITHHELD = 'withheld';
/** Codes that a unit is told of at all. */
const TOLD = new Set([
  'sessions_overlap',
  'day_too_long',
  'session_other_anchor',
  'control_differs',
  'control_missing',
  'control_lacks',
]);

/** The notices that a unit's rows show by themselves must stand; of the others, the form of each. */
export function checkSliceNotices(
  rows: SliceRows,
  { findings, control }: { findings: Findings; control: Control },
  differences: Differences,
): void {
  const { overlaps, longDays, held } = findings.found;
  const expected = new Map<string, { count: string; value: string }>();
  for (const [anchor, overlap] of overlaps) expected.set(`sessions_overlap ${anchor}`, overlap);
  for (const [day, seconds] of longDays) expected.set(`day_too_long ${day}`, { count: String(seconds), value: '' });
  const differing = controlLines(control, held, new Set()).find(([code]) => code === 'control_differs')?.[1];
  for (const [session, line] of differing?.lines ?? []) expected.set(`control_differs ${session}`, line);
  const shownWhole = new Set([
    'sessions_overlap',
    'day_too_long',
    ...(control.ofSession.size > 0 ? ['control_differs'] : []),
  ]);
  for (const { record } of rows.records(FILE)) {
    const [code = '', severity = '', , subject = '', count = '', value = ''] = cellsOfRecord(record);
    const key = `${code} ${subject}`;
    const line = expected.get(key);
    expected.delete(key);
    if (!['attention', 'info'].includes(severity))
      differences.add(FILE, key, 'severity', severity, 'attention or info');
    const form = noticeForm(code);
    if (form === undefined || !TOLD.has(code)) differences.add(FILE, key, 'code', code, 'a code of somebody’s rows');
    else if (!isSound(form.subject[0], subject)) differences.add(FILE, key, 'subject', subject, form.subject[1]);
    if (line !== undefined) {
      differences.compare(FILE, key, 'count', count, line.count);
      differences.compare(FILE, key, 'value', value, line.value);
    } else if (shownWhole.has(code)) differences.add(FILE, key, '', 'a line', 'no such line, or one alone');
    else if (form !== undefined && !value.includes(WITHHELD) && !form.value[0](value, ''))
      differences.add(FILE, key, 'value', value, form.value[1]);
  }
  for (const [key, { count, value }] of expected)
    differences.add(FILE, key, '', 'no line', ['a line', count, value].filter((text) => text !== '').join(', '));
}

function isSound(sound: (text: string, file: string) => boolean, subject: string): boolean {
  return subject === WITHHELD || sound(subject, '');
}
