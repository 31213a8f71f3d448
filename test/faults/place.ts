import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CallOptions, type Ended, settle } from '../support/program.js';
import { filesIn, SAMPLE_POLICY } from '../support/workspace.js';

/** A place where a month is settled: a warehouse, an output folder, and a directory for what is only needed meanwhile. */

export const POLICY_ID = 'content-live-2023-11';

export class Place {
  readonly temp: string;
  readonly out: string;
  readonly warehouse: string;
  readonly head: string;

  /** A new place, or one that has what another has by now. */
  constructor(
    readonly folder: string,
    readonly input: string,
    from?: Place,
  ) {
    mkdirSync(folder, { recursive: true });
    if (from !== undefined) cpSync(from.folder, folder, { recursive: true });
    this.temp = join(folder, 'temp');
    this.out = join(folder, 'out');
    this.warehouse = join(folder, 'settlement.duckdb');
    this.head = `${this.warehouse}.head`;
    mkdirSync(this.temp, { recursive: true });
  }

  /** The words of a run here; `--json` is left to the caller, for a killed run prints nothing. */
  words(...more: string[]): string[] {
    return ['run', '--policy', SAMPLE_POLICY, '--input', this.input, ...more];
  }

  async run(words: string[] = [], options: Partial<CallOptions> = {}): Promise<Ended> {
    const env = { TMPDIR: this.temp, ...options.env };
    return settle(this.words(...words), { cwd: this.folder, ...options, env });
  }

  /** The run folders that can be seen, each file by its digest; the manifest without its two times. */
  published(): Record<string, string> {
    const policyDir = join(this.out, POLICY_ID);
    if (!existsSync(policyDir)) return {};
    const files = filesIn(policyDir).filter((file) => !file.startsWith('.'));
    return Object.fromEntries(files.map((file) => [file, digest(readPublished(join(policyDir, file)))]));
  }

  /** Whatever should not be there once a run has ended. */
  leftovers(): string[] {
    const usual = /^(out|temp|settlement\.duckdb(\.head)?)$/;
    const policyDir = join(this.out, POLICY_ID);
    return [
      ...readdirSync(this.folder).filter((name) => !usual.test(name)),
      ...readdirSync(this.temp).map((name) => `temp/${name}`),
      ...(existsSync(this.out)
        ? readdirSync(this.out).filter((name) => name !== POLICY_ID && name !== 'accepted.json')
        : []),
      ...(existsSync(policyDir) ? readdirSync(policyDir).filter((name) => name.startsWith('.')) : []),
    ];
  }

  headText(): string {
    return existsSync(this.head) ? readFileSync(this.head, 'utf8') : '';
  }
}

export function readPublished(path: string): string | Buffer {
  if (!path.endsWith('/manifest.json')) return readFileSync(path);
  const {
    started_at: _start,
    finished_at: _finish,
    database: _database,
    ...manifest
  } = JSON.parse(readFileSync(path, 'utf8'));
  return JSON.stringify(manifest);
}

export function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
