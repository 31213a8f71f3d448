import { isGuardedText, isId } from '../../../../verify/forms.js';
import type { Rows } from '../../../../verify/rows.js';
import { type AnchorRecord, cellForm, type InputContext, reportForms, reportOrder } from './inputs.js';

/** What a file without figures is held against. */
export interface Surroundings {
  input: InputContext;
  anchors: ReadonlyMap<string, Pick<AnchorRecord, 'agency'>>;
  /** Agencies of rows that are left out. */
  waiting: ReadonlySet<string>;
}

const FORMS = [
  cellForm(0, 'agency_id', isId, 'an id'),
  cellForm(1, 'name', (name) => isGuardedText(name, Infinity), 'text'),
];

/** inputs/agencies.csv: the names of agencies, each of an anchor or of a row that is left out. */
export async function readAgencies(rows: Rows, { input, anchors, waiting }: Surroundings): Promise<void> {
  const { differences, sources } = input;
  const known = new Set(waiting);
  for (const { agency } of anchors.values()) known.add(agency);
  let last: string | undefined;
  await rows.each((row) => {
    const [id = '', , sourceFile = '', sourceLine = ''] = row;
    reportForms(differences, rows.file, id, row, FORMS);
    reportOrder(differences, rows.file, id, last);
    sources.take(rows.file, id, 'agencies', sourceFile, sourceLine);
    if (!known.has(id)) differences.add(rows.file, id, '', 'a row', 'an agency that the run names');
    last = id;
  });
}
