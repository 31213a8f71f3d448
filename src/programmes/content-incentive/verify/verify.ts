import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Differences } from '../../../verify/differences.js';
import type { VerifyOptions, VerifyReport } from '../../../verify/report.js';
import type { Rows } from '../../../verify/rows.js';
import { checkSigned } from '../../../verify/signature/check-signed.js';
import { HEADERS } from './columns.js';
import type { AnchorRecord } from './exports/inputs.js';
import type { Surroundings } from './exports/named-agencies.js';
import { Quarantine } from './exports/quarantine.js';
import { Unsettled } from './exports/unsettled.js';
import type { Terms } from './figures/terms.js';
import { ManifestComparison } from './folder/accounts.js';
import { holds, MANIFEST, type Manifest, type Restates, readManifest } from './folder/manifest.js';
import { isWithin, type Part, partsOf, stampOf } from './folder/merged.js';
import { FURTHER_FILES } from './further-files.js';
import { Doubt, Helpers } from './helpers.js';
import { AdjustmentCheck } from './history/adjustments.js';
import { CLOSE, CloseCheck } from './history/closes.js';
import { MOST_SLOTS, SessionKeys } from './keys.js';
import { Notices } from './notices/notices.js';
import { type Opened, Reading, STATEMENTS } from './reading.js';
import { alreadyRewarded } from './settlement.js';
import { addPublished } from './totals.js';

type OnProgress = NonNullable<VerifyOptions['onProgress']>;

/** Bytes that a row of sessions.csv has at least, nearly always; with shorter ones a table grows later. */
const SHORT_ROW = 120;

/** The first part of a run folder's merged files, and who reads the others. */
interface Share {
  part: Part;
  helpers: Helpers;
}

/** One verification of one run folder, in the order in which `run` reads it. */
class Verification {
  private readonly reading: Reading;
  /** Of rows that are left out: agencies, and sessions that the control desk names. */
  private waiting = { agencies: new Set<string>(), sessions: new Set<string>() };

  constructor(
    runDir: string,
    private readonly differences: Differences,
    private readonly onProgress: OnProgress,
    private readonly share?: Share,
  ) {
    this.reading = new Reading(runDir, differences, onProgress);
  }

  async run(): Promise<VerifyReport> {
    const report = { run_id: '', anchors: 0, sessions: 0, statements: 0, differences: this.differences.list, count: 0 };
    const manifest = readManifest(this.reading.folder, this.differences);
    report.run_id = manifest?.runId ?? '';
    const comparison = manifest && new ManifestComparison(manifest, this.differences);
    const terms = this.reading.terms(comparison);
    // Without the policy no figure can be recomputed, and hashes alone would say little.
    if (terms !== undefined) await this.figures(terms, manifest, comparison, report);
    report.count = this.differences.count;
    return report;
  }

  /** C1 to C13, file by file, and then what the manifest says of them. */
  private async figures(
    terms: Terms,
    manifest: Manifest | undefined,
    comparison: ManifestComparison | undefined,
    report: VerifyReport,
  ): Promise<void> {
    const { differences, reading } = this;
    const opened = await this.walk(terms, manifest);
    const { walk, anchors, context, statements } = opened;
    const { sources } = context;
    for (const [id, anchor] of anchors) {
      if (!anchor.settled) differences.add('inputs/anchors.csv', id, '', 'a row', 'no row without a settlement');
    }
    const quarantine = new Quarantine('quarantine.csv', sources, anchors, differences);
    await this.leftOut(quarantine, terms, manifest, opened);
    await this.further(manifest, { input: context, anchors, waiting: this.waiting.agencies });
    const notices = await this.notices(terms, manifest, opened);
    if (statements !== undefined) reading.facts.set(STATEMENTS, statements.facts());
    if (manifest?.restates !== undefined) await this.adjustments(manifest, manifest.restates);
    this.closed();
    reading.folder.reportExcess();
    report.anchors = walk.totals.anchors;
    report.sessions = walk.totals.sessions;
    report.statements = reading.facts.get(STATEMENTS)?.rows ?? 0;
    comparison?.runId(statements !== undefined, notices?.withdrawn ?? new Map());
    comparison?.outputs(reading.facts);
    comparison?.inputs(quarantine.rowsOf, sources.files());
    comparison?.accounting(reading.facts.get('sessions.csv')?.rows ?? 0, quarantine.rowsOf);
    comparison?.totals(walk.totals);
    if (notices !== undefined) comparison?.notices(notices.counts);
  }

