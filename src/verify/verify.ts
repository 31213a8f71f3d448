import { isUtf8 } from 'node:buffer';
import { setImmediate as pause } from 'node:timers/promises';
import { ManifestComparison } from './accounts.js';
import { AdjustmentCheck } from './adjustments.js';
import { CLOSE, CloseCheck } from './closes.js';
import { HEADERS, type OutputFile } from './columns.js';
import { type Difference, Differences } from './differences.js';
import { Folder, sha256 } from './folder.js';
import { isDay } from './forms.js';
import { type AnchorRecord, type InputContext, readAnchors, readScarcity, ScarcityTable, Sources } from './inputs.js';
import { MOST_SLOTS, SessionKeys } from './keys.js';
import { MANIFEST, type Manifest, type Restates, readManifest } from './manifest.js';
import { Penalties, readPenalties } from './penalties.js';
import { PolicyFault } from './policy.js';
import { Quarantine } from './quarantine.js';
import type { FileFacts, Rows } from './rows.js';
import { SessionCheck } from './sessions.js';
import { Cursor, SettlementWalk } from './settlement.js';
import { Statements } from './statements.js';
import { readTerms, type Terms } from './terms.js';

export type { Difference } from './differences.js';

export interface VerifyReport {
  run_id: string;
  anchors: number;
  sessions: number;
  statements: number;
  differences: Difference[];
  /** All that were found; the list is cut at `most`. */
  count: number;
}

export interface VerifyOptions {
  most?: number;
  onProgress?: (step: string, done: number, total: number) => void;
}

const POLICY = 'policy.yaml';
const STATEMENTS = 'anchors/';
/** Bytes that a row of sessions.csv has at least, nearly always; with shorter ones a table grows later. */
const SHORT_ROW = 120;

/** One verification of one run folder: what it has read so far, in the order in which `run` reads it. */
class Verification {
  private readonly facts = new Map<string, FileFacts>();
  private readonly folder: Folder;

  constructor(
    runDir: string,
    private readonly differences: Differences,
    private readonly onProgress: NonNullable<VerifyOptions['onProgress']>,
  ) {
    this.folder = new Folder(runDir, differences);
  }

  async run(): Promise<VerifyReport> {
    const report = { run_id: '', anchors: 0, sessions: 0, statements: 0, differences: this.differences.list, count: 0 };
    const manifest = readManifest(this.folder, this.differences);
    report.run_id = manifest?.runId ?? '';
    const comparison = manifest && new ManifestComparison(manifest, this.differences);
    const terms = this.terms(comparison);
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
    const { differences, folder } = this;
    const asOf = manifest !== undefined && isDay(manifest.asOf) ? manifest.asOf : terms.to;
    const sources = new Sources(differences);
    const context: InputContext = { terms, asOf, differences, sources };
    const withStatements = manifest?.outputs.some(({ file }) => file === STATEMENTS) ?? folder.hasStatements();
    const statements = withStatements ? new Statements(folder, differences) : undefined;
    const none = new Map<string, AnchorRecord>();
    const anchors = (await this.input('inputs/anchors.csv', (rows) => readAnchors(rows, context))) ?? none;
    const walk = await this.walk(context, anchors, statements);
    for (const [id, anchor] of anchors) {
      if (!anchor.settled) differences.add('inputs/anchors.csv', id, '', 'a row', 'no row without a settlement');
    }
    const quarantine = new Quarantine('quarantine.csv', sources, anchors, differences);
    await this.input('quarantine.csv', (rows) => quarantine.read(rows));
    if (statements !== undefined) this.facts.set(STATEMENTS, statements.facts());
    if (manifest?.restates !== undefined) await this.adjustments(manifest, manifest.restates);
    this.closed();
    folder.reportExcess();
    report.anchors = walk.totals.anchors;
    report.sessions = walk.totals.sessions;
    report.statements = this.facts.get(STATEMENTS)?.rows ?? 0;
    comparison?.runId(withStatements);
    comparison?.outputs(this.facts);
    comparison?.inputs(quarantine.rowsOf, sources.files());
    comparison?.accounting(this.facts.get('sessions.csv')?.rows ?? 0, quarantine.rowsOf);
    comparison?.totals(walk.totals);
  }

