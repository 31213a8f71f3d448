import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explain } from '../../src/commands/explain.js';
import { packet } from '../../src/commands/packet.js';
import { verifyPacketFile } from '../../src/commands/verify.js';
import { addDispute } from '../../src/disputing/add.js';
import { newDispute } from '../../src/disputing/new.js';
import { groupRoot, unitLeaf } from '../../src/verify/packet/hashes.js';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import { closeAccepted } from '../support/accepting.js';
import { withIneligible } from '../support/policy-sample.js';
import { REPOSITORY, SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder, write } from '../support/workspace.js';
import { dataIn } from './month.js';

// @module-tag deep

/** What packets and explanations say of others where anchors are frozen and expelled, move to other agencies, and disputes are kept: nothing. */

const folder = temporaryFolder();
const out = join(folder, 'out');
const place = { out, warehouse: join(folder, 'w.duckdb'), policy: join(folder, 'policy.yaml') };
const hasPython = spawnSync('python3', ['--version']).status === 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = 'anchor_id,from,to,cause,clause';
/** Each clause is a word that stands in nobody else's file. */
const INELIGIBLE = [
  ['A1001', '2023-11-05 00:00:00', '2023-11-09 23:59:59', 'frozen', 'CLAUSE-OF-A1001'],
  ['A1003', '2023-11-10 00:00:00', '', 'expelled', 'CLAUSE-OF-A1003'],
  ['A1008', '2023-11-20 00:00:00', '2023-11-21 23:59:59', 'unadmitted_digital_host', 'CLAUSE-OF-A1008'],
  ['A1009', '2023-11-25 12:00:00', '2023-11-27 00:00:00', 'expelled', 'CLAUSE-OF-A1009'],
  ['A1010', '2023-11-15 00:00:00', '2023-11-15 23:59:59', 'frozen', 'CLAUSE-OF-A1010'],
  ['A1012', '2023-11-15 00:00:00', '', 'frozen', 'CLAUSE-OF-A1012'],
] as const;
const ineligible = (rows: readonly (readonly string[])[]): string =>
  `${[HEADER, ...rows.map((row) => row.join())].join('\n')}\n`;

interface Run {
  dir: string;
  /** By unit. */
  packets: Map<string, PacketData>;
  files: Map<string, string>;
}
const runs: Run[] = [];
const DISPUTED = { 'agency-MCN-01': 'A1002', 'agency-MCN-03': 'A1011', 'anchor-A1013': 'A1013' } as const;
const claimOf = (unit: string): string => `CLAIM-OF-${unit}`;

async function made(dir: string): Promise<Run> {
  const into = join(folder, `packets-${runs.length}`);
  mkdirSync(into);
  await packet(dir, { runs: out, all: true, out: into }, SILENT);
  const files = new Map(
    readdirSync(into).map((name) => [/_((?:agency|anchor)-.*)\.html$/.exec(name)?.[1] ?? name, join(into, name)]),
  );
  return { dir, files, packets: new Map([...files].map(([unit, file]) => [unit, dataIn(file)])) };
}

beforeAll(async () => {
  const [input, late] = [join(folder, 'in'), join(folder, 'late')];
  cpSync(join(SAMPLES, '2023-11'), input, { recursive: true });
  write(folder, { 'policy.yaml': withIneligible(readFileSync(SAMPLE_POLICY, 'utf8'), 'all') });
  write(input, { 'ineligible.csv': ineligible(INELIGIBLE) });
  const { runDir: closed } = await settle({ ...place, input });
  await closeAccepted(closed, { ...place, by: '王莉' });
  runs.push(await made(closed));
  for (const [unit, anchor] of Object.entries(DISPUTED)) {
    const file = join(folder, `${unit}.json`);
    const asked = { anchor, date: '2023-11-06', claim: claimOf(unit), contact: `CONTACT-OF-${unit}`, out: file };
    newDispute(runs[0]?.files.get(unit) as string, asked, 'en');
    await addDispute(file, { ...place, by: '王莉' }, SILENT);
  }
  mkdirSync(late);
  const [header, ...rows] = readFileSync(join(input, 'anchors-2023-11-01.csv'), 'utf8').split('\n');
  const moved = ['A1001', 'A1009'].map((id) =>
    (rows.find((row) => row.startsWith(`${id},`)) as string).replace(/MCN-0[12]/, (from) =>
      from === 'MCN-01' ? 'MCN-02' : 'MCN-03',
    ),
  );
  write(late, {
    'anchors-2023-12-20.csv': `${[header, ...moved].join('\n')}\n`,
    'ineligible.csv': ineligible(INELIGIBLE.slice(1)),
  });
  const { runDir: restated } = await settle({ ...place, input: late, transfer: true });
  await closeAccepted(restated, { ...place, by: '王莉' });
  runs.push(await made(restated));
});

test('packets of both revisions are right, by settle verify and by the verifier in Python', async () => {
  for (const { files } of runs) {
    expect(files.size).toBe(6);
    for (const [unit, file] of files) {
      const { exit, text } = await verifyPacketFile(file, {}, SILENT);
      expect([unit, exit, text()]).toEqual([unit, 0, expect.anything()]);
      if (hasPython) execFileSync('python3', [join(REPOSITORY, 'test/packet/verify_packet.py'), file]);
    }
  }
  const reasons = [...(runs[0] as Run).packets.values()].flatMap(({ groups }) =>
    groups.flatMap(({ files }) =>
      files.filter(({ file }) => file === 'sessions.csv').flatMap(({ records }) => records),
    ),
  );
  for (const reason of ['frozen', 'expelled', 'unadmitted_digital_host'])
    expect(reasons.filter((record) => record.includes(`,N,${reason},`)).length, reason).toBeGreaterThan(0);
});

