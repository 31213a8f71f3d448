import type { Differences } from '../../../verify/differences.js';
import type { Rows } from '../../../verify/rows.js';

/** The table's first and largest number of slots; 2^25 slots take 256 MiB and hold 23 million fingerprints. */
const FIRST_SLOTS = 1 << 12;
export const MOST_SLOTS = 1 << 25;
const FULL = 0.7;
/** Fingerprints that came twice and are looked at again; more than that need no list. */
const MOST_SUSPECTS = 10_000;

/** Fingerprints that are passed on at once. */
const PRINTS = 1 << 15;

/** Two 32-bit hashes of a text, both well mixed; together its fingerprint. */
function fingerprint(text: string, out: Uint32Array): void {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  out[0] = a;
  // An empty slot is zero in both halves; no fingerprint is.
  out[1] = a === 0 && b === 0 ? 1 : b;
}

/** Fingerprints taken in one part of the file for the table that is kept in another, both halves of each side by side. */
export class Prints {
  private readonly print = new Uint32Array(2);
  private prints = new Uint32Array(2 * PRINTS);
  private taken = 0;

  constructor(private readonly pass: (prints: Uint32Array) => void) {}

  add(id: string): void {
    fingerprint(id, this.print);
    this.prints[this.taken] = this.print[0] ?? 0;
    this.prints[this.taken + 1] = this.print[1] ?? 0;
    this.taken += 2;
    if (this.taken === this.prints.length) this.flush();
  }

  /** Passes on what it holds; the array is the receiver's. */
  flush(): void {
    const { prints, taken } = this;
    this.prints = new Uint32Array(2 * PRINTS);
    this.taken = 0;
    if (taken > 0) this.pass(prints.subarray(0, taken));
  }
}

/**
 * Finds session ids that stand twice in sessions.csv, wherever: its order by anchor and date hides them, and a session
 * copied to another date would be paid twice. Memory is bounded: where the fingerprints outgrow the table it keeps one
 * part of them, and the file is read again for each of the others; fingerprints that meet are compared as texts at last.
 */
export class SessionKeys {
  /** The two halves of a fingerprint stand side by side, so that one look into memory finds both. */
  private slots: Uint32Array;
  private used = 0;
  /** Of `parts` parts (a power of two) the table holds the one whose low bits are `part`. */
  private parts = 1;
  private part = 0;
  private readonly print = new Uint32Array(2);
  private readonly suspects = new Map<string, Map<string, number>>();
  /** Whether more came twice than the list holds. */
  private tooMany = false;

  /** `mostSlots` is a power of two; a table for the expected ids needs not grow. */
  constructor(
    private readonly mostSlots = MOST_SLOTS,
    expected = 0,
  ) {
    let slots = FIRST_SLOTS;
    while (slots < mostSlots && slots * FULL < expected) slots *= 2;
    this.slots = new Uint32Array(2 * slots);
  }

  add(id: string): void {
    fingerprint(id, this.print);
    this.addPrint(this.print[0] ?? 0, this.print[1] ?? 0);
  }

  /** The same of ids whose fingerprints were taken in another part of the file. */
  addPrints(prints: Uint32Array): void {
    for (let at = 0; at < prints.length; at += 2) this.addPrint(prints[at] ?? 0, prints[at + 1] ?? 0);
  }

  private addPrint(a: number, b: number): void {
    if ((b & (this.parts - 1)) !== this.part) return;
    if (!this.put(a, b)) {
      if (this.suspects.size < MOST_SUSPECTS) this.suspects.set(`${a} ${b}`, new Map());
      else this.tooMany = true;
    } else if (this.used > (this.slots.length / 2) * FULL) {
      this.makeRoom();
    }
  }

  /** Looks at the other parts and reports the ids that came twice; `read` opens the file once more. */
  report(file: string, read: () => Rows | undefined, differences: Differences): void {
    for (let part = 1; part < this.parts; part += 1) {
      this.part = part;
      this.clear(this.slots.length / 2);
      this.eachId(read, (id) => this.add(id));
    }
    if (this.suspects.size === 0) return;
    this.eachId(read, (id) => {
      fingerprint(id, this.print);
      const ids = this.suspects.get(`${this.print[0]} ${this.print[1]}`);
      ids?.set(id, (ids.get(id) ?? 0) + 1);
    });
    let twice = 0;
    for (const ids of this.suspects.values()) {
      for (const [id, rows] of ids) {
        if (rows === 1) continue;
        twice += 1;
        differences.add(file, id, 'session_id', `in ${rows} rows`, 'each session once');
      }
    }
    // Nobody has so many ids of one fingerprint by chance: what was left out may be a session that stands twice.
    if (this.tooMany && twice === 0)
      differences.add(file, '', 'session_id', `more than ${MOST_SUSPECTS} ids made to look alike`, 'ids of sessions');
  }

  private eachId(read: () => Rows | undefined, take: (id: string) => void): void {
    const rows = read();
    if (rows === undefined) return;
    for (let id = rows.nextFirstCell(); id !== undefined; id = rows.nextFirstCell()) take(id);
    rows.finish();
  }

  private clear(slots: number): void {
    this.slots = new Uint32Array(2 * slots);
    this.used = 0;
  }

  /** Puts a fingerprint into the table; false where it is there already. */
  private put(a: number, b: number): boolean {
    const { slots } = this;
    const mask = slots.length - 1;
    for (let at = (a * 2) & mask; ; at = (at + 2) & mask) {
      if (slots[at] === 0 && slots[at + 1] === 0) {
        slots[at] = a;
        slots[at + 1] = b;
        this.used += 1;
        return true;
      }
      if (slots[at] === a && slots[at + 1] === b) return false;
    }
  }

  /** A larger table; at its largest, in the first reading of the file, half as many fingerprints instead. */
  private makeRoom(): void {
    const { slots } = this;
    const size = slots.length / 2;
    const grows = size < this.mostSlots || this.part > 0;
    if (!grows) this.parts *= 2;
    this.clear(grows ? size * 2 : size);
    for (let at = 0; at < slots.length; at += 2) {
      const a = slots[at] ?? 0;
      const b = slots[at + 1] ?? 0;
      if ((a !== 0 || b !== 0) && (b & (this.parts - 1)) === this.part) this.put(a, b);
    }
  }
}
