import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oneRun } from '../../src/runs/which-runs.js';
import { workspace } from '../support/workspace.js';

const END = Date.parse('2023-12-01T02:30:00+08:00') / 1000;

interface Run {
  id: string;
  to: string;
  asOf: string;
  /** Seconds after its end that its manifest was written, by the file system. */
  written: number;
}

/** The latest of runs that all ended in one second. */
function latest(...runs: Run[]): string {
  const out = workspace();
  for (const { id, to, asOf, written } of runs) {
    const dir = join(out, 'some-policy', id);
    mkdirSync(dir, { recursive: true });
    const manifest = join(dir, 'manifest.json');
    const period = { from: `${to.slice(0, 8)}01`, to };
    writeFileSync(
      manifest,
      JSON.stringify({
        run_id: id,
        program: { name: 'settle', version: '1' },
        inputs: [],
        outputs: [],
        totals: {},
        started_at: '2023-12-01 02:29:00',
        policy: { id: 'some-policy', sha256: '' },
        period,
        as_of: asOf,
        finished_at: '2023-12-01 02:30:00.123456',
      }),
    );
    utimesSync(manifest, END + written, END + written);
  }
  return oneRun(out, 'latest').manifest.run_id;
}

const october = { id: 'o', to: '2023-10-31', asOf: '2023-10-31' };
const november = { id: 'n', to: '2023-11-30', asOf: '2023-11-30' };

test('of runs of one second the one written last, whatever it settles', () => {
  expect(latest({ ...october, written: 0.8 }, { ...november, written: 0.2 })).toBe('o');
  expect(latest({ ...october, written: 0.2 }, { ...november, written: 60 })).toBe('n');
});

test('in a copy without the times, the later period', () => {
  expect(latest({ ...october, written: 86_400.8 }, { ...november, written: 86_400.2 })).toBe('n');
  expect(latest({ ...november, written: 60.001 }, { ...october, written: 60.002 })).toBe('n');
});

test('then the later date', () => {
  const early = { ...november, id: 'z', asOf: '2023-11-10' };
  expect(latest({ ...november, written: 90 }, { ...early, written: 91 })).toBe('n');
});
