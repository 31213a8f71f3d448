import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Differences } from '../../../../verify/differences.js';
import { sha256 } from '../../../../verify/folder.js';
import { isTime } from '../../../../verify/forms.js';
import { programmeIn } from './programmes.js';

/** `close.json` of a run that its period was paid by, and the closes before it, each of which it holds by its hash. */

export const CLOSE = 'close.json';

const BEGIN = ['close_no', 'revision', 'run_id', 'policy'];
const MIDDLE = ['period', 'as_of', 'manifest_sha256', 'totals', 'quarantine_accepted'];
const END = ['closed_at', 'closed_by', 'note', 'previous'];
/** As it is written, and as builds wrote it that knew of no packets, or of no programmes. */
const KEYS = [
  [...BEGIN, 'programme', ...MIDDLE, 'packets', ...END].join(' '),
  [...BEGIN, 'programme', ...MIDDLE, ...END].join(' '),
  [...BEGIN, ...MIDDLE, ...END].join(' '),
];

type Fields = Record<string, unknown>;

/** What the packets of the close show of disputes. */
function areDisputes(disputes: unknown): boolean {
  if (!Array.isArray(disputes)) return false;
  return disputes.every((each) => {
    const { id, answered, ...others } = Object(each) as Fields;
    const isId = typeof id === 'string' && /^[0-9a-f]{16}$/.test(id);
    return isId && typeof answered === 'boolean' && Object.keys(others).length === 0;
  });
}

/** What the folder holds besides, against which its close is held. */
export interface Closed {
  manifest: Buffer;
  /** Undefined where no row is quarantined. */
  quarantineSha256: string | undefined;
}

export class CloseCheck {
  constructor(
    private readonly root: string,
    private readonly differences: Differences,
  ) {}

  check(data: Buffer, { manifest, quarantineSha256 }: Closed): void {
    const close = this.read(CLOSE, data);
    if (close === undefined) return;
    const said = fieldsOf(manifest);
    for (const key of ['run_id', 'policy', 'period', 'as_of', 'totals']) this.same(key, close[key], said?.[key]);
    this.programme(close, said);
    this.same('manifest_sha256', close.manifest_sha256, sha256(manifest));
    this.same('quarantine_accepted', close.quarantine_accepted, quarantineSha256 ?? null);
    if (typeof close.closed_at !== 'string' || !isTime(close.closed_at))
      this.report('closed_at', close.closed_at, 'a time');
    if (typeof close.closed_by !== 'string' || close.closed_by === '')
      this.report('closed_by', close.closed_by, 'a name');
    this.packets(close.packets);
    this.revision(close, said);
    this.chain(close);
  }

  /** The run's, which one of an older build doesn't say; nor does a close of such a build. */
  private programme(close: Fields, said: Fields | undefined): void {
    if (close.programme === undefined && said?.programme === undefined) return;
    this.same('programme', close.programme, programmeOf(said ?? {}));
  }

  /** A root can't be recomputed here: it hangs on a secret that is no part of the folder. */
  private packets(packets: unknown): void {
    if (packets === undefined) return;
    const { size, root, disputes, ...others } = Object(packets) as Fields;
    const isSize = typeof size === 'number' && Number.isInteger(Math.log2(size));
    if (!isSize || typeof root !== 'string' || !/^[0-9a-f]{64}$/.test(root) || Object.keys(others).length > 0)
      this.report('packets', packets, 'the size and the root of a tree');
    if (disputes !== undefined && !areDisputes(disputes))
      this.report('packets', disputes, 'disputes, and whether they were answered');
  }

  /** A period's first close, or the one after the close that its run restates. */
  private revision(close: Fields, said: Fields | undefined): void {
    const restated = fieldsIn(said?.restates);
    const expected = restated === undefined ? 1 : Number(restated.revision) + 1;
    if (close.revision !== expected) this.report('revision', close.revision, String(expected));
  }

  /** From close to close before it, down to the first. */
  private chain(last: Fields): void {
    let first: Fields | undefined;
    const lowest = new Map<string, number>();
    for (let close: Fields | undefined = last; close !== undefined; close = this.before(close)) {
      this.once(close, lowest);
      first = close;
    }
    if (first?.previous === null && first.close_no !== 1)
      this.report('close_no', first.close_no, '1, because no close comes before it');
  }

  /** The closes of a programme's period are its revisions, one after the other: none is closed twice. */
  private once(close: Fields, lowest: Map<string, number>): void {
    const { close_no, period, revision } = close;
    const key = JSON.stringify([programmeOf(close), period]);
    const later = lowest.get(key);
    const expected = later === undefined ? revision : later - 1;
    if (revision !== expected) this.report(`revision of close ${close_no}`, revision, String(expected));
    lowest.set(key, Number(revision));
  }

  /** The close before one, where it has one and that is what it was; what isn't so is reported. */
  private before({ close_no, previous }: Fields): Fields | undefined {
    if (previous === null) return undefined;
    const { policy_id, run_id, sha256: held } = Object(previous) as Fields;
    const data = read(join(this.root, '..', '..', String(policy_id), String(run_id), CLOSE));
    const place = `previous of close ${close_no}`;
    const close = data && this.read(place, data);
    if (data === undefined) this.report(place, `${policy_id}/${run_id}`, 'a run folder that is closed');
    else if (sha256(data) !== held) this.report(place, sha256(data), String(held));
    else if (close !== undefined && close.close_no !== Number(close_no) - 1)
      this.report(place, close.close_no, String(Number(close_no) - 1));
    else return close;
    return undefined;
  }

  private read(place: string, data: Buffer): Fields | undefined {
    const close = fieldsOf(data);
    const canonical = close !== undefined && `${JSON.stringify(close, null, 2)}\n` === data.toString('utf8');
    if (canonical && KEYS.includes(Object.keys(close).join(' '))) return close;
    this.report(place, 'another form', 'the form that settle close writes');
    return undefined;
  }

  private same(key: string, found: unknown, expected: unknown): void {
    const [a, b] = [JSON.stringify(found) ?? 'nothing', JSON.stringify(expected) ?? 'nothing'];
    if (a !== b) this.report(key, found, b);
  }

  private report(key: string, found: unknown, expected: string): void {
    this.differences.add(CLOSE, key, '', JSON.stringify(found) ?? 'nothing', expected);
  }
}

function programmeOf({ programme, policy }: Fields): string {
  return programmeIn(programme, fieldsIn(policy)?.id);
}

function fieldsIn(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function fieldsOf(data: Buffer): Fields | undefined {
  try {
    return fieldsIn(JSON.parse(data.toString('utf8')));
  } catch {
    return undefined;
  }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
