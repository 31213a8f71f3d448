import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLEAN_MONTH } from '../support/exports.js';
import { policyOf } from '../support/night-place.js';
import { type CallOptions, type Ended, settle } from '../support/program.js';
import { familiesIn } from '../support/prometheus.js';
import { workspace, write } from '../support/workspace.js';
import { killedAt, type Step } from './killed-at.js';
import { TEST_MS } from './month.js';

// @module-tag deep

/** SIGKILL while a night writes its metrics: whoever collects them finds the last night's or this one's, whole. */

const DRAFT = '.settle.prom.new-';
const STEPS: readonly [Step, 'last' | 'this'][] = [
  [{ when: 'before', call: 'writeFileSync', about: DRAFT }, 'last'],
  [{ when: 'after', call: 'writeFileSync', about: DRAFT }, 'last'],
  [{ when: 'before', call: 'renameSync', about: DRAFT }, 'last'],
  [{ when: 'after', call: 'renameSync', about: DRAFT }, 'this'],
];

test(
  'between any two steps of it',
  async () => {
    const cwd = workspace();
    const metrics = join(cwd, 'metrics');
    for (const name of ['exports', 'policies', 'metrics', 'temp']) mkdirSync(join(cwd, name));
    write(join(cwd, 'exports'), CLEAN_MONTH);
    write(join(cwd, 'policies'), { 'policy-2023-11.yaml': policyOf('2023-11') });
    write(cwd, { 'settle.yaml': 'input: exports\nmetrics: metrics/settle.prom\n' });
    const night = (date: string, options: Partial<CallOptions> = {}): Promise<Ended> =>
      settle(['nightly', '--date', date, '--no-statements'], {
        cwd,
        ...options,
        env: { TMPDIR: join(cwd, 'temp'), ...options.env },
      });
    const payable = (): string | undefined =>
      familiesIn(readFileSync(join(metrics, 'settle.prom'), 'utf8')).get('settle_nightly_payable_cny')?.samples[0]
        ?.value;

    await night('2023-11-30');
    expect(payable()).toBe('30.00');
    for (const [step, whose] of STEPS) {
      await killedAt({ run: (_words, options) => night('2023-11-05', options) }, step);
      expect([step, payable()]).toEqual([step, whose === 'last' ? '30.00' : '10.00']);
      await night('2023-11-30');
      expect([payable(), readdirSync(metrics)]).toEqual(['30.00', ['settle.prom']]);
    }
  },
  TEST_MS,
);
