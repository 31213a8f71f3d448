import type { Differences } from '../../../../verify/differences.js';
import { figure } from '../../../../verify/figures.js';
import { byteOrder, isDay, isGuarded, isGuardedText, isId, isText, isWhole } from '../../../../verify/forms.js';
import type { Rows } from '../../../../verify/rows.js';
import { kindOf } from '../columns.js';
import type { Terms } from '../figures/terms.js';
import type { UnknownKinds } from '../notices/unknown-kinds.js';

/** An anchor's master row, as far as the clauses ask. */
export interface AnchorRecord {
  nickname: string;
  agency: string;
  /** C1: whether the anchor is in scope. */
  inScope: boolean;
  /** C9: the certification date, blank where there is none. */
  certifiedOn: string;
  person: string;
  complianceCode: string;
  /** Whether settlement.csv has a row of it; a master row of nobody is none that the run used. */
  settled: boolean;
}

/** The lines of the exports that the run's inputs stand on; one line gives one row. */
export class Sources {
  private readonly lines = new Map<string, Set<number>>();

  constructor(private readonly differences: Differences) {}

  /** Takes a row's last two cells, of an export of the given kind. */
  take(file: string, key: string, kind: string, sourceFile: string, sourceLine: string): void {
    if (kindOf(sourceFile) !== kind) {
      this.differences.add(file, key, 'source_file', sourceFile, `an export of ${kind}`);
    }
    if (!isWhole(sourceLine) || Number(sourceLine) < 2) {
      this.differences.add(file, key, 'source_line', sourceLine, 'a line after the header');
      return;
    }
    const lines = this.lines.get(sourceFile) ?? new Set();
    this.lines.set(sourceFile, lines);
    const line = Number(sourceLine);
    if (lines.has(line)) this.differences.add(file, key, 'source_line', sourceLine, 'a line that no other row names');
    lines.add(line);
  }

  has(sourceFile: string, line: number): boolean {
    return this.lines.get(sourceFile)?.has(line) ?? false;
  }

  files(): Iterable<string> {
    return this.lines.keys();
  }
}

/** What reading an input needs to know. */
export interface InputContext {
  terms: Terms;
  asOf: string;
  differences: Differences;
  sources: Sources;
  kinds: UnknownKinds;
}

/** A column, its place, and the form of its cells, some of which depend on others of the row. */
export interface CellForm {
  place: number;
  column: string;
  isSound: (cell: string, row: readonly string[]) => boolean;
  expected: string;
}

export function cellForm(
  place: number,
  column: string,
  isSound: (cell: string, row: readonly string[]) => boolean,
  expected: string,
): CellForm {
  return { place, column, isSound, expected };
}

/** Reports the cells that don't have the outputs' form. */
export function reportForms(
  differences: Differences,
  file: string,
  key: string,
  row: readonly string[],
  forms: readonly CellForm[],
): void {
  for (const form of forms) {
    const cell = row[form.place] ?? '';
    if (!form.isSound(cell, row)) differences.add(file, key, form.column, cell, form.expected);
  }
}

/** Reports a key that doesn't come after the one before it; each key stands once. */
export function reportOrder(differences: Differences, file: string, key: string, before: string | undefined): void {
  if (before === undefined || byteOrder(before, key) < 0) return;
  differences.add(file, key, '', `after ${before}`, before === key ? 'each key once' : 'sorted by key');
}

const COMPLIANCE_CODES = new Set(['green', 'yellow', 'red']);
export const isBlankOr = (isSound: (text: string) => boolean) => (text: string) => text === '' || isSound(text);

const ANCHOR_FORMS: readonly CellForm[] = [
  cellForm(0, 'anchor_id', isId, 'an id'),
  cellForm(
    1,
    'nickname',
    isBlankOr((name) => isGuardedText(name, 128)),
    'text of at most 128 characters',
  ),
  cellForm(2, 'agency_id', isBlankOr(isId), 'an id or blank'),
  cellForm(3, 'account_kind', (kind) => isText(kind, Infinity) && kind !== '内容型', 'an account kind'),
  cellForm(4, 'first_live_on', isDay, 'a date'),
  cellForm(5, 'newcomer_certified_on', isBlankOr(isDay), 'a date or blank'),
  cellForm(6, 'person_id', isBlankOr(isId), 'an id or blank'),
  cellForm(7, 'compliance_code', (code) => COMPLIANCE_CODES.has(code), 'green, yellow or red'),
];

