import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import type { RunOptions } from '../../src/settings/run-options.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { SAMPLE_POLICY, settle, workspace, write } from './workspace.js';

/** A line of notices.csv. */
export type Line = Record<'code' | 'severity' | 'file' | 'subject' | 'count' | 'value' | 'message', string>;

/** A folder of exports with a warehouse and runs beside it. */
export class Place {
  readonly folder = workspace();
  readonly exports = join(this.folder, 'exports');
  readonly warehouse = join(this.folder, 'settlement.duckdb');

  constructor() {
    mkdirSync(this.exports);
  }

  /** Puts files into the folder and settles the month of the sample policy. */
  async settle(
    files: Record<string, string | Uint8Array>,
    options: Partial<RunOptions> = {},
  ): Promise<RunResult & { notices: Line[] }> {
    write(this.exports, files);
    const result = await settle({
      policy: SAMPLE_POLICY,
      input: this.exports,
      out: join(this.folder, 'out'),
      warehouse: this.warehouse,
      statements: false,
      ...options,
    });
    return { ...result, notices: noticesIn(result.runDir) };
  }

  /** Changes the warehouse between two runs, as another build would have left it. */
  async change(sql: string): Promise<void> {
    const instance = await DuckDBInstance.create(this.warehouse);
    const connection = await instance.connect();
    await connection.run(sql);
    connection.closeSync();
    instance.closeSync();
  }
}

/** The lines of a run's notices.csv. */
export function noticesIn(runDir: string): Line[] {
  return parse(readFileSync(join(runDir, 'notices.csv')), { columns: true });
}

/** The notices of one code that a month of these files raises, loaded in one go. */
export async function told(
  code: string,
  files: Record<string, string | Uint8Array>,
  options: Partial<RunOptions> = {},
): Promise<Line[]> {
  const { notices } = await new Place().settle(files, { warehouse: ':memory:', ...options });
  return notices.filter((notice) => notice.code === code);
}

/** Of lines, what tells them apart: all but their wording. */
export function plain(lines: readonly Line[]): Omit<Line, 'message' | 'code'>[] {
  return lines.map(({ code: _code, message: _message, ...rest }) => rest);
}
