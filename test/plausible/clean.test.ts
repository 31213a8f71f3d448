import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noticesIn } from '../../src/notices/read-notices.js';
import { KINDS } from '../../src/programmes/registry.js';
import { DEEP } from '../support/deep.js';
import { cleanMonth } from '../support/random/clean-month.js';
import { type Kind, type Month, month } from '../support/random/month.js';
import { csv, type Exports, withPlace } from '../support/random/settled.js';

/** Where nothing is wrong, nobody is asked: months at random, as they come from the platform in one shape or another. */

/** How many months are tried: PROPERTY_RUNS=100 npx vitest run test/plausible/clean.test.ts */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 25);
const PATIENCE = 60_000 + 10_000 * RUNS;

/** In how many files the sessions come, and how they are written. */
interface Shape {
  files: number;
  chinese: boolean;
  lineEnd: '\n' | '\r\n';
  mark: '' | '\ufeff';
  more: string[];
  /** Sessions that come again in a later file, with another dwell. */
  corrected: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  files: fc.integer({ min: 1, max: 4 }),
  chinese: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\ufeff'),
  more: fc.subarray(['成交金额', 'room_title', '最高在线人数', '备注']),
  corrected: fc.integer({ min: 0, max: 3 }),
});

function exportsIn({ files, corrected, ...how }: Shape, one: Month): Exports {
  const size = Math.ceil(one.sessions.length / files);
  const parts = Array.from({ length: files }, (_, at) => one.sessions.slice(at * size, (at + 1) * size));
  const again = one.sessions.slice(0, corrected).map((row) => ({ ...row, rec_dwell_minutes: '77.00' }));
  const all = [...parts, again].filter((rows) => rows.length > 0);
  const sessions = all.map((rows, at) => [`sessions-${at + 1}.csv`, written('sessions', csv('sessions', rows), how)]);
  const others = (['anchors', 'penalties', 'scarcity'] as const).map((kind) => [
    `${kind}.csv`,
    written(kind, csv(kind, one[kind]), how),
  ]);
  return Object.fromEntries([...sessions, ...others]);
}

/** A table with its header in Chinese, more columns than are known, and other line ends. */
function written(
  kind: Kind,
  text: string,
  { chinese, lineEnd, mark, more }: Omit<Shape, 'files' | 'corrected'>,
): string {
  const [header = '', ...rows] = text.trimEnd().split('\n');
  const columns = KINDS.find(({ name }) => name === kind)?.columns ?? [];
  const names = header.split(',').map((name) => columns.find((column) => column.name === name)?.chinese);
  const first = [...(chinese ? names : [header]), ...more].join(',');
  return [mark + first, ...rows.map((row) => row + ',1'.repeat(more.length)), ''].join(lineEnd);
}

async function told(one: Month, exports: Exports): Promise<{ exit: number; codes: string[] }> {
  return withPlace(one, async (place) => {
    const { exit, runDir, place: ofPlace } = (await place.settle(exports)).result;
    const notices = [...(noticesIn(runDir) ?? []), ...ofPlace];
    const attention = notices.filter(({ severity }) => severity === 'attention');
    return { exit, codes: attention.map(({ code, file, subject, value }) => [code, file, subject, value].join(' ')) };
  });
}

test('a clean month raises nothing that asks for attention, and no row is quarantined', {
  ...DEEP,
  timeout: PATIENCE,
}, async () => {
  await fc.assert(
    fc.asyncProperty(cleanMonth, shape, async (one, how) => {
      expect(await told(one, exportsIn(how, one))).toEqual({ exit: 0, codes: [] });
    }),
    { numRuns: RUNS, interruptAfterTimeLimit: PATIENCE / 2, markInterruptAsFailure: false },
  );
});

test('one that isn’t clean does', DEEP, async () => {
  const [one] = fc.sample(month({ repeats: false }), { numRuns: 1, seed: 15 }) as [Month];
  const { codes } = await told(
    one,
    exportsIn({ files: 1, chinese: false, lineEnd: '\n', mark: '', more: [], corrected: 0 }, one),
  );
  expect(codes).not.toEqual([]);
});
