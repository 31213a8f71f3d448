import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { NightlyOptions, NightlyResult } from '../../src/night/night.js';
import { metricsText } from '../../src/text/prometheus.js';
import { DEEP, variations } from '../support/deep.js';
import { anchorsCsv, sessionsCsv } from '../support/exports.js';
import { NightPlace } from '../support/night-place.js';
import { familiesIn } from '../support/prometheus.js';

/** `--metrics FILE`: what a night did, for Prometheus' textfile collector. */

let place: NightPlace;
let folder: string;
let file: string;
beforeEach(() => {
  place = new NightPlace().put({
    'anchors.csv': anchorsCsv('a1', 'a2'),
    'sessions-11.csv': sessionsCsv({ id: 's1', day: '2023-11-05' }, { id: 's2', anchor: 'a2', day: '2023-11-20' }),
  });
  folder = join(place.folder, 'metrics');
  mkdirSync(folder);
  file = join(folder, 'settle.prom');
  onTestFinished(() => place.remove());
});

const night = (date: string, more: Partial<NightlyOptions> = {}): Promise<NightlyResult> =>
  place.nightly(date, { metrics: file, ...more });

/** Values by metric and labels. */
function told(path = file): Record<string, string> {
  const families = familiesIn(readFileSync(path, 'utf8'));
  return Object.fromEntries(
    [...families.values()].flatMap(({ samples }) =>
      samples.map(({ name, labels, value }) => [[name, ...Object.values(labels)].join(' '), value]),
    ),
  );
}

const secondsAt = (time: string): string => String(Date.parse(`${time}+08:00`) / 1000);

describe('a night', () => {
  test('is told as its answer tells it: each period, the notices, the age of what came', async () => {
    place.after('2023-11-30');
    const bad = { 'sessions-bad.csv': sessionsCsv({ id: 'x', day: '2023-11-06', dwell: 'x' }), 'notes.txt': '' };
    const { periods, exit } = await place.put(bad).put({ '.hidden': '' }).nightly('2023-11-30', { metrics: file });
    const [period] = periods as [NightlyResult['periods'][0]];
    expect([exit, periods.length]).toEqual([4, 1]);
    const of = 'content-live-2023-11 2023-11-01 2023-11-30';
    expect(told()).toEqual({
      settle_nightly_last_run_timestamp_seconds: secondsAt('2023-12-01T02:01:00'),
      settle_nightly_last_success_timestamp_seconds: secondsAt('2023-12-01T02:01:00'),
      settle_nightly_duration_seconds: '0',
      settle_nightly_exit_code: '4',
      [`settle_nightly_period_exit_code ${of}`]: '4',
      [`settle_nightly_sessions ${of}`]: '2',
      [`settle_nightly_payable_cny ${of}`]: '20.00',
      [`settle_nightly_quarantined_rows ${of}`]: '1',
      [`settle_nightly_notices ${of} attention`]: String(period.notices?.attention),
      [`settle_nightly_notices ${of} info`]: String(period.notices?.info),
      'settle_nightly_place_notices attention': '1',
      'settle_nightly_place_notices info': '1',
      'settle_exports_age_seconds anchors': '0',
      'settle_exports_age_seconds sessions': '0',
    });
    expect(period.totals?.total).toBe('20.00');
    expect(period.notices?.attention).toBe(1); // file_all_out
  });

  test('of two periods tells both, and how long it is since something of a kind came', DEEP, async () => {
    await place.after('2023-11-30').nightly('2023-11-30');
    place.after('2023-12-01').put({ 'sessions-late.csv': sessionsCsv({ id: 's3', day: '2023-11-29' }) });
    const { periods } = await night('2023-12-01');
    expect(periods.map(({ totals }) => totals?.total)).toEqual(['30.00', '0.00']);
    expect(told()).toMatchObject({
      'settle_nightly_payable_cny content-live-2023-11 2023-11-01 2023-11-30': '30.00',
      'settle_nightly_payable_cny content-live-2023-12 2023-12-01 2023-12-31': '0.00',
      'settle_exports_age_seconds anchors': '86400',
      'settle_exports_age_seconds sessions': '0',
    });
  });

  test('amounts stand as the manifest has them, larger than any float holds', DEEP, async () => {
    const usual = sessionsCsv({ id: 's3', day: '2023-11-21', dwell: '9999999999999.99' });
    const huge = usual.replace('Y,2,', 'Y,9,').replace('0.010000', '999999.999999'); // a level without a cap
    const { periods } = await place.put({ 'sessions-21.csv': huge }).nightly('2023-11-30', { metrics: file });
    const total = String(periods[0]?.totals?.total);
    expect(Number(total).toFixed(2)).not.toBe(total);
    expect(told()['settle_nightly_payable_cny content-live-2023-11 2023-11-01 2023-11-30']).toBe(total);
  });
});