  /** quarantine.csv, and unsettled.csv beside it. */
  private async leftOut(quarantine: Quarantine, terms: Terms, manifest: Manifest | undefined, opened: Opened) {
    const { reading, differences } = this;
    const read = () => reading.input('quarantine.csv', (rows) => quarantine.read(rows));
    if (manifest === undefined || !holds(manifest, 'unsettled.csv')) return read();
    const { asOf, anchors, control } = opened;
    const context = { from: terms.from, asOf, anchors, named: control.ofSession };
    const unsettled = await reading.input('unsettled.csv', async (rows) => {
      const check = new Unsettled(rows, context, differences);
      quarantine.onSession = (leftOut) => check.take(leftOut);
      await read();
      check.end();
      return check;
    });
    if (unsettled === undefined) await read();
    else this.waiting = unsettled;
  }

  private async further(manifest: Manifest | undefined, surroundings: Surroundings): Promise<void> {
    if (manifest === undefined) return;
    for (const { file, header, read } of FURTHER_FILES)
      if (holds(manifest, file)) await this.reading.file(file, header, (rows) => read(rows, surroundings));
  }

  /** notices.csv; undefined in a folder that has none. */
  private async notices(terms: Terms, manifest: Manifest | undefined, opened: Opened): Promise<Notices | undefined> {
    if (manifest === undefined || !holds(manifest, 'notices.csv')) return undefined;
    const { asOf, findings, kinds, ineligible, control } = opened;
    const waiting = this.waiting.sessions;
    const seconds = ineligible.seconds(terms, asOf);
    const shown = { manifest, from: terms.from, asOf, found: findings.found, kinds, seconds, control, waiting };
    return this.reading.input('notices.csv', async (rows) => {
      const notices = new Notices(shown, this.differences);
      await notices.read(rows);
      return notices;
    });
  }

  private async adjustments(manifest: Manifest, restates: Restates): Promise<void> {
    const check = new AdjustmentCheck(this.reading.folder.root, restates, manifest, this.differences);
    await this.reading.input('adjustments.csv', (rows) => check.check(rows));
  }

  /** A run that its period was closed with says so; most runs aren't. */
  private closed(): void {
    const { folder, facts } = this.reading;
    if (!folder.has(CLOSE)) return;
    const data = folder.whole(CLOSE);
    const manifest = folder.bytes(MANIFEST);
    const quarantine = facts.get('quarantine.csv');
    if (data === undefined || manifest === undefined) return;
    const quarantineSha256 = quarantine !== undefined && quarantine.rows > 0 ? quarantine.sha256 : undefined;
    new CloseCheck(folder.root, this.differences).check(data, { manifest, quarantineSha256 });
    checkSigned(folder, data, this.differences);
  }

  /** Merges sessions, days and settlement anchor by anchor, then looks for sessions that stand twice. */
  private async walk(terms: Terms, manifest: Manifest | undefined): Promise<Opened> {
    const { reading, differences, share } = this;
    const size = sizeOf(reading.folder.root);
    const keys = new SessionKeys(MOST_SLOTS, size / SHORT_ROW);
    let own = 0;
    const onBreath = (bytes: number): void => {
      own = bytes;
      if (share !== undefined) this.takeIn(share, keys);
      this.onProgress('sessions.csv', Math.min(own + (share?.helpers.bytes ?? 0), size), size);
    };
    const opened = await reading.open(terms, manifest, { onSession: (id) => keys.add(id), onBreath }, share?.part);
    this.onProgress('sessions.csv', 0, size);
    await opened.walk.run();
    if (share === undefined) opened.walk.complete(alreadyRewarded(opened.walk.waiting));
    else await opened.files.hashRest(() => onBreath(own));
    for (const [file, facts] of opened.files.finish()) reading.facts.set(file, facts);
    if (share !== undefined) await this.gather(share, opened, () => onBreath(own));
    this.onProgress('sessions.csv', size, size);
    const silent = new Differences(0);
    const again = (): Rows | undefined => reading.folder.again('sessions.csv', HEADERS['sessions.csv'], silent);
    if (reading.facts.has('sessions.csv')) keys.report('sessions.csv', again, differences);
    return opened;
  }

