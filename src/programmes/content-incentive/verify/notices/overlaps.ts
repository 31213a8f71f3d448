import { byteOrder } from '../../../../verify/forms.js';
import { copied } from '../../../../verify/reading/copied.js';

/** Valid sessions of one anchor that ran at the same time (contract, "Notices"). */

/** What a notice tells of them. */
export interface Overlap {
  /** How many start before the latest end of those that started earlier. */
  count: string;
  /** Two ids: of one that does so and one that it meets. */
  value: string;
}

/** Sessions that there is room for at first; most anchors have fewer in a month. */
const ROOM = 1 << 10;
/** More of one anchor's ids than this are copied: a part of a chunk's text would keep the chunk. */
const MANY = 1 << 12;
/** Steps that sorting by insertion may take for each session: rows come by date, so that it takes few. */
const FEW_STEPS = 16;

function larger(times: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const more = new Float64Array(2 * times.length);
  more.set(times);
  return more;
}

/**
 * One anchor's valid sessions, in whatever order. Memory holds those of one anchor, in place of those of the one before,
 * and nothing is sorted where each begins after all before it have ended, as the rows come.
 */
export class Overlaps {
  private starts = new Float64Array(ROOM);
  private ends = new Float64Array(ROOM);
  private readonly ids: string[] = [];
  /** The places of the sessions, sorted when all are there. */
  private readonly order: number[] = [];
  private sessions = 0;
  private latest = -Infinity;
  private lastStart = -Infinity;
  /** Whether each so far started after the one before it, and not before the latest end. */
  private apart = true;

  /** Takes a session, its times in seconds. */
  add(id: string, start: number, end: number): void {
    // Of two that start at once the ids decide which comes first, so that they have to be looked at.
    if (start < this.latest || start === this.lastStart) this.apart = false;
    if (end > this.latest) this.latest = end;
    this.lastStart = start;
    const at = this.sessions;
    if (at === this.starts.length) [this.starts, this.ends] = [larger(this.starts), larger(this.ends)];
    this.starts[at] = start;
    this.ends[at] = end;
    this.ids.push(at < MANY ? id : copied(id));
    this.sessions = at + 1;
  }

  /** What the anchor's sessions come to, undefined where none overlap; the next one's may be added then. */
  close(): Overlap | undefined {
    const overlap = this.apart ? undefined : this.found();
    this.ids.length = 0;
    this.sessions = 0;
    this.latest = -Infinity;
    this.lastStart = -Infinity;
    this.apart = true;
    return overlap;
  }

  /** By their start, then by their id. */
  private compare(a: number, b: number): number {
    const [one = 0, other = 0] = [this.starts[a], this.starts[b]];
    return one === other ? byteOrder(this.ids[a] ?? '', this.ids[b] ?? '') : one - other;
  }

  /** Sorts by insertion, which is quick where little is out of order; where much is, by the library. */
  private sort(): void {
    const { order, sessions } = this;
    let steps = FEW_STEPS * sessions;
    order.length = sessions;
    for (let next = 0; next < sessions; next += 1) {
      let at = next;
      for (; at > 0 && this.compare(order[at - 1] ?? 0, next) > 0; at -= 1) order[at] = order[at - 1] ?? 0;
      order[at] = next;
      steps -= next - at;
      if (steps >= 0) continue;
      for (let place = 0; place < sessions; place += 1) order[place] = place;
      order.sort((a, b) => this.compare(a, b));
      return;
    }
  }

  private found(): Overlap | undefined {
    this.sort();
    let sessions = 0;
    let [first, twins, holder] = ['', '', ''];
    let [latest, start] = [-Infinity, -Infinity];
    /** The first id of each end, among those that start at once. */
    let sameStart: Map<number, string> | undefined;
    let before = 0;
    for (const at of this.order) {
      const [id = '', end = 0] = [this.ids[at], this.ends[at]];
      let twin: string | undefined;
      if (this.starts[at] === start) {
        sameStart ??= new Map([[this.ends[before] ?? 0, this.ids[before] ?? '']]);
        twin = sameStart.get(end);
        if (twin === undefined) sameStart.set(end, id);
      } else {
        sameStart = undefined;
        start = this.starts[at] ?? 0;
      }
      before = at;
      if (start < latest) {
        sessions += 1;
        if (first === '') first = `${holder};${id}`;
        if (twin !== undefined && twins === '') twins = `${twin};${id}`;
      }
      if (end > latest) [latest, holder] = [end, id];
    }
    return sessions === 0 ? undefined : { count: String(sessions), value: copied(twins || first) };
  }
}
