import { isGuardedText, isId } from '../../../../verify/forms.js';
import type { Rows } from '../../../../verify/rows.js';
import { type AnchorRecord, cellForm, type InputContext, reportForms, reportOrder } from './inputs.js';

const FORMS = [
  cellForm(0, 'agency_id', isId, 'an id'),
  cellForm(1, 'name', (name) => isGuardedText(name, Infinity), 'text'),
];

/** inputs/agencies.csv: the names of agencies. No figure follows from it; every agency is one that the run names. */
export class NamedAgencies {
  private readonly ids: string[] = [];
  private file = '';

  constructor(private readonly context: InputContext) {}

  async read(rows: Rows): Promise<void> {
    const { differences, sources } = this.context;
    this.file = rows.file;
    await rows.each((row) => {
      const [id = '', , sourceFile = '', sourceLine = ''] = row;
      reportForms(differences, rows.file, id, row, FORMS);
      reportOrder(differences, rows.file, id, this.ids.at(-1));
      sources.take(rows.file, id, 'agencies', sourceFile, sourceLine);
      this.ids.push(id);
    });
  }

  /** Reports the agencies that no anchor belongs to, nor any row that is left out. */
  report(anchors: Iterable<Pick<AnchorRecord, 'agency'>>, waiting: ReadonlySet<string>): void {
    if (this.ids.length === 0) return;
    const known = new Set(waiting);
    for (const { agency } of anchors) known.add(agency);
    for (const id of this.ids)
      if (!known.has(id)) this.context.differences.add(this.file, id, '', 'a row', 'an agency that the run names');
  }
}
