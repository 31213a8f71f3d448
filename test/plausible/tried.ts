import { afterAll, describe, expect, test } from 'vitest';
import { accept } from '../../src/commands/accept.js';
import { close } from '../../src/commands/close.js';
import { SettleError } from '../../src/core/errors.js';
import { NOTICE_CODES } from '../../src/notices/codes.js';
import { DEEP } from '../support/deep.js';
import { NightPlace } from '../support/night-place.js';
import { CLOSED } from './entries.js';
import { type Entry, happen, type Line, NOVEMBER, plain, toClose, totalOf } from './entry.js';

/** Tests of each entry: it is told, nothing else is, the figures are those of the rules, and it can't be closed unseen. */
export function tryAll(entries: readonly Entry[]): void {
  const places: NightPlace[] = [];
  afterAll(() => {
    for (const place of places) place.remove();
  });

  const few = entries.filter((_, at) => at % 12 === 0); // that npm test tries

  describe.each(few)('$what', tryOne);
  describe.each(entries.filter((entry) => !few.includes(entry)))('$what', DEEP, tryOne);

  function tryOne(entry: Entry): void {
    const codes = [...CLOSED].flatMap(([code, first]) => (first === entry ? [code] : []));
    const place = new NightPlace(entry.policies ?? NOVEMBER);
    places.push(place);

    test('is told', async () => {
      const { exit, notices } = await happen(entry, place, { kept: codes.length > 0 });
      const withDays = entry.told.some(({ code }) => code === 'day_without_sessions');
      const attention = notices.filter(({ severity }) => severity === 'attention');
      const told = attention.filter(({ code }) => withDays || code !== 'day_without_sessions');
      expect(plain(told)).toEqual(plain(entry.told));
      for (const line of entry.info ?? []) expect(plain(notices)).toContainEqual(line);
      for (const { message } of notices) expect(message).toMatch(/^[^\n]+[.?]$/);
      expect([totalOf(place), exit]).toEqual([entry.total, entry.exit ?? 0]);
    });

    test.each(codes)('%s keeps it from being closed until somebody accepts it', async (code) => {
      const notice = entry.told.find((each) => each.code === code) as Line;
      expect(await refusal(place)).toContainEqual(expect.objectContaining(notice));
      await acceptOnly(place, notice);
      const left = await refusal(place);
      expect(left.length).toBeGreaterThan(0);
      expect(left).not.toContainEqual(expect.objectContaining(notice));
    });
  }
}

/** The notices that `settle close` refuses for, all of which its message names by code. */
async function refusal(place: NightPlace): Promise<Line[]> {
  const { out, warehouse } = place;
  const words = { out, warehouse, by: 'Wang Li' };
  const failure = await close(toClose(place), words, place.context).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SettleError);
  const { exit, message, details } = failure as SettleError;
  const notices = details.notices as Line[];
  expect(exit).toBe(6);
  for (const { code } of notices) expect(message).toContain(`\n  ${code}: `);
  return notices;
}

/** `settle accept --only CODE:SUBJECT` of one notice, of the run or of the place. */
async function acceptOnly(place: NightPlace, { code, file, subject }: Line): Promise<void> {
  const { out, warehouse } = place;
  const about = [file, subject].filter((part) => part !== '').join(';');
  const ofPlace = NOTICE_CODES[code]?.scope === 'place';
  const words = { out, warehouse, by: 'Wang Li', only: [`${code}:${about}`], place: ofPlace };
  expect((await accept(ofPlace ? undefined : toClose(place), words, place.context)).exit).toBe(0);
}
