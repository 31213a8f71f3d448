import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { verifyRun } from '../../src/runs/verify-run.js';
import { DEEP } from '../support/deep.js';
import { sessionsCsv } from '../support/exports.js';
import { NightPlace, policyOf } from '../support/night-place.js';
import { withIneligible } from '../support/policy-sample.js';
import { SAMPLES } from '../support/workspace.js';

/** P1, P2, P6 across nights: over New Year, through two programmes at once, two files of the same, and an anchor that moves. */

const POINTS = readFileSync(join(SAMPLES, 'penalty-points/policy-2023-11.yaml'), 'utf8');
const HOSTS = readFileSync(join(SAMPLES, 'digital-hosts/policy-2023-12.yaml'), 'utf8');
const LAST: Record<string, string> = { '2023-12': '2023-12-31', '2024-01': '2024-01-31' };
const month = (text: string, of: string): string =>
  text.replaceAll(/2023-1[12](?=\n| #)/g, of).replace(/^period: .*$/m, `period: { from: ${of}-01, to: ${LAST[of]} }`);
const content = (of: string): string => `programme: content-live\n${withIneligible(policyOf(of), '[watch_time]')}`;
const VIOLATIONS = 'violation_id,anchor_id,violated_at,points,status\n';
const anchors = (...rows: string[]): string => `anchor_id,agency_id,account_kind,first_live_on\n${rows.join('\n')}\n`;

const places: NightPlace[] = [];
afterEach(() => {
  for (const place of places.splice(0)) place.remove();
});
function placeOf(policies: Record<string, string>): NightPlace {
  const place = new NightPlace(policies);
  places.push(place);
  return place;
}

type Night = Awaited<ReturnType<NightPlace['nightly']>>;
const dirOf = ({ periods }: Night, policy: string): string =>
  periods.find((period) => period.policy === policy && period.run_dir !== null)?.run_dir ?? '';
const cells = (dir: string, file: string): string[][] =>
  readFileSync(join(dir, file), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const reasons = (dir: string): string[] => cells(dir, 'sessions.csv').map((row) => `${row[0]} ${row.at(-2)}`);

test('a freeze goes on over New Year, points do not; the same violations in a second file count once', async () => {
  const place = placeOf({
    'content-12.yaml': content('2023-12'),
    'content-01.yaml': content('2024-01'),
    'points-12.yaml': month(POINTS, '2023-12'),
    'points-01.yaml': month(POINTS, '2024-01'),
  });
  const violations = `${VIOLATIONS}v1,a1,2023-12-28 20:00:01,5,upheld\nv2,a2,2023-12-31 23:59:59,4,upheld\nv3,a2,2024-01-01 00:00:00,1,upheld\n`;
  place.put({
    'anchors.csv': anchors('a1,g1,content,2023-03-01', 'a2,g1,content,2023-03-01'),
    'sessions.csv': sessionsCsv(
      { id: 's0', day: '2023-12-28' },
      { id: 's1', day: '2023-12-31' },
      { id: 's2', day: '2024-01-04' },
      { id: 's3', day: '2024-01-05' },
      { id: 't1', anchor: 'a2', day: '2024-01-02' },
    ),
    'violations.csv': violations,
  });
  const first = await place.nightly('2024-01-31');
  expect(first.failures).toEqual([]);
  expect(reasons(dirOf(first, 'content-live-2023-12'))).toEqual(['s0 ', 's1 frozen']);
  expect(reasons(dirOf(first, 'content-live-2024-01'))).toEqual(['s2 frozen', 's3 ', 't1 ']);
  const points = dirOf(first, 'penalty-points-2024-01');
  expect(cells(points, 'points.csv').map((row) => [row[0], row[6], row[7]])).toEqual([['v3', '0', '1']]);
  place.put({ 'violations-again.csv': violations });
  const second = await place.nightly('2024-01-31');
  const again = dirOf(second, 'penalty-points-2023-12');
  expect(cells(again, 'points.csv').map((row) => [row[0], row[6], row[7]])).toEqual([
    ['v1', '0', '5'],
    ['v2', '0', '4'],
  ]);
  expect(JSON.parse(readFileSync(join(again, 'manifest.json'), 'utf8')).accounting).toMatchObject({ superseded: 3 });
  for (const dir of [points, again, dirOf(first, 'content-live-2024-01')])
    expect((await verifyRun(dir)).differences).toEqual([]);
  // What it feeds is as it was, so that nothing is loaded of it and no month is settled again for it.
  const fed = 'ineligible-penalty-points-2023-12.csv';
  const manifest = (night: Night) =>
    JSON.parse(readFileSync(join(dirOf(night, 'content-live-2024-01'), 'manifest.json'), 'utf8'));
  expect(manifest(second).inputs.filter(({ file }: { file: string }) => file === fed)).toEqual(
    manifest(first).inputs.filter(({ file }: { file: string }) => file === fed),
  );
}, 60_000);

test('of two programmes that froze an anchor one takes it back, and the other’s freeze stands', DEEP, async () => {
  const place = placeOf({
    'content.yaml': content('2023-12'),
    'points.yaml': month(POINTS, '2023-12'),
    'hosts.yaml': HOSTS,
  });
  const admissions = (until: string): string =>
    `admission_id,merchant_id,part,part_id,approved_at,withdrawn_at\nA1,M1,room,R1,2023-12-02 12:00:00,${until}\nA2,M1,avatar,V1,2023-12-02 12:00:00,\nA3,M1,driver,P1,2023-12-02 12:00:00,\n`;
  place.put({
    'anchors.csv': anchors('a1,g1,content,2023-03-01'),
    'sessions.csv': sessionsCsv({ id: 's1', day: '2023-12-10' }, { id: 's2', day: '2023-12-16' }),
    'violations.csv': `${VIOLATIONS}v1,a1,2023-12-05 20:00:00,5,upheld\n`,
    'live_accounts.csv': 'anchor_id,merchant_id\na1,M1\n',
    'digital_suppliers.csv': 'supplier_id,listed_from,listed_to\nS1,2023-11-01,\n',
    'digital_admissions.csv': admissions('2023-12-09 00:00:00'),
    'digital_sessions.csv':
      'session_id,anchor_id,started_at,ended_at,merchant_id,merchant_kind,live_kind,supplier_id,room_id,avatar_id,driver_id,human_driven,human_likeness,generated,generation_filed\ns1,a1,2023-12-10 20:00:00,2023-12-10 21:00:00,M1,CGS,reception,S1,R1,V1,P1,Y,Y,,\n',
  });
  const first = await place.nightly('2023-12-31');
  expect(first.failures.map(({ message }) => message)).toEqual([]);
  expect(reasons(dirOf(first, 'content-live-2023-12'))).toEqual(['s1 frozen;unadmitted_digital_host', 's2 frozen']);
  place.put({ 'digital_admissions.csv': admissions('') });
  const second = await place.nightly('2023-12-31');
  expect(reasons(dirOf(second, 'content-live-2023-12'))).toEqual(['s1 frozen', 's2 ']);
  place.put({ 'violations.csv': `${VIOLATIONS}v1,a1,2023-12-05 20:00:00,5,revoked\n` });
  const third = await place.nightly('2023-12-31');
  expect(reasons(dirOf(third, 'content-live-2023-12'))).toEqual(['s1 ', 's2 ']);
  expect((await verifyRun(dirOf(third, 'content-live-2023-12'))).differences).toEqual([]);
});

test(
  'an anchor that is expelled and moves in one month loses it by its agency of the close, and gets it back there',
  DEEP,
  async () => {
    const place = placeOf({ 'content.yaml': content('2023-12'), 'points.yaml': month(POINTS, '2023-12') });
    place.put({
      'anchors.csv': anchors('a1,g1,content,2023-03-01'),
      'sessions.csv': sessionsCsv({ id: 's1', day: '2023-12-10' }, { id: 's2', day: '2023-12-20' }),
    });
    const paid = await place.nightly('2023-12-31');
    expect(cells(dirOf(paid, 'content-live-2023-12'), 'settlement.csv')[0]?.slice(2, 6)).toEqual([
      'a1',
      '',
      'g1',
      'payable',
    ]);
    await place.seal('content-live-2023-12', '2023-12-31');
    const move = (status: string) => ({
      'anchors-2.csv': anchors('a1,g2,content,2023-03-01'),
      'violations.csv': `${VIOLATIONS}v1,a1,2023-12-15 20:00:00,40,${status}\n`,
    });
    place.put(move('upheld'));
    const lost = dirOf(await place.nightly('2024-01-04'), 'content-live-2023-12');
    expect(cells(lost, 'adjustments.csv').map((row) => row.slice(0, 7).join())).toEqual([
      'a1,g1,,forfeited,0.00,-10.00,-10.00',
      'a1,g1,2023-12-20,watch_time,10.00,0.00,-10.00',
    ]);
    expect((await verifyRun(lost)).differences).toEqual([]);
    await place.seal('content-live-2023-12', '2023-12-31');
    place.put(move('revoked'));
    const back = dirOf(await place.nightly('2024-01-05'), 'content-live-2023-12');
    expect(cells(back, 'adjustments.csv').map((row) => row.slice(0, 7).join())).toEqual([
      'a1,g1,,forfeited,-10.00,0.00,10.00',
      'a1,g1,2023-12-20,watch_time,0.00,10.00,10.00',
    ]);
  },
);
