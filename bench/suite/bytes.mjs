// What two builds, and the floor, must have in common: their figures byte for byte.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['settlement.csv', 'days.csv', 'sessions.csv'];

/** Collects what differs, a line each; the first that is seen of a row is what the others must be. */
export class Bytes {
  differences = new Set();
  compared = 0;
  #first = new Map();

  /** A run folder of a row, or of the floor: all of them have the same figures. */
  published(row, side, dir) {
    for (const file of FILES) this.see(`${row}: ${file}`, side, join(dir, file));
  }

  /** A file of one build, or of the floor, which must be the others'. */
  see(what, { name }, path) {
    const hash = hashOf(path);
    const first = this.#first.get(what);
    if (first === undefined) {
      this.#first.set(what, { hash, name });
      return;
    }
    this.compared += 1;
    if (first.hash !== hash) this.differences.add(`${what} of ${name} is not what it is of ${first.name}`);
  }

  /** Two ways to the same figures, within one build. */
  same(row, { name }, dir, other) {
    for (const file of FILES) {
      this.compared += 1;
      if (hashOf(join(dir, file)) === hashOf(join(other, file))) continue;
      this.differences.add(`${row}: ${file} of ${name} is not what it is from nothing`);
    }
  }
}

function hashOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