  private async adjustments({ version }: Manifest, restates: Restates): Promise<void> {
    const check = new AdjustmentCheck(this.folder.root, restates, version, this.differences);
    await this.input('adjustments.csv', (rows) => check.check(rows));
  }

  /** A run that its period was closed with says so; most runs aren't. */
  private closed(): void {
    const { folder, facts } = this;
    if (!folder.has(CLOSE)) return;
    const data = folder.whole(CLOSE);
    const manifest = folder.bytes(MANIFEST);
    const quarantine = facts.get('quarantine.csv');
    if (data === undefined || manifest === undefined) return;
    const quarantineSha256 = quarantine !== undefined && quarantine.rows > 0 ? quarantine.sha256 : undefined;
    new CloseCheck(folder.root, this.differences).check(data, { manifest, quarantineSha256 });
  }

  private terms(comparison: ManifestComparison | undefined): Terms | undefined {
    const data = this.folder.whole(POLICY);
    if (data === undefined) return undefined;
    if (!isUtf8(data)) this.differences.add(POLICY, '', '', 'bytes that are not UTF-8', 'UTF-8');
    try {
      const terms = readTerms(data.toString('utf8'));
      comparison?.policy(terms, sha256(data));
      return terms;
    } catch (error) {
      if (!(error instanceof PolicyFault)) throw error;
      this.differences.add(POLICY, error.place, '', error.found, error.expected);
      return undefined;
    }
  }

  /** Reads a whole file and notes its hash and rows. */
  private async input<T>(file: OutputFile, read: (rows: Rows) => T): Promise<T | undefined> {
    this.onProgress(file, 0, 1);
    await pause();
    const rows = this.folder.rows(file, HEADERS[file]);
    if (rows === undefined) return undefined;
    const result = read(rows);
    this.facts.set(file, rows.finish());
    return result;
  }

  /** Merges sessions, days and settlement anchor by anchor, then looks for sessions that stand twice. */
  private async walk(
    context: InputContext,
    anchors: ReadonlyMap<string, AnchorRecord>,
    statements: Statements | undefined,
  ): Promise<SettlementWalk> {
    const { folder, differences } = this;
    const { terms, asOf } = context;
    const table =
      (await this.input('inputs/scarcity.csv', (rows) => readScarcity(rows, context))) ?? new ScarcityTable();
    const read = await this.input('inputs/penalties.csv', (rows) => readPenalties(rows, context, anchors));
    const penalties = read ?? new Penalties(context);
    const files = (['sessions.csv', 'days.csv', 'settlement.csv'] as const).map((file) => ({
      file,
      rows: folder.rows(file, HEADERS[file]),
    }));
    const [sessions, days, settlement] = files.map(({ rows }) => rows);
    const size = sessions?.size ?? 0;
    const keys = new SessionKeys(MOST_SLOTS, size / SHORT_ROW);
    const walk = new SettlementWalk({
      ...{ terms, asOf, anchors, penalties, statements, differences },
      sessions: new Cursor(sessions, 1),
      days: new Cursor(days, 0),
      settlement: new Cursor(settlement, 2),
      sessionCheck: new SessionCheck(terms, asOf, penalties, table, differences),
      onSession: (id) => keys.add(id),
      onBreath: (bytes) => this.onProgress('sessions.csv', bytes, size),
    });
    this.onProgress('sessions.csv', 0, size);
    await walk.run();
    this.onProgress('sessions.csv', size, size);
    for (const { file, rows } of files) if (rows !== undefined) this.facts.set(file, rows.finish());
    const silent = new Differences(0);
    const again = (): Rows | undefined => folder.again('sessions.csv', HEADERS['sessions.csv'], silent);
    if (sessions !== undefined) keys.report('sessions.csv', again, differences);
    return walk;
  }
}

/**
 * Recomputes every figure of a published run folder from its own files alone, by the clauses of the rulebook, and says
 * where they differ. It shares nothing with the program's settlement: an oracle that shared a predicate would share its
 * defect. A damaged folder gives differences; only a folder that is none of a run is refused.
 */
export async function verifyRun(runDir: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const differences = new Differences(options.most ?? 100);
  return new Verification(runDir, differences, options.onProgress ?? (() => {})).run();
}
