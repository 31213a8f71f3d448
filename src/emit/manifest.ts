import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BeijingDate } from '../core/beijing.js';
import type { Reading } from '../core/reading.js';
import type { Program } from '../program/version.js';

export interface InputEntry {
  file: string;
  kind: string;
  sha256: string;
  /** Records below the header. */
  rows: number;
  /** Rows that this run left out for a fault. */
  quarantined: number;
  /** How it was read; absent in runs of builds that didn't keep it. */
  reading?: Reading;
}

export interface OutputEntry {
  /** Relative to the run folder; `anchors/` stands for all statements. */
  file: string;
  sha256: string;
  /** Rows below the header; for `anchors/` the number of statements. */
  rows: number;
}

/** The close whose figures a run adjusts, and what that comes to. */
export interface Restates {
  close_no: number;
  revision: number;
  policy_id: string;
  run_id: string;
  /** Of its close.json. */
  sha256: string;
  /** Of adjustments.csv. */
  lines: number;
  /** The restated total less the closed one, CNY. */
  delta: string;
  /**
   * Anchors have their latest agency, by lines of their own where it isn't the closed one; false: they have the closed one.
   * Absent in runs of builds that didn't tell them apart and gave the latest.
   */
  transfer?: boolean;
}

/** Amounts are CNY, as text. */
export interface Manifest {
  run_id: string;
  program: Program;
  policy: { id: string; sha256: string };
  /** Whose period it is; absent in runs of builds that knew of no programmes. */
  programme?: string;
  period: { from: BeijingDate; to: BeijingDate };
  as_of: BeijingDate;
  /** Where the period was closed before. */
  restates?: Restates;
  inputs: InputEntry[];
  outputs: OutputEntry[];
  accounting: Record<'rows_read' | 'settled' | 'outside_period' | 'superseded' | 'collapsed' | 'quarantined', number>;
  /** Counts, and amounts of a programme that pays: `anchors`, `sessions`, `valid_sessions`, `total` and its parts. */
  totals: Record<string, string | number>;
  /** How many lines notices.csv has of each severity; absent in runs of builds that had none. */
  notices?: { attention: number; info: number };
  /** Of notices whose severity the settings lower: to what, and why. */
  severities?: Record<string, { severity: string; reason: string }>;
  warnings: string[];
  /** The engine with its version, no part of the work; absent in runs of builds that didn't say it. */
  database?: string;
  started_at: string;
  finished_at: string;
}

/** What a run id derives from: the same work has the same id. */
export interface Work {
  version: string;
  /** The digest of all that decides about figures: other rules never have the id of these. */
  build: string;
  policySha256: string;
  asOf: BeijingDate;
  statements: boolean;
  /** In the order in which the files stand. */
  inputs: readonly { file: string; sha256: string; reading: string; shrank: string | null }[];
  /** Notices whose severity the settings lower, with the severity that they have then. */
  severities: readonly { code: string; severity: string }[];
  /** The sha256 of the close that is restated. */
  restates?: string | undefined;
  /** Whether anchors get their latest agency in it. */
  transfer?: boolean;
}

export function runIdOf({
  version,
  build,
  policySha256,
  asOf,
  statements,
  inputs,
  severities,
  restates,
  transfer,
}: Work): string {
  const lines = [
    `program ${version}`,
    `build ${build}`,
    `policy ${policySha256}`,
    `as_of ${asOf}`,
    `statements ${statements ? 'yes' : 'no'}`,
    ...inputs.flatMap(({ file, sha256, reading, shrank }) => [
      `input ${sha256} ${reading} ${file}`,
      ...(shrank === null ? [] : [`shrank ${shrank} ${file}`]),
    ]),
    ...severities.map(({ code, severity }) => `severity ${severity} ${code}`),
    ...(restates === undefined ? [] : [`restates ${restates}`]),
    ...(transfer === true ? ['transfer yes'] : []),
  ];
  return `${asOf}-${sha256(`${lines.join('\n')}\n`).slice(0, 16)}`;
}

/**
 * The manifest's text. Every other file is sealed by its hash in the manifest; the manifest itself by the six digits
 * behind the seconds of `finished_at`, which derive from all the rest of its text. They stand in a time because
 * the two times, and the database, are all in which two runs of the same work may differ.
 */
export function manifestText(manifest: Manifest): string {
  const unsealed = render({ ...manifest, finished_at: `${manifest.finished_at}.000000` });
  const seal = (BigInt(`0x${sha256(unsealed).slice(0, 16)}`) % 1_000_000n).toString().padStart(6, '0');
  return render({ ...manifest, finished_at: `${manifest.finished_at}.${seal}` });
}

function render(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const TEXT = z.string();
const COUNT = z.int().min(0);
const SHAPE = z.looseObject({
  run_id: TEXT,
  program: z.object({ name: TEXT, version: TEXT, build: TEXT.optional() }),
  policy: z.object({ id: TEXT, sha256: TEXT }),
  programme: TEXT.optional(),
  period: z.object({ from: TEXT, to: TEXT }),
  as_of: TEXT,
  restates: z
    .object({ revision: COUNT, sha256: TEXT, lines: COUNT, delta: TEXT, transfer: z.boolean().optional() })
    .loose()
    .optional(),
  inputs: z.array(z.object({ file: TEXT, kind: TEXT, sha256: TEXT, rows: COUNT, quarantined: COUNT })),
  outputs: z.array(z.object({ file: TEXT, sha256: TEXT, rows: COUNT })),
  totals: z.record(TEXT, z.union([z.string().regex(/^-?\d+\.\d\d$/), COUNT])),
  started_at: TEXT,
  finished_at: TEXT,
});

/** The manifest in a run folder; undefined where there is none, or something else under its name. */
export function manifestIn(runDir: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(runDir, 'manifest.json'), 'utf8'));
    return SHAPE.safeParse(value).success ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
