import type { Differences } from './differences.js';
import type { Rows } from './rows.js';

/** The table's first and largest number of slots; 2^25 slots take 256 MiB and hold 23 million fingerprints. */
const FIRST_SLOTS = 1 << 12;
const MOST_SLOTS = 1 << 25;
const FULL = 0.7;
/** Fingerprints that came twice and are looked at again; more than that need no list. */
const MOST_SUSPECTS = 10_000;

/** Two 32-bit hashes of a text, both well mixed; together its fingerprint. */
export function fingerprint(text: string, out: Uint32Array): void {
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

/**
 * Finds session ids that stand twice in sessions.csv, wherever: its order by anchor and date hides them, and a session
 * copied to another date would be paid twice. Memory is bounded: where the fingerprints outgrow the table it keeps one
 * part of them, and the file is read again for each of the others; fingerprints that meet are compared as texts at last.
 */
export class SessionKeys {
  private halves = [new Uint32Array(FIRST_SLOTS), new Uint32Array(FIRST_SLOTS)] as const;
  private used = 0;
  /** Of `parts` parts (a power of two) the table holds the one whose low bits are `part`. */
  private parts = 1;
  private part = 0;
  private readonly print = new Uint32Array(2);
  private readonly suspects = new Map<string, Map<string, number>>();

  /** `mostSlots` is a power of two. */
  constructor(private readonly mostSlots = MOST_SLOTS) {}

  add(id: string): void {
    fingerprint(id, this.print);
    const [a = 0, b = 0] = this.print;
    if ((b & (this.parts - 1)) !== this.part) return;
    if (!this.put(a, b)) {
      if (this.suspects.size < MOST_SUSPECTS) this.suspects.set(`${a} ${b}`, new Map());
    } else if (this.used > this.halves[0].length * FULL) {
      this.makeRoom();
    }
  }

  /** Looks at the other parts and reports the ids that came twice; `read` opens the file once more. */
  report(file: string, read: () => Rows | undefined, differences: Differences): void {
    for (let part = 1; part < this.parts; part += 1) {
      this.part = part;
      this.clear(this.halves[0].length);
      this.eachId(read, (id) => this.add(id));
    }
    if (this.suspects.size === 0) return;
    this.eachId(read, (id) => {
      fingerprint(id, this.print);
      const ids = this.suspects.get(`${this.print[0]} ${this.print[1]}`);
      ids?.set(id, (ids.get(id) ?? 0) + 1);
    });
    for (const ids of this.suspects.values()) {
      for (const [id, rows] of ids) {
        if (rows > 1) differences.add(file, id, 'session_id', `in ${rows} rows`, 'each session once');
      }
    }
  }

  private eachId(read: () => Rows | undefined, take: (id: string) => void): void {
    const rows = read();
    if (rows === undefined) return;
    for (let id = rows.nextFirstCell(); id !== undefined; id = rows.nextFirstCell()) take(id);
    rows.finish();
  }

  private clear(slots: number): void {
    this.halves = [new Uint32Array(slots), new Uint32Array(slots)];
    this.used = 0;
  }

  /** Puts a fingerprint into the table; false where it is there already. */
  private put(a: number, b: number): boolean {
    const [as, bs] = this.halves;
    const mask = as.length - 1;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      if (as[slot] === 0 && bs[slot] === 0) {
        as[slot] = a;
        bs[slot] = b;
        this.used += 1;
        return true;
      }
      if (as[slot] === a && bs[slot] === b) return false;
    }
  }

  /** A larger table; at its largest, in the first reading of the file, half as many fingerprints instead. */
  private makeRoom(): void {
    const [as, bs] = this.halves;
    const grows = as.length < this.mostSlots || this.part > 0;
    if (!grows) this.parts *= 2;
    this.clear(grows ? as.length * 2 : as.length);
    for (let slot = 0; slot < as.length; slot += 1) {
      const [a = 0, b = 0] = [as[slot], bs[slot]];
      if ((a !== 0 || b !== 0) && (b & (this.parts - 1)) === this.part) this.put(a, b);
    }
  }
}
