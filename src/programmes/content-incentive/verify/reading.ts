import { isUtf8 } from 'node:buffer';
import { setImmediate as pause } from 'node:timers/promises';
import type { Differences } from '../../../verify/differences.js';
import { Folder, sha256 } from '../../../verify/folder.js';
import { isDay } from '../../../verify/forms.js';
import type { FileFacts, Rows } from '../../../verify/rows.js';
import { HEADERS, OLDER_HEADERS, type OutputFile } from './columns.js';
import { Control } from './exports/control.js';
import { Ineligible, readIneligible } from './exports/ineligible.js';
import {
  type AnchorRecord,
  type InputContext,
  readAnchors,
  readScarcity,
  ScarcityTable,
  Sources,
} from './exports/inputs.js';
import { Penalties, readPenalties } from './exports/penalties.js';
import { Findings } from './figures/findings.js';
import { PolicyFault } from './figures/policy.js';
import { SessionCheck } from './figures/sessions.js';
import { readTerms, type Terms } from './figures/terms.js';
import type { ManifestComparison } from './folder/accounts.js';
import { holds, type Manifest } from './folder/manifest.js';
import { MergedFiles, type Part } from './folder/merged.js';
import { Statements } from './folder/statements.js';
import { UnknownKinds } from './notices/unknown-kinds.js';
import { SettlementWalk } from './settlement.js';

const POLICY = 'policy.yaml';
/** The manifest's one entry for all statements. */
export const STATEMENTS = 'anchors/';

/** Who hears of what is read. */
export interface Listener {
  /** Of each session's id. */
  onSession: (id: string) => void;
  /** Every some thousand rows, with the bytes of sessions.csv read so far. */
  onBreath: (bytes: number) => void;
}

/** A walk that may begin: the inputs are read, the merged files are open. */
export interface Opened {
  walk: SettlementWalk;
  /** The evaluation date. */
  asOf: string;
  files: MergedFiles;
  anchors: ReadonlyMap<string, AnchorRecord>;
  context: InputContext;
  ineligible: Ineligible;
  control: Control;
  kinds: UnknownKinds;
  findings: Findings;
  /** Undefined in a run without statements. */
  statements: Statements | undefined;
}

/** One reader of a run folder, of all of it or of a part: what it has read so far, and what was wrong with it. */
export class Reading {
  readonly facts = new Map<string, FileFacts>();
  readonly folder: Folder;

  constructor(
    runDir: string,
    readonly differences: Differences,
    private readonly onProgress: (step: string, done: number, total: number) => void,
  ) {
    this.folder = new Folder(runDir, differences);
  }

  /** The policy's terms; undefined, and a difference, where they can't be read. */
  terms(comparison?: ManifestComparison): Terms | undefined {
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
  async input<T>(file: OutputFile, read: (rows: Rows) => T | Promise<T>): Promise<T | undefined> {
    const older = OLDER_HEADERS[file];
    const isOlder = older !== undefined && this.folder.begins(file, `${older}\n`);
    return this.file(file, isOlder ? older : HEADERS[file], read);
  }

  /** The same of a file with any header. */
  async file<T>(file: string, header: string, read: (rows: Rows) => T | Promise<T>): Promise<T | undefined> {
    this.onProgress(file, 0, 1);
    await pause();
    const rows = this.folder.rows(file, header);
    if (rows === undefined) return undefined;
    rows.onBreath = () => this.onProgress(file, 0, 1);
    const result = await read(rows);
    this.facts.set(file, rows.finish());
    return result;
  }

  /** Reads the inputs, and opens the merged files or a part of them. */
  async open(terms: Terms, manifest: Manifest | undefined, listener: Listener, part?: Part): Promise<Opened> {
    const { differences, folder } = this;
    const asOf = manifest !== undefined && isDay(manifest.asOf) ? manifest.asOf : terms.to;
    const sources = new Sources(differences);
    const [kinds, findings] = [new UnknownKinds(terms), new Findings()];
    const context: InputContext = { terms, asOf, differences, sources, kinds };
    const withStatements = manifest?.outputs.some(({ file }) => file === STATEMENTS) ?? folder.hasStatements();
    const statements = withStatements ? new Statements(folder, differences) : undefined;
    const none = new Map<string, AnchorRecord>();
    const anchors = (await this.input('inputs/anchors.csv', (rows) => readAnchors(rows, context))) ?? none;
    const table =
      (await this.input('inputs/scarcity.csv', (rows) => readScarcity(rows, context))) ?? new ScarcityTable();
    const read = await this.input('inputs/penalties.csv', (rows) => readPenalties(rows, context, anchors));
    const penalties = read ?? new Penalties(context);
    const ineligible = (await this.ineligible(context, anchors)) ?? new Ineligible();
    const control = new Control(context);
    if (manifest !== undefined && holds(manifest, 'inputs/control.csv'))
      await this.input('inputs/control.csv', (rows) => control.read(rows));
    const files = new MergedFiles(folder, part);
    const walk = new SettlementWalk({
      ...{ terms, asOf, anchors, penalties, ineligible, control, statements, findings, differences, ...listener },
      sessions: files.cursor('sessions.csv'),
      days: files.cursor('days.csv'),
      settlement: files.cursor('settlement.csv'),
      sessionCheck: new SessionCheck(terms, asOf, penalties, table, ineligible, differences),
    });
    return { walk, asOf, files, anchors, context, ineligible, control, kinds, findings, statements };
  }
  /** P6: in the runs of policies that ask for it alone. */
  private async ineligible(context: InputContext, anchors: ReadonlyMap<string, AnchorRecord>) {
    if (!context.terms.asksIneligible) return undefined;
    return this.input('inputs/ineligible.csv', (rows) => readIneligible(rows, context, anchors));
  }
}
