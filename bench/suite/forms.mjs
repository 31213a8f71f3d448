// The same month as other programs write it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { emptyPlace } from './place.mjs';

const lines = (text) => text.trimEnd().split('\n');
const quotedLine = (line) => (line.includes('"') ? line : `"${line.replaceAll(',', '","')}"`);
const onSessions = (change) => (text, name) => (name.startsWith('sessions') ? change(text) : text);

/** A time as spreadsheets show it: 2023/11/5 9:05:07, or with no seconds where they are zero. */
const slashed = (text) =>
  text.replace(/(\d{4})-0?(\d+)-0?(\d+) 0?(\d+):(\d\d):(\d\d)/g, (_, y, m, d, h, min, s) => `${y}/${m}/${d} ${h}:${min}${s === '00' ? '' : `:${s}`}`);

export const FORMS = {
  quoted: { text: (text) => `${lines(text).map(quotedLine).join('\n')}\n` },
  gb18030: { bytes: gb18030, flags: ['--encoding', 'gb18030'] },
  crlf: { text: (text) => text.replaceAll('\n', '\r\n') },
  gzip: { bytes: (text) => gzipSync(text), ending: '.gz' },
  parquet: {},
  slashed: { text: onSessions(slashed) },
};

/** Writes the month in a form; files keep their names, so that they stand in the same order. */
export async function inForm(form, exports, dir) {
  emptyPlace(dir);
  if (form === 'parquet') return inParquet(exports, dir);
  const { text = (same) => same, bytes = (same) => same, ending = '' } = FORMS[form];
  for (const name of readdirSync(exports)) {
    writeFileSync(join(dir, `${name}${ending}`), bytes(text(readFileSync(join(exports, name), 'utf8'), name)));
  }
}

async function inParquet(exports, dir) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const quote = (path) => `'${path.replaceAll("'", "''")}'`;
  for (const name of readdirSync(exports)) {
    const to = quote(join(dir, `${basename(name, '.csv')}.parquet`));
    const cells = `read_csv(${quote(join(exports, name))}, header = true, all_varchar = true)`;
    const typed = `* REPLACE (${replaced(name)})`;
    await connection.run(`COPY (SELECT ${replaced(name) === '' ? '*' : typed} FROM ${cells}) TO ${to} (FORMAT parquet)`);
  }
  connection.closeSync();
  instance.closeSync();
}

/** Sessions have the types that programs give them; the small files are text. */
function replaced(name) {
  if (!name.startsWith('sessions')) return '';
  const types = { started_at: 'TIMESTAMP', ended_at: 'TIMESTAMP', replay_deleted_at: 'TIMESTAMP', quality_level: 'INTEGER', effective_seconds: 'INTEGER' };
  const decimals = { rec_dwell_minutes: 'DECIMAL(15, 2)', unit_price: 'DECIMAL(12, 6)', scarcity_index: 'DECIMAL(7, 3)' };
  return Object.entries({ ...types, ...decimals }).map(([column, type]) => `CAST(${column} AS ${type}) AS ${column}`).join(', ');
}

/** GB18030 has no encoder here, so each character's bytes are looked up in the decoder, once for all of two bytes. */
function gb18030(text) {
  return Buffer.from(text.replace(/[^\0-\x7f]/g, (character) => table().get(character)), 'latin1');
}

let known;
function table() {
  if (known !== undefined) return known;
  known = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let high = 0x81; high < 0xff; high += 1) {
    for (let low = 0x40; low < 0xff; low += 1) known.set(decoder.decode(Uint8Array.of(high, low)), String.fromCharCode(high, low));
  }
  return known;
}

/** All sessions of a month in one file of quoted cells; with `isFaulty` a record in the middle has a cell too many. */
export function inOneFile(exports, dir, isFaulty) {
  emptyPlace(dir);
  const all = [];
  for (const name of readdirSync(exports)) {
    const found = readFileSync(join(exports, name), 'utf8');
    if (!name.startsWith('sessions')) writeFileSync(join(dir, name), found);
    else if (!name.includes('fix')) all.push(...lines(found).slice(all.length === 0 ? 0 : 1).map(quotedLine));
  }
  if (isFaulty) all[all.length >> 1] += ',"one too many"';
  writeFileSync(join(dir, 'sessions-2023-11.csv'), `${all.join('\n')}\n`);
}