/** Whose an anchor is in a run: every unit whose packet has a group of it. */
const unitsOf = ({ packets }: Run, anchor: string): string[] =>
  [...packets].flatMap(([unit, { groups }]) => (groups.some((group) => group.anchor === anchor) ? [unit] : []));

test('what makes somebody ineligible, and what is disputed, stands with them alone', () => {
  for (const [at, run] of runs.entries())
    for (const [unit, file] of run.files) {
      const text = readFileSync(file, 'utf8');
      for (const [anchor, , , , clause] of INELIGIBLE.slice(at)) {
        const own = unitsOf(run, anchor);
        if (!own.includes(unit)) expect([unit, clause, text.includes(clause)]).toEqual([unit, clause, false]);
        else if (own.length === 1) expect([unit, clause, text.includes(clause)]).toEqual([unit, clause, true]);
      }
      expect(text.includes('CONTACT-OF')).toBe(false);
      for (const other of Object.keys(DISPUTED))
        expect([unit, other, text.includes(claimOf(other))]).toEqual([unit, other, at === 1 && other === unit]);
    }
  const [, restated] = runs as [Run, Run];
  // Who was moved stands with both, and with the old one by the line that takes the amount back alone.
  expect(unitsOf(restated, 'A1001')).toEqual(['agency-MCN-01', 'agency-MCN-02']);
  const old = restated.packets.get('agency-MCN-01')?.groups.find(({ anchor }) => anchor === 'A1001');
  expect(old?.files.map(({ file }) => file)).toEqual(['adjustments.csv']);
});

test('two agencies together can test no guess of a third, not even the right one', () => {
  for (const { packets } of runs) {
    const units = [...packets];
    const [third, ...two] = [...units.keys()].map((at) => units[(at + 2) % units.length]) as [
      [string, PacketData],
      ...[string, PacketData][],
    ];
    const hashes = new Set(two.flatMap(([, { proof }]) => (proof ?? '').split('\n')));
    const keys = two.flatMap(([, { key, shared }]) => [key, shared.key]).concat('00'.repeat(32));
    const { unit, groups, key } = third[1];
    const leafBy = (by: string): string =>
      Buffer.from(
        unitLeaf(
          unit.kind,
          unit.id,
          groups.map(({ anchor, files }) => ({ anchor, ...groupRoot(by, anchor, files) })),
        ),
      ).toString('base64');
    for (const each of keys) expect(hashes.has(leafBy(each as string))).toBe(false);
    // The key that they lack is what tells: with it the leaf is that of the third's own path.
    expect(keys).not.toContain(key);
  }
});

const rows = (run: Run, file: string): Record<string, string>[] =>
  parse(readFileSync(join(run.dir, file)), { columns: true });

test('no explanation that may be sent names anybody else, an amount of theirs, a clause or a dispute', async () => {
  let looked = 0;
  for (const run of runs) {
    const settled = rows(run, 'settlement.csv');
    const sessions = rows(run, 'sessions.csv');
    for (const { anchor_id: anchor = '', agency_id: agency = '' } of settled) {
      const forAgency = agency === '' ? '_independent' : agency;
      const options = { ...place, anchor, forAgency };
      const { answer, text } = await explain(run.dir, { ...options, lang: 'en' }, SILENT, {});
      const page = join(folder, 'e.html');
      rmSync(page, { force: true });
      await explain(run.dir, { ...options, page }, SILENT, {});
      const sent = `${JSON.stringify(answer)}\n${text((_style, said) => said)}\n${readFileSync(page, 'utf8')}`;
      const isOwn = (row: Record<string, string>): boolean =>
        row.anchor_id === anchor || (agency !== '' && row.agency_id === agency);
      const own = new Set(settled.filter(isOwn).map(({ anchor_id }) => anchor_id));
      const foreign = [
        ...settled.filter(({ anchor_id }) => !own.has(anchor_id)).map(({ anchor_id = '' }) => anchor_id),
        ...sessions.filter(({ anchor_id }) => !own.has(anchor_id)).map(({ session_id = '' }) => session_id),
        ...INELIGIBLE.filter(([id]) => !own.has(id)).map(([, , , , clause]) => clause),
        ...Object.keys(DISPUTED)
          .filter((unit) => unit !== (agency === '' ? `anchor-${anchor}` : `agency-${agency}`))
          .map(claimOf),
      ];
      const amounts = (each: Record<string, string>): string[] =>
        ['total', 'watch_time', 'forfeited']
          .map((name) => each[name] ?? '')
          .filter((cell) => /[1-9]\d\.\d\d$/.test(cell));
      const ownAmounts = new Set(settled.filter(isOwn).flatMap(amounts));
      foreign.push(
        ...settled
          .filter((row) => !isOwn(row))
          .flatMap(amounts)
          .filter((cell) => !ownAmounts.has(cell)),
      );
      const tokens = new Set(sent.match(/[\w.-]+/g)?.map((word) => word.replace(/[.-]+$/, '')));
      looked += foreign.length;
      expect([anchor, foreign.filter((word) => tokens.has(word))]).toEqual([anchor, []]);
    }
  }
  expect(looked).toBeGreaterThan(1000);
});
