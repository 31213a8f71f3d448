import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decimal } from '../../src/core/money.js';
import { literal, Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { type Column, readEarly } from '../../src/exports/column-types.js';
import { KINDS } from '../../src/programmes/registry.js';
import { temporaryFolder } from '../support/workspace.js';
import { cell } from './cells.js';

/**
 * Staging looks at a whole line of cells first (`form`), at those of another line one by one (`sound`), and only at those
 * that fail in full (`faults`). Were the three ever of different minds, a bad row would be settled, or a run would stop
 * on a row without a fault.
 */

const CELLS = 4000 * Math.max(1, Number(process.env.PROPERTY_RUNS ?? 4) / 4);

const scratch = temporaryFolder();
// Kept here too: on its way back from the database a cell loses a byte order mark that it begins with.
const words = [
  ...new Set(KINDS.flatMap(({ columns }) => columns.flatMap(({ form }) => form.match(/[\p{L}_]+/gu) ?? []))),
];
const cells = [...words, ...fc.sample(cell, CELLS - words.length)];
let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [] });
  await warehouse.run('CREATE TABLE random_cell (n BIGINT, x VARCHAR)');
  for (let at = 0; at < cells.length; at += 500) {
    const rows = cells.slice(at, at + 500).map((text, n) => `(${at + n}, ${literal(text)})`);
    await warehouse.run(`INSERT INTO random_cell (n, x) VALUES ${rows.join(', ')}`);
  }
});
afterAll(() => {
  warehouse.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Each column once for every form: columns of one form differ in their name alone. */
const columns = new Map<string, Column>();
const seen = new Set<string>();
for (const column of KINDS.flatMap((kind) => kind.columns)) {
  const form = [column.read, column.sound, ...column.faults].join(' ').replaceAll(column.name, 'x');
  if (!seen.has(form)) columns.set(column.name, column);
  seen.add(form);
}

interface Judged {
  x: string;
  sound: string;
  faults: string | null;
  value: string | null;
}

/** Every random cell as a column's SQL judges it, as staging would ask: the cell under the column's name. */
async function judge(column: Column): Promise<Judged[]> {
  const { name, sound, faults } = column;
  const rows = await warehouse.rows(`SELECT n, ${sound} AS sound, concat_ws(' ', ${faults.join(', ')}) AS faults,
    CASE WHEN ${sound} THEN ${valueSql(column)} END AS value
    FROM (SELECT *${readEarly([column])} FROM (SELECT n, x AS ${name} FROM random_cell)) ORDER BY n`);
  return rows.map(({ n, ...judged }) => ({ ...judged, x: cells[Number(n)] }) as Judged);
}

function valueSql({ read }: Column): string {
  return `CAST(${read.replace(/^coalesce\((.*), seconds_between\(.*$/, '$1')} AS VARCHAR)`;
}

/** The value of every random cell that makes a line of its own, where the line passes; it is read before its form is known. */
async function readAsLine(column: Column): Promise<Map<string, string | null>> {
  const { name, form, exists, early } = column;
  const read = early === undefined ? '' : `, ${early(name)} AS ${name}_read`;
  const rows = await warehouse.rows(`SELECT n, regexp_full_match(${name}, '${form}') AND ${exists ?? 'true'} AS passes,
    ${valueSql(column)} AS value FROM (SELECT *${read} FROM (SELECT n, x AS ${name} FROM random_cell))`);
  return new Map(
    rows.filter(({ passes }) => passes === 'true').map(({ n, value }) => [cells[Number(n)] as string, value as string]),
  );
}

test.each([...columns])('%s: a line of cells passes as its cells do', async (_name, column) => {
  const asLine = await readAsLine(column);
  const judged = (await judge(column)).filter(({ x }) => !x.includes(','));
  const others = judged.filter(({ x, sound }) => (sound === 'true') !== asLine.has(x));
  expect(others.map(shown)).toEqual([]);
  expect(judged.filter(({ x, value }) => asLine.has(x) && asLine.get(x) !== value).map(shown)).toEqual([]);
  expect(asLine.size).toBeGreaterThan(0);
  expect([...asLine.keys()].filter((x) => x.includes(','))).toEqual([]);
});

const shown = ({ x, sound, faults, value }: Judged): string => `${JSON.stringify(x)} ${sound} [${faults}] ${value}`;

test.each([...columns])('%s: a cell is sound when it has no fault, and then it is read', async (_name, column) => {
  const judged = await judge(column);
  expect(judged).toHaveLength(CELLS);
  const undecided = judged.filter(({ sound }) => sound !== 'true' && sound !== 'false');
  expect(undecided.map(shown)).toEqual([]);
  expect(judged.filter(({ sound, faults }) => (sound === 'true') !== (faults === '')).map(shown)).toEqual([]);
  expect(judged.filter(({ sound, value }) => sound === 'true' && value === null).map(shown)).toEqual([]);
});

test.each([...columns])('%s: a blank cell has no fault of form', async (_name, column) => {
  const { name, faults } = column;
  const { blank } = await warehouse.one(`SELECT concat_ws(' ', ${faults.join(', ')}) AS blank
    FROM (SELECT *${readEarly([column])} FROM (SELECT CAST(NULL AS VARCHAR) AS ${name}))`);
  expect(blank).toBe('');
});

/** What the contract says of a column's form, in another language than SQL; undefined where it isn't said here. */
const FORMS: Record<string, (text: string) => boolean> = {
  session_id: (text) => /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text),
  settleable: (text) => /^([yn]|是|否|true|false|[10])$/i.test(text),
  quality_level: (text) => /^0*[1-9]\d?(\.0+)?$/.test(text),
  effective_seconds: (text) => /^\d+(\.0+)?$/.test(text),
  rec_dwell_minutes: (text) => /^0*\d{1,13}(\.\d{1,2}0*)?$/.test(text),
  unit_price: (text) => /^0*\d{1,6}(\.\d{1,6}0*)?$/.test(text),
  scarcity_index: (text) => /^0*\d{1,4}(\.\d{1,3}0*)?$/.test(text),
  track: (text) => [...text].length <= 64 && !/\p{Cc}/u.test(text),
  nickname: (text) => [...text].length <= 128 && !/\p{Cc}/u.test(text),
  first_live_on: (text) => isDay(text),
  started_at: (text) => isTime(text),
  compliance_code: (text) => ['green', 'yellow', 'red', '绿码', '黄码', '红码'].includes(text),
  status: (text) => ['upheld', 'revoked', '生效', '撤销'].includes(text),
};

function isDay(text: string): boolean {
  const [, year, mark, month = '', day = ''] = /^(20\d\d)([-/])(\d\d?)\2(\d\d?)$/.exec(text) ?? [];
  if (mark === undefined) return false;
  const whole = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(whole);
}

/** Of hours, one digit or two; a fraction of one to nine zeros; an offset within a day, its colon or minutes left out. */
const TIME =
  /^([^ T]+)[ T]((?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?<=:\d\d:\d\d|T\d\d?:\d\d| \d\d?:\d\d)((?<=:\d\d:\d\d)\.0{1,9})?(?:(Z)|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?$/u;

function isTime(text: string): boolean {
  const [, day = '', clock = '', , zulu, sign, hours, minutes = '00'] = TIME.exec(text) ?? [];
  if (!isDay(day)) return false;
  if (zulu === undefined && sign === undefined) return true;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0] = `${day.replaceAll('/', '-')}-${clock}`
    .split(/[-:]/)
    .map(Number);
  const ahead = sign === undefined ? 0 : Number(`${sign}1`) * (60 * Number(hours) + Number(minutes));
  const there = new Date(Date.UTC(year, month - 1, date, hour, minute) + (8 * 60 - ahead) * 60_000);
  return /^20/.test(there.toISOString());
}

test.each(Object.entries(FORMS))('%s: the form is that of the contract', async (name, form) => {
  const column = columns.get(name) as Column;
  const judged = await judge(column);
  expect(judged.filter(({ x, sound }) => (sound === 'true') !== form(x)).map(shown)).toEqual([]);
  expect(judged.some(({ sound }) => sound === 'true')).toBe(true);
});

test.each(['rec_dwell_minutes', 'unit_price', 'scarcity_index'])('%s: a sound cell is read exactly', async (name) => {
  const judged = await judge(columns.get(name) as Column);
  const wrong = judged.filter(({ x, value }) => value !== null && !decimal(value).equals(decimal(x)));
  expect(wrong.map(shown)).toEqual([]);
});
