import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/commands/run.js';
import type { Context } from '../../src/context/context.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { SAMPLE_POLICY, SILENT, workspace, write } from './workspace.js';

const DAY_MS = 86_400_000;

/** A folder of exports that are settled by the sample policy again and again, each time on another day of December. */
export class MonthPlace {
  readonly folder = workspace();
  readonly exports = join(this.folder, 'exports');
  readonly out = join(this.folder, 'out');
  readonly warehouse = join(this.folder, 'settlement.duckdb');
  day = 0;

  constructor(exports: Record<string, string>) {
    mkdirSync(this.exports);
    write(this.exports, exports);
  }

  get today(): Context {
    const now = Date.UTC(2023, 11, 1, 2) + this.day * DAY_MS;
    return { ...SILENT, clock: () => now };
  }

  get tomorrow(): Context {
    this.day += 1;
    return this.today;
  }

  async run(more: Partial<RunOptions> = {}): Promise<RunResult> {
    const { exports: input, out, warehouse } = this;
    const options = { policy: SAMPLE_POLICY, input, out, warehouse, strict: false, statements: true, ...more };
    return run(options, this.tomorrow);
  }
}