/** inputs/anchors.csv: C1's scope, C9's certification, C10's person, C12's compliance code of each anchor. */
export async function readAnchors(rows: Rows, context: InputContext): Promise<Map<string, AnchorRecord>> {
  const { terms, differences, sources, kinds } = context;
  const anchors = new Map<string, AnchorRecord>();
  /** Kinds, agencies and codes repeat: one copy of each serves all. */
  const words = new Map<string, string>();
  const one = (text: string): string => {
    const known = words.get(text) ?? text;
    words.set(known, known);
    return known;
  };
  let before: string | undefined;
  await rows.each((row) => {
    const [id = '', nickname = '', agency = '', kind = '', firstLive = '', certifiedOn = '', person = ''] = row;
    const [, , , , , , , code = '', sourceFile = '', sourceLine = ''] = row;
    reportForms(differences, rows.file, id, row, ANCHOR_FORMS);
    reportOrder(differences, rows.file, id, before);
    before = id;
    sources.take(rows.file, id, 'anchors', sourceFile, sourceLine);
    kinds.account(kind);
    const inScope = terms.accountKinds.has(kind) && firstLive >= terms.firstLiveFrom;
    const complianceCode = one(code);
    anchors.set(id, { nickname, agency: one(agency), inScope, certifiedOn, person, complianceCode, settled: false });
  });
  return anchors;
}

/** C6: the index of each track from each date on, as a session's cell would show it. */
export class ScarcityTable {
  private readonly tracks = new Map<string, { from: string; index: string }[]>();

  add(track: string, from: string, index: string): void {
    const entries = this.tracks.get(track);
    if (entries === undefined) this.tracks.set(track, [{ from, index }]);
    else entries.push({ from, index });
  }

  /** The value in force on a settlement date; undefined where the table gives none. */
  inForce(track: string, date: string): string | undefined {
    let latest: { from: string; index: string } | undefined;
    for (const entry of this.tracks.get(track) ?? []) {
      if (entry.from <= date && (latest === undefined || entry.from >= latest.from)) latest = entry;
    }
    return latest?.index;
  }
}

/**
 * inputs/scarcity.csv. Its order may be that of the tracks as they were read or as they are written, with the formula
 * guard in front: the contract doesn't say which, and the guard doesn't tell whether it was put there.
 */
export async function readScarcity(rows: Rows, context: InputContext): Promise<ScarcityTable> {
  const { asOf, differences, sources } = context;
  const table = new ScarcityTable();
  const raw = (track: string): string => (isGuarded(track) ? track.slice(1) : track);
  let before: [string, string] | undefined;
  const disorder = new Set<'written' | 'read'>();
  const forms = [
    cellForm(0, 'track', (track) => isGuardedText(track, 64), 'text of at most 64 characters'),
    cellForm(1, 'effective_from', (from) => isDay(from) && from <= asOf, `a date up to ${asOf}`),
    cellForm(2, 'scarcity_index', (index) => figure(index, 'index') !== undefined, 'an index of 3 decimals'),
  ];
  await rows.each((row) => {
    const [track = '', from = '', index = '', sourceFile = '', sourceLine = ''] = row;
    const key = `${track} ${from}`;
    reportForms(differences, rows.file, key, row, forms);
    sources.take(rows.file, key, 'scarcity', sourceFile, sourceLine);
    if (before !== undefined) {
      const [track0, from0] = before;
      if ((byteOrder(track0, track) || byteOrder(from0, from)) > 0) disorder.add('written');
      if ((byteOrder(raw(track0), raw(track)) || byteOrder(from0, from)) > 0) disorder.add('read');
      const same = track === track0 && from === from0 && !isGuarded(track);
      if (same || disorder.size === 2) {
        differences.add(rows.file, key, '', `after ${track0} ${from0}`, same ? 'each key once' : 'sorted by key');
        disorder.clear();
      }
    }
    before = [track, from];
    table.add(track, from, index);
  });
  return table;
}
