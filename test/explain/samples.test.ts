import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../src/commands/explain.js';
import { run } from '../../src/commands/run.js';
import { decimal, fixed, ZERO } from '../../src/core/money.js';
import { widthOf } from '../../src/programmes/content-incentive/explain/page/layout.js';
import { variations } from '../support/deep.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, temporaryFolder } from '../support/workspace.js';
import type { Answer } from './place.js';

/** Of every anchor of both sample months the explanation's figures are those of the run folder. */

type Cells = Record<string, string>;

const ANCHORS: Record<string, string[]> = {
  '2023-11': Array.from({ length: 14 }, (_, at) => `A10${String(at + 1).padStart(2, '0')}`),
  '2023-11-faulty': ['B2001', 'B2002', 'B2006'],
};

describe.each(Object.keys(ANCHORS))('the sample month %s', (month) => {
  let folder: string;
  let runDir: string;
  const tables: Record<string, Cells[]> = {};

  beforeAll(async () => {
    folder = temporaryFolder();
    const options = {
      policy: SAMPLE_POLICY,
      input: join(SAMPLES, month),
      encoding: 'gb18030',
      strict: false,
      statements: false,
    };
    const places = { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb') };
    runDir = (await run({ ...options, ...places }, SILENT)).runDir;
    for (const name of ['settlement', 'days', 'sessions', 'quarantine'])
      tables[name] = parse(readFileSync(join(runDir, `${name}.csv`)), { columns: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const explained = async (anchor: string, lang = 'en') => {
    const options = { out: join(folder, 'out'), warehouse: join(folder, 'w.duckdb'), anchor, lang };
    const { answer, text } = await explain(runDir, options, SILENT, {});
    return { answer: JSON.parse(JSON.stringify(answer)) as Answer, page: text((_, said) => said) };
  };
  const rowsOf = (table: string, anchor: string) =>
    (tables[table] ?? []).filter(({ anchor_id }) => anchor_id === anchor);
  const plus = (amounts: unknown[]): string =>
    fixed(
      amounts.reduce((sum: typeof ZERO, each) => sum.plus(decimal(String(each))), ZERO),
      2,
    );

  test('has the anchors that are explained here', () => {
    expect(tables.settlement?.map(({ anchor_id }) => anchor_id)).toEqual(ANCHORS[month]);
  });

  variations(ANCHORS[month] ?? [])('%s: its figures are the run folder’s, and add up to its total', async (anchor) => {
    const { answer, page } = await explained(anchor);
    const [row] = rowsOf('settlement', anchor) as [Cells];
    for (const name of [
      'status',
      'watch_time_gross',
      'cap_withheld',
      'watch_time',
      'attendance_bonus',
      'newcomer_bonus',
      'forfeited',
      'total',
    ])
      expect(answer[name], name).toBe(row[name]);
    for (const name of ['valid_sessions', 'valid_seconds', 'valid_days'])
      expect(answer[name], name).toBe(Number(row[name]));
    const valid = answer.days.filter((day) => day.valid_sessions !== 0);
    expect(valid.map(dayCells)).toEqual(rowsOf('days', anchor).map(dayCells));
    expect(answer.sessions.map(sessionCells).sort()).toEqual(rowsOf('sessions', anchor).map(sessionCells).sort());
    const bonuses = answer.bonuses.map(({ amount }) => amount);
    expect(bonuses).toEqual([row.attendance_bonus, row.newcomer_bonus]);
    const taken = Object.assign({}, ...answer.reasons.map(({ takes }) => takes)) as Cells;
    expect(plus(Object.values(taken))).toBe(row.forfeited);
    expect(plus([...answer.days.map(({ watch_time }) => watch_time), ...bonuses, `-${row.forfeited}`])).toBe(row.total);
    const reasons = answer.reasons.map(({ reason }) => reason).sort();
    expect(row.status === 'out_of_scope' ? 'out_of_scope' : reasons.join(';')).toBe(row.reasons);
    expect(page).toContain((row.total as string).replace(/\B(?=(\d{3})+\.)/, ','));
  });

  variations(ANCHORS[month] ?? [])('%s: every refusal says what would change it', async (anchor) => {
    const { answer } = await explained(anchor);
    for (const session of answer.sessions) expect(session.change === null, session.session_id).toBe(session.valid);
    const tests = [
      ...answer.scope,
      ...answer.days.flatMap((day) => day.tests),
      ...answer.sessions.flatMap((each) => each.tests),
    ];
    for (const each of [...tests, ...answer.rules.map((rule) => rule.test)]) {
      expect(Object.keys(each)).toEqual(['clause', 'test', 'value', 'threshold', 'holds', 'margin', 'change']);
      expect(each.change === null, JSON.stringify(each)).toBe(each.holds);
    }
    for (const tier of answer.bonuses.flatMap(({ tiers }) => tiers)) expect(tier.change === null).toBe(tier.reached);
  });

  variations(ANCHORS[month] ?? [])('%s: its page fits a terminal of 100 columns, in both languages', async (anchor) => {
    for (const lang of ['en', 'zh']) {
      const { page } = await explained(anchor, lang);
      expect(page.split('\n').filter((line) => widthOf(line) > 100)).toEqual([]);
      expect(page).not.toMatch(/\{\w+\}|undefined|null|…/);
    }
  });
});

function dayCells(day: Record<string, unknown>): string {
  const flag = day.valid_day === true ? 'Y' : day.valid_day === false ? 'N' : day.valid_day;
  const names = ['date', 'valid_sessions', 'valid_seconds', 'top_level', 'cap', 'gross', 'withheld', 'watch_time'];
  return [flag, ...names.map((name) => day[name] ?? '')].join(' ');
}

function sessionCells(session: Record<string, unknown>): string {
  const { session_id, ended_at, effective_seconds, amount, reasons } = session;
  return [session_id, ended_at, effective_seconds, amount, Array.isArray(reasons) ? reasons.join(';') : reasons].join(
    ' ',
  );
}
