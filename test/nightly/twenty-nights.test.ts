import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { accept } from '../../src/commands/accept.js';
import type { NightlyResult } from '../../src/night/night.js';
import { nightlyText } from '../../src/report/night.js';
import { NightPlace, policyOf } from '../support/night-place.js';
import { FAULTS, type Fault, QUIET } from './faults.js';
import { dateOf, type Exports, exportsOf } from './platform.js';

// @module-tag deep

/**
 * Twenty nights of a small platform with a fault in each, and quiet ones between them. In the morning somebody accepts
 * whatever the mail asks about; what can be put right is. Each mail names its own night's fault, and nothing of earlier ones.
 */

const place = new NightPlace(
  Object.fromEntries(['2023-11', '2023-12'].map((month) => [`policy-${month}.yaml`, policyOf(month)])),
);
afterAll(() => place.remove());

/** All that the platform meant to export, whatever came. */
const meant: Exports = {};
/** Every line that an earlier mail told as new. */
const toldBefore = new Set<string>();

async function night(
  day: number,
  fault: Fault | undefined,
): Promise<{ night: NightlyResult; fresh: string[]; mail: string }> {
  const yesterday = FAULTS[day - 1];
  for (const name of yesterday?.removed?.(day - 1) ?? []) rmSync(join(place.exports, name));
  const exports = { ...(yesterday?.mended?.(day - 1, meant) ?? {}), ...exportsOf(day) };
  place.put(fault?.spoil(exports, day, meant) ?? exports);
  Object.assign(meant, exportsOf(day));
  const ended = await place.after(dateOf(day)).nightly(dateOf(day), { statements: false, lowered: [] });
  const mail = nightlyText(ended, (path) => path);
  return { night: ended, fresh: freshLines(mail), mail };
}

/** What stands below "New tonight:", but for the line of the total, which moves every night. */
function freshLines(mail: string): string[] {
  const [, below = ''] = mail.split('\nNew tonight:\n');
  const all = below.split('\n');
  const end = all.findIndex((line) => !line.startsWith('  '));
  return all.slice(0, end).filter((line) => !/: the total moved by [+-][\d,.]+ CNY$/.test(line));
}

async function acceptAll(ended: NightlyResult): Promise<void> {
  const { out, warehouse } = place;
  const words = { out, warehouse, by: 'Wang Li', all: true };
  for (const { run_id } of ended.periods) if (run_id !== null) await accept(run_id, words, place.context);
  await accept(undefined, { ...words, place: true }, place.context);
}

/** The code of a line: of a notice it stands in front, of quarantined rows behind. Lines of withdrawn rows have none. */
function codeOf(line: string): string | undefined {
  return /^ {2}([a-z_]+): |rows? quarantined, ([a-z_]+)$/
    .exec(line)
    ?.slice(1)
    .find((code) => code !== undefined);
}

const nights = [...Object.keys(FAULTS).map(Number), ...QUIET].sort((a, b) => a - b);

describe.each(nights.map((day) => [dateOf(day), FAULTS[day]?.what ?? 'all is as it should be', day] as const))(
  '%s: %s',
  (_date, _what, day) => {
    test('the mail', async () => {
      const fault = FAULTS[day];
      const { night: ended, fresh, mail } = await night(day, fault);
      const named = fault?.named(day) ?? [];
      const codes = fresh.flatMap((line) => codeOf(line) ?? []);
      expect([...new Set(codes)].sort(), mail).toEqual(named.map(([code]) => code).sort());
      for (const [code, name] of named)
        expect(fresh.filter((line) => codeOf(line) === code).join('\n')).toContain(name);
      expect(mail.split('\n').filter((line) => toldBefore.has(line))).toEqual([]);
      expect(mail).not.toContain('Still open');
      expect(ended.exit).toBe(fault === undefined ? 0 : 4);
      for (const line of fresh) toldBefore.add(line);
      await acceptAll(ended);
    });
  },
);

test('there were twenty faults, one a night, and quiet nights between them', () => {
  expect(Object.keys(FAULTS)).toHaveLength(20);
  expect(nights).toEqual(Array.from({ length: 25 }, (_, at) => at + 1));
});
