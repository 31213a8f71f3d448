/** A figure, a form or a file of the run folder that is not what the clauses and the contract make of the rest. */
export interface Difference {
  /** The file, relative to the run folder. */
  file: string;
  /** The row's key, or the place in the manifest. */
  key: string;
  column: string;
  found: string;
  expected: string;
  /** The clause of the rulebook that gives the expected figure, or `contract`. */
  clause?: string;
}

/** Longer cells are cut in a report: they may be megabytes in a damaged folder. */
const LONGEST = 200;

function shown(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/**
 * Collects the differences. All are counted and the first `most` are kept, so that a folder that is wrong
 * in every row needs no more memory than a right one.
 */
export class Differences {
  readonly list: Difference[] = [];
  count = 0;

  constructor(private readonly most: number) {}

  add(file: string, key: string, column: string, found: string, expected: string, clause?: string): void {
    this.count += 1;
    if (this.list.length >= this.most) return;
    const difference: Difference = { file, key: shown(key), column, found: shown(found), expected: shown(expected) };
    this.list.push(clause === undefined ? difference : { ...difference, clause });
  }

  /** Adds a difference where the two texts are not the same. */
  compare(file: string, key: string, column: string, found: string, expected: string, clause?: string): void {
    if (found !== expected) this.add(file, key, column, found, expected, clause);
  }
}
