import type { Differences } from '../../../../verify/differences.js';
import { sha256 } from '../../../../verify/folder.js';
import { byteOrder } from '../../../../verify/forms.js';
import { SEVERITIES, type Severity } from '../../../../verify/place-codes.js';
import type { FileFacts } from '../../../../verify/rows.js';
import { kindOf } from '../columns.js';
import type { Terms } from '../figures/terms.js';
import { programmeIn } from '../history/programmes.js';
import { type Totals, totalsAsPublished } from '../totals.js';
import { MANIFEST, type Manifest, type ManifestInput } from './manifest.js';

/** What a run id derives from of one input. */
function inputLines({ file, sha256: hash, reading }: ManifestInput, withdrawn: string | undefined): string[] {
  const input = reading === undefined ? `input ${hash} ${file}` : `input ${hash} ${reading.text} ${file}`;
  return withdrawn === undefined ? [input] : [input, `shrank ${withdrawn} ${file}`];
}

/** Everything that the manifest says of the rest of the folder, held against what was found there. */
export class ManifestComparison {
  constructor(
    private readonly manifest: Manifest,
    private readonly differences: Differences,
  ) {}

  /** The policy's id, hash and period, and C2's evaluation date in it. */
  policy(terms: Terms, policySha256: string): void {
    const { manifest } = this;
    this.same('policy.id', manifest.policyId, terms.id);
    this.same('policy.sha256', manifest.policySha256, policySha256);
    if (manifest.programme !== undefined)
      this.same('programme', manifest.programme, programmeIn(terms.programme, terms.id));
    this.same('period.from', manifest.periodFrom, terms.from, 'C2');
    this.same('period.to', manifest.periodTo, terms.to, 'C2');
    if (manifest.asOf < terms.from || manifest.asOf > terms.to) {
      this.same('as_of', manifest.asOf, `${terms.from} to ${terms.to}`, 'C2');
    }
  }

  /**
   * The run's id derives from the program, the policy, the evaluation date, the inputs with how each was read and the
   * rows that its load withdrew (by file, as notices tell them), and the severities that the settings lower.
   */
  runId(withStatements: boolean, withdrawn: ReadonlyMap<string, string>): void {
    const { manifest } = this;
    const lines = [
      `program ${manifest.version}`,
      ...(manifest.build === undefined ? [] : [`build ${manifest.build}`]),
      `policy ${manifest.policySha256}`,
      `as_of ${manifest.asOf}`,
      `statements ${withStatements ? 'yes' : 'no'}`,
      ...manifest.inputs.flatMap((input) => inputLines(input, withdrawn.get(input.file))),
      ...[...manifest.lowered].map(([code, severity]) => `severity ${severity} ${code}`),
      ...(manifest.restates === undefined ? [] : [`restates ${manifest.restates.sha256}`]),
      ...(manifest.restates?.transfer === true ? ['transfer yes'] : []),
    ];
    const digest = sha256(lines.map((line) => `${line}\n`).join('')).slice(0, 16);
    this.same('run_id', manifest.runId, `${manifest.asOf}-${digest}`);
  }

  /** The outputs are these files, sorted, with these hashes and row counts. */
  outputs(found: ReadonlyMap<string, FileFacts>): void {
    const named = this.manifest.outputs.map((output) => output.file);
    this.same('outputs', named.join(' '), [...found.keys()].sort(byteOrder).join(' '));
    for (const output of this.manifest.outputs) {
      const facts = found.get(output.file);
      if (facts === undefined) continue;
      this.same(`outputs ${output.file} sha256`, output.sha256, facts.sha256);
      this.same(`outputs ${output.file} rows`, String(output.rows), String(facts.rows));
    }
  }

  /** Each input is named once and counts its quarantined rows; every row's source is one of them. */
  inputs(quarantined: ReadonlyMap<string, number>, sources: Iterable<string>): void {
    const named = new Set<string>();
    for (const { file, quarantined: counted } of this.manifest.inputs) {
      if (named.has(file)) this.same(`inputs ${file}`, 'named twice', 'each input once');
      named.add(file);
      this.same(`inputs ${file} quarantined`, String(counted), String(quarantined.get(file) ?? 0));
    }
    for (const file of new Set([...quarantined.keys(), ...sources])) {
      if (!named.has(file)) this.same(`inputs ${file}`, 'no such input', 'an input that gave rows');
    }
  }

  /** Every session row that was read is settled or accounted for in one other way. */
  accounting(sessions: number, quarantined: ReadonlyMap<string, number>): void {
    const { accounting, inputs } = this.manifest;
    const { rows_read: rowsRead = 0, settled = 0, quarantined: leftOut = 0, ...others } = accounting;
    const parts = Object.values(others).reduce((sum, part) => sum + part, settled + leftOut);
    const read = inputs.reduce((sum, input) => sum + (input.kind === 'sessions' ? input.rows : 0), 0);
    let rows = 0;
    for (const [file, count] of quarantined) if (kindOf(file) === 'sessions') rows += count;
    this.same('accounting.settled', String(settled), String(sessions));
    this.same('accounting.quarantined', String(leftOut), String(rows));
    this.same('accounting.rows_read', String(rowsRead), String(read));
    this.same('accounting.rows_read', String(rowsRead), String(parts));
  }

  /** The lines of notices.csv, by severity. */
  notices(found: Readonly<Record<Severity, number>>): void {
    for (const severity of SEVERITIES)
      this.same(`notices.${severity}`, String(this.manifest.notices?.[severity]), String(found[severity]), 'contract');
  }

  totals(totals: Totals): void {
    for (const [key, expected] of Object.entries(totalsAsPublished(totals))) {
      const found = this.manifest.totals[key];
      this.same(`totals.${key}`, JSON.stringify(found) ?? 'nothing', JSON.stringify(expected), 'C12');
    }
  }

  private same(key: string, found: string, expected: string, clause?: string): void {
    this.differences.compare(MANIFEST, key, '', found, expected, clause);
  }
}