describe('a night that fails', () => {
  variations([
    ['an unusable export', 3, {}, { 'sessions-x.csv': 'no sessions' }],
    ['no folder of exports', 2, { input: 'nowhere' }, {}],
    ['no valid date', 2, { date: '2023-11-31' }, {}],
  ])('%s: its exit, and when one last ended well', async (_what, exit, more, exports) => {
    await place.after('2023-11-12').nightly('2023-11-12', { metrics: file });
    place.after('2023-11-13').put(exports);
    await expect(night('2023-11-13', more)).rejects.toMatchObject({ exit });
    expect(told()).toEqual({
      settle_nightly_last_run_timestamp_seconds: secondsAt('2023-11-14T02:01:00'),
      settle_nightly_last_success_timestamp_seconds: secondsAt('2023-11-13T02:01:00'),
      settle_nightly_duration_seconds: '0',
      settle_nightly_exit_code: String(exit),
    });
  });

  test(
    'of a policy tells the rest; the first of all, and one behind a file of something else, has no success',
    DEEP,
    async () => {
      writeFileSync(join(place.policies, 'policy-2023-10.yaml'), 'id: x\n');
      for (const before of [undefined, 'settle_nightly_last_success_timestamp_seconds never\n']) {
        if (before !== undefined) writeFileSync(file, before);
        expect((await night('2023-11-30')).exit).toBe(2);
        expect(told()).toMatchObject({
          settle_nightly_last_success_timestamp_seconds: '0',
          settle_nightly_exit_code: '2',
          'settle_nightly_payable_cny content-live-2023-11 2023-11-01 2023-11-30': '20.00',
        });
      }
    },
  );
});

describe('the file', () => {
  test(
    'appears at once: whoever reads it meanwhile sees a whole one; what a killed night left goes',
    DEEP,
    async () => {
      writeFileSync(join(folder, '.settle.prom.new-999999999'), 'settle_');
      writeFileSync(join(folder, '.other.prom.new-999999999'), '');
      await night('2023-11-12');
      const first = readFileSync(file, 'utf8');
      let done = false;
      const reading = (async () => {
        let reads = 0;
        while (!done) {
          familiesIn(readFileSync(file, 'utf8'));
          expect(readdirSync(folder).filter((name) => name.endsWith('.prom') && !name.startsWith('.'))).toEqual([
            'settle.prom',
          ]);
          reads += 1;
          await new Promise((resolve) => setImmediate(resolve));
        }
        return reads;
      })();
      await night('2023-11-13');
      done = true;
      expect(await reading).toBeGreaterThan(10);
      expect(readFileSync(file, 'utf8')).not.toBe(first);
      expect(readdirSync(folder).sort()).toEqual(['.other.prom.new-999999999', 'settle.prom']);
    },
  );

  test('that can’t be written is told of, exit 1; all else is done, and the old one stays', async () => {
    const log = join(place.folder, 'log.jsonl');
    const result = await place.nightly('2023-11-12', { metrics: join(folder, 'none/settle.prom'), log });
    expect(result).toMatchObject({ exit: 1, periods: [{ exit: 0 }], failures: [{ code: 'machine' }] });
    expect(result.failures[0]?.message).toMatch(/^the metrics can't be written: ENOENT.*none/);
    expect(JSON.parse(readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) as string)).toMatchObject({ exit: 1 });
    expect(existsSync(join(folder, 'none'))).toBe(false);
    const unwritable = { metrics: join(folder, 'none/settle.prom'), input: 'nowhere', log };
    await expect(place.nightly('2023-11-12', unwritable)).rejects.toMatchObject({ exit: 2 });
    expect(JSON.parse(readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) as string)).toMatchObject({
      exit: 2,
      metrics: expect.stringContaining("the metrics can't be written"),
    });
  });

  test('among the exports is nothing that somebody misnamed', DEEP, async () => {
    const metrics = join(place.exports, 'sessions.prom');
    await place.nightly('2023-11-12', { metrics });
    expect((await place.nightly('2023-11-12', { metrics })).place).toEqual([]);
  });
});

describe('the text', () => {
  test('holds whatever a label may be', () => {
    const labels = { policy: 'a "b" \\ c\nd', empty: '' };
    const text = metricsText([{ name: 'x_seconds', help: 'one \\ two\nthree', samples: [{ labels, value: '1.50' }] }]);
    expect(text).toBe(
      '# HELP x_seconds one \\\\ two\\nthree\n# TYPE x_seconds gauge\nx_seconds{policy="a \\"b\\" \\\\ c\\nd",empty=""} 1.50\n',
    );
    expect(familiesIn(text).get('x_seconds')?.samples).toEqual([{ name: 'x_seconds', labels, value: '1.50' }]);
  });

  const HEAD = '# HELP a_seconds b\n# TYPE a_seconds gauge\n';
  test.each([
    ['no end of the last line', `${HEAD}a_seconds 1`],
    ['no help', '# TYPE a_seconds gauge\na_seconds 1\n'],
    ['no type', '# HELP a_seconds b\na_seconds 1\n'],
    ['an unknown type', '# HELP a_seconds b\n# TYPE a_seconds meter\na_seconds 1\n'],
    ['no sample', HEAD],
    ['a sample twice', `${HEAD}a_seconds{x="1"} 1\na_seconds{x="1"} 2\n`],
    ['a sample of another metric', `${HEAD}b_seconds 1\n`],
    ['a metric in two pieces', `${HEAD}a_seconds 1\n${HEAD}a_seconds{x="1"} 1\n`],
    ['a thousands separator', `${HEAD}a_seconds 1,000.00\n`],
    ['a raw quote in a label', `${HEAD}a_seconds{x="a"b"} 1\n`],
    ['a raw backslash in a label', `${HEAD}a_seconds{x="a\\b"} 1\n`],
    ['labels that end in a comma', `${HEAD}a_seconds{x="a",} 1\n`],
    ['a name with a hyphen', `# HELP a-seconds b\n# TYPE a-seconds gauge\na-seconds 1\n`],
    ['a name without its unit', '# HELP a_b c\n# TYPE a_b gauge\na_b 1\n'],
    ['an empty line', `${HEAD}\na_seconds 1\n`],
  ])('%s is no such text', (_what, text) => expect(() => familiesIn(text)).toThrow());
});