  /** Takes in what the helpers said so far; nobody goes on where something differs. */
  private takeIn({ helpers }: Share, keys: SessionKeys): void {
    if (this.differences.count > 0) throw new Doubt();
    helpers.drain((prints) => keys.addPrints(prints));
  }

  /** Makes one whole of what everybody read. */
  private async gather({ part, helpers }: Share, opened: Opened, breathe: () => void): Promise<void> {
    const { walk, anchors, findings, statements } = opened;
    if (!isWithin(part, walk)) throw new Doubt();
    const rewarded = alreadyRewarded([...walk.waiting, ...(await helpers.waiting(breathe))]);
    walk.complete(rewarded);
    for (const result of await helpers.complete(rewarded, breathe)) {
      addPublished(walk.totals, result.totals);
      statements?.claim(result.statements);
      findings.add(result.found);
      for (const id of result.settled) settledElsewhere(anchors, id);
      for (const [file, rows] of Object.entries(result.rows)) {
        const facts = this.reading.facts.get(file);
        if (facts !== undefined) facts.rows += rows;
      }
    }
  }
}

function settledElsewhere(anchors: ReadonlyMap<string, AnchorRecord>, id: string): void {
  const anchor = anchors.get(id);
  if (anchor !== undefined) anchor.settled = true;
}

/** The bytes of sessions.csv, 0 where there is none; why there is none is said elsewhere. */
function sizeOf(runDir: string): number {
  try {
    return statSync(join(runDir, 'sessions.csv')).size;
  } catch {
    return 0;
  }
}

/** Bytes of sessions.csv from which on threads are worth their start, and the most of them that read side by side. */
const WORTH_SHARING = 1 << 25;
const MOST_PARTS = 4;

/**
 * Reads a folder in so many parts side by side. Undefined where anything differs or the folder can't be shared out:
 * that nothing differs every order of reading finds, but what differs is said as one reading in order says it.
 */
export async function verifyInParts(runDir: string, wanted: number, onProgress: OnProgress = () => undefined) {
  const [part, ...others] = partsOf(runDir, wanted) ?? [];
  if (part === undefined) return undefined;
  const stamp = stampOf(runDir);
  const helpers = new Helpers();
  try {
    helpers.start(runDir, others);
    const report = await new Verification(runDir, new Differences(0), onProgress, { part, helpers }).run();
    // Each byte is hashed by one reader and looked at by another; they must have read the same.
    return report.count === 0 && stampOf(runDir) === stamp ? report : undefined;
  } catch (error) {
    if (error instanceof Doubt) return undefined;
    throw error;
  } finally {
    await helpers.close();
  }
}

/**
 * Recomputes every figure of a published run folder from its own files alone, by the clauses of the rulebook, and says
 * where they differ. It shares nothing with the program's settlement: an oracle that shared a predicate would share its
 * defect. A damaged folder gives differences; only a folder that is none of a run is refused.
 */
export async function verifyRun(runDir: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const onProgress = options.onProgress ?? (() => {});
  const parts = Math.min(availableParallelism(), MOST_PARTS);
  if (parts > 1 && sizeOf(runDir) >= WORTH_SHARING) {
    const sound = await verifyInParts(runDir, parts, onProgress);
    if (sound !== undefined) return sound;
  }
  return new Verification(runDir, new Differences(options.most ?? 100), onProgress).run();
}
