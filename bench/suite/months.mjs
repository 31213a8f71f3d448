// The months that the rows work on, each made when it is first asked for: bigger ones, other forms, changed copies.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generate } from '../generate.mjs';
import { FORMS, inForm, inOneFile } from './forms.mjs';
import { emptyPlace } from './place.mjs';

export const LAST_DAY = /^sessions-2023-11-30(-fix)?\.csv$/;
export const NIGHTS = 10;

export async function monthsOf({ sessions, exports, policy }, rows, work) {
  const folder = (times) => (times === 1 && exports !== undefined ? resolve(exports) : join(work, `month-${times}`));
  for (const times of new Set([1, ...rows.flatMap((row) => row.times ?? [])])) {
    if (!existsSync(folder(times))) await generate(Number(sessions) * times, folder(times));
  }
  const month = folder(1);
  for (const { form } of rows) if (form !== undefined) await inAForm(form, month, join(work, form));
  return {
    month: folder,
    form: (id) => join(work, id),
    nights: dealt(month, join(work, 'dealt')),
    dealt: join(work, 'dealt'),
    other: otherMonth(month, join(work, 'other'), policy),
    ...counted(month),
  };
}

async function inAForm(form, month, dir) {
  if (form in FORMS) await inForm(form, month, dir);
  else inOneFile(month, dir, form === 'faulty');
}

function read(dir, name) {
  const [header, ...rows] = readFileSync(join(dir, name), 'utf8').trimEnd().split('\n');
  return { header, rows };
}

function write(dir, name, header, rows) {
  writeFileSync(join(dir, name), `${[header, ...rows].join('\n')}\n`);
}

/** How many session rows there are, and the anchor of the first. */
function counted(month) {
  const files = readdirSync(month).filter((name) => name.startsWith('sessions'));
  const all = files.map((name) => read(month, name).rows);
  return { sessions: all.reduce((sum, { length }) => sum + length, 0), anchor: all[0][0].split(',')[1] };
}

/** The sessions of the last day in ten files of a night each, corrections left out. */
function dealt(month, dir) {
  emptyPlace(dir);
  const { header, rows } = read(month, 'sessions-2023-11-30.csv');
  return Array.from({ length: NIGHTS }, (_, night) => {
    const name = `sessions-2023-11-30-night-${String(night + 1).padStart(2, '0')}.csv`;
    write(dir, name, header, rows.filter((_row, at) => at % NIGHTS === night));
    return name;
  });
}

/** Writes a file of sessions that were never told before, as if a fifth of a day came late. */
export function lateFile(month, dir) {
  const { header, rows } = read(month, 'sessions-2023-11-15.csv');
  const late = rows.filter((_row, at) => at % 5 === 0).map((line) => line.replace(/^S/, 'L'));
  write(dir, 'sessions-late.csv', header, late);
}

/**
 * Another month: of 150 sessions one is gone, one has changed and one is new; of ten penalties two are gone, of fifty
 * anchors one has changed, and so have some indices and two keys of the policy.
 */
function otherMonth(month, exports, policy) {
  emptyPlace(exports);
  const changes = { sessions: changedSession, penalties: changedPenalty, anchors: changedAnchor, scarcity: changedIndex };
  for (const name of readdirSync(month)) {
    const { header, rows } = read(month, name);
    write(exports, name, header, rows.flatMap(changes[name.split('-')[0]] ?? ((line) => line)));
  }
  const path = `${exports}.yaml`;
  const text = readFileSync(policy, 'utf8');
  const changed = text.replace('min_minutes: 30\n', 'min_minutes: 31\n').replace('"160.00"', '"161.00"');
  if (changed.length !== text.length || changed === text) throw new Error(`${policy} has no longer the keys that the other month changes`);
  writeFileSync(path, changed);
  return { exports, policy: path };
}

function changedSession(line, at) {
  if (at % 150 === 0) return [];
  if (at % 150 === 1) return line.replace(/^(S\d+,.*?,[YN],\d+,[^,]+,)/, '$11');
  return at % 150 === 2 ? [line, line.replace(/^S/, 'N')] : line;
}

const changedPenalty = (line, at) => (at % 10 < 2 ? [] : line);
const changedAnchor = (line, at) => (at % 50 === 0 ? line.replace(/[^,]+$/, (code) => (code === 'red' ? 'green' : 'red')) : line);
const changedIndex = (line, at) => (at % 7 === 0 ? line.replace(/[^,]+$/, '1.300') : line);
