import { datesFrom, dayNumber } from '../../../../verify/calendar.js';
import { guarded } from '../../../../verify/forms.js';
import type { Severity } from '../../../../verify/place-codes.js';
import type { Control } from '../exports/control.js';
import { type Found, startOf } from '../figures/findings.js';
import type { Manifest } from '../folder/manifest.js';
import { controlLines } from './control-lines.js';
import type { UnknownKinds } from './unknown-kinds.js';

/** The notices that a run folder shows by itself, recomputed from its other files (contract, "Notices"). */

/** What they are recomputed from. */
export interface Shown {
  manifest: Manifest;
  /** The dates that were settled: the period's first, and the evaluation date. */
  from: string;
  asOf: string;
  found: Found;
  kinds: UnknownKinds;
  /** Seconds that make a session of an anchor ineligible, where one starts in them (P6). */
  seconds: Iterable<[anchor: string, second: number]>;
  control: Pick<Control, 'ofSession' | 'ofDay'>;
  /** Sessions of the control desk's list whose row is left out. */
  waiting: ReadonlySet<string>;
}

/** What a line says of its subject; blank cells of what is none of its code's. */
export interface ExpectedNotice {
  count: string;
  value: string;
  /** Absent where the code's form says all there is to say. */
  severity?: Severity;
}

/** The lines of one code. */
export interface ExpectedNotices {
  /** By their file or their subject: none of these codes has both. */
  lines: Map<string, ExpectedNotice>;
  /** Whether the folder shows a part of what the code is about: there may be other lines, and larger counts. */
  inPart: boolean;
}

/**
 * The lines that must stand, by code, made of what was found, which is the caller's no longer. Of files that an older
 * reader read, `OlderReadings` knows.
 */
export function expectedNotices(shown: Shown): Map<string, ExpectedNotices> {
  const { found, kinds } = shown;
  const { inputs } = shown.manifest;
  const expected = new Map<string, ExpectedNotices>();
  const lines = (code: string, inPart = false): ((place: string, count?: string) => void) => {
    const all = new Map<string, ExpectedNotice>();
    expected.set(code, { lines: all, inPart });
    return (place, count = '') => all.set(place, { count, value: '' });
  };
  const silent = lines('day_without_sessions');
  for (const date of datesFrom(shown.from, shown.asOf)) if (found.days[dayNumber(date)] !== 1) silent(date);
  expected.set('sessions_overlap', { lines: found.overlaps, inPart: false });
  const long = lines('day_too_long');
  for (const [day, seconds] of found.longDays) long(day, String(seconds));
  const out = lines('file_all_out');
  for (const { file, rows, quarantined } of inputs) if (rows > 0 && rows === quarantined) out(file, String(rows));
  const doubtful = lines('encoding_doubtful');
  for (const { file, reading } of inputs) if (reading?.doubtful !== undefined) doubtful(file);
  const unmet = lines('ineligible_no_session');
  for (const [anchor, seconds] of unmetSeconds(shown)) unmet(anchor, String(seconds.size));
  const penalties = lines('kind_unknown', true);
  for (const [kind, number] of kinds.ofPenalties) penalties(kind, String(number));
  const accounts = lines('account_kind_unknown', true);
  for (const [kind, number] of kinds.ofAccounts) accounts(kind, String(number));
  for (const [code, of] of controlLines(shown.control, found.held, shown.waiting)) expected.set(code, of);
  return expected.set('int96_read', { lines: int96Lines(shown.manifest), inPart: false });
}

/** By anchor, the seconds of P6 in which none of its sessions starts. */
function unmetSeconds({ seconds, found }: Shown): Map<string, Set<number>> {
  const unmet = new Map<string, Set<number>>();
  for (const [anchor, second] of seconds) {
    if (found.starts.has(startOf(anchor, second))) continue;
    unmet.set(anchor, (unmet.get(anchor) ?? new Set()).add(second));
  }
  return unmet;
}

/** A line for each file whose INT96 a setting gave its meaning; one writer's may have been given both. */
function int96Lines({ inputs, lowered }: Manifest): Map<string, ExpectedNotice> {
  const lines = new Map<string, ExpectedNotice>();
  const choices = new Map<string, Set<string>>();
  for (const { reading } of inputs) {
    if (reading?.int96 === undefined) continue;
    const known = choices.get(reading.createdBy ?? '') ?? new Set();
    choices.set(reading.createdBy ?? '', known.add(reading.int96));
  }
  for (const { file, reading } of inputs) {
    if (reading?.int96 === undefined) continue;
    const writer = reading.createdBy ?? '';
    const severity = choices.get(writer)?.size === 1 ? 'info' : 'attention';
    const value = guarded(`${writer};${reading.int96}`);
    lines.set(file, { count: '', value, severity: lowered.get('int96_read') ?? severity });
  }
  return lines;
}
