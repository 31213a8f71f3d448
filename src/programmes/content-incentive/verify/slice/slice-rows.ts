import type { Differences } from '../../../../verify/differences.js';
import { byteOrder } from '../../../../verify/forms.js';
import { cellsOfRecord } from '../../../../verify/packet/facts.js';
import type { Slice } from '../../../../verify/packet/slice.js';
import { TextLines } from '../../../../verify/reading/line-source.js';
import { Rows } from '../../../../verify/rows.js';

/** Orders two records of a file by their cells. */
export type RecordOrder = (a: readonly string[], b: readonly string[]) => number;

export const byFirst: RecordOrder = ([a = ''], [b = '']) => byteOrder(a, b);
export const byLine: RecordOrder = ([fileA = '', lineA], [fileB = '', lineB]) =>
  byteOrder(fileA, fileB) || Number(lineA) - Number(lineB);

/** A unit's rows of the files of a run folder, each as a file of its own. */
export class SliceRows {
  constructor(
    private readonly slice: Slice,
    private readonly differences: Differences,
  ) {}

  has(file: string): boolean {
    return this.slice.shared(file) !== undefined;
  }

  /** The rows of a file that is shared whole. */
  shared(file: string, header: string): Rows {
    return this.rows(file, header, this.slice.shared(file) ?? [header]);
  }

  /** The unit's rows of a file. An order that isn't that of the groups is made anew: whether it holds within each is looked at here. */
  of(file: string, header: string, order?: RecordOrder): Rows {
    const [written = header] = this.slice.shared(file) ?? [];
    if (order === undefined)
      return this.rows(file, header, [written, ...this.records(file).map(({ record }) => record)]);
    const cells = this.records(file).map(({ record, anchor }) => ({ record, anchor, cells: cellsOfRecord(record) }));
    cells.forEach((each, at) => {
      const before = cells[at - 1];
      if (before === undefined || before.anchor !== each.anchor || order(before.cells, each.cells) <= 0) return;
      this.differences.add(
        file,
        each.cells.slice(0, 2).join(' '),
        '',
        `after ${before.cells.slice(0, 2).join(' ')}`,
        'sorted',
      );
    });
    cells.sort((a, b) => order(a.cells, b.cells));
    return this.rows(file, header, [written, ...cells.map(({ record }) => record)]);
  }

  /** With the group that each stands in. */
  records(file: string): { record: string; anchor: string }[] {
    return this.slice.groups.flatMap(({ anchor, files }) =>
      files
        .filter((each) => each.file === file)
        .flatMap(({ records }) => records.map((record) => ({ record, anchor }))),
    );
  }

  private rows(file: string, header: string, records: readonly string[]): Rows {
    return new Rows(() => new TextLines(records), file, header, this.differences);
  }
}
