import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { book } from '../../src/commands/book.js';
import { decimal, fixed } from '../../src/core/money.js';
import { closeAccepted } from '../support/accepting.js';
import { SAMPLE_POLICY, SAMPLES, SILENT, settle, temporaryFolder } from '../support/workspace.js';
import { partsOf, type ReadSheet, sheetsOf } from './reading.js';

// @module-tag deep

/** What LibreOffice itself comes to, of a book from which every result was taken out; left out where it isn't installed. */

const OFFICE = process.env.SOFFICE ?? '/usr/bin/soffice';
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const out = join(folder, 'out');
let closed: string;
let restated: string;

describe.skipIf(!existsSync(OFFICE))('LibreOffice', () => {
  beforeAll(async () => {
    const place = { policy: SAMPLE_POLICY, out, warehouse: join(folder, 'w.duckdb') };
    closed = (await settle({ ...place, input: join(SAMPLES, '2023-11') })).runDir;
    await closeAccepted(closed, { ...place, by: '王莉' });
    restated = (await settle({ ...place, input: join(SAMPLES, '2023-11-late') })).runDir;
  });

  test.each([
    ['a restated month beside the closed one', () => restated, () => ({ lang: 'zh', against: closed }), 50],
    ['the closed month in English', () => closed, () => ({ lang: 'en' }), 25],
    ['one agency of it', () => closed, () => ({ lang: 'zh', agency: 'MCN-01' }), 5],
  ])('comes to the kept results: %s', async (name, run, options, atLeast) => {
    const path = join(folder, `${name}.xlsx`);
    await book(run(), { runs: out, out: path, ...options() }, SILENT, {});
    const [kept, computed] = [await resultsOf(path), await resultsOf(await recomputed(path))];
    expect(computed).toEqual(kept);
    expect(Object.keys(kept).length).toBeGreaterThan(atLeast);
  });
});

/** Every formula's result by sheet and place, with two decimals. */
async function resultsOf(path: string): Promise<Record<string, string>> {
  const sheets: ReadSheet[] = [...(await sheetsOf(path)).values()];
  return Object.fromEntries(
    sheets.flatMap(({ name, cells }) =>
      [...cells].flatMap(([at, { formula, text }]) =>
        formula === undefined ? [] : [[`${name}!${at}`, text === '' ? 'none' : fixed(decimal(plain(text)), 2)]],
      ),
    ),
  );
}

/** A result as a spreadsheet writes its binary float, to the hundredth that it stands for. */
function plain(text: string): string {
  return /^-?\d+(\.\d{1,2})?$/.test(text) ? text : Number(text).toFixed(2);
}

/** The same workbook without results, opened and saved by LibreOffice. */
async function recomputed(path: string): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of await partsOf(path)) {
    const bare = content.replaceAll(/(<f>[^<]*<\/f>)<v>[^<]*<\/v>/g, '$1');
    zip.addBuffer(Buffer.from(bare), name);
  }
  zip.end();
  const bare = join(folder, 'bare.xlsx');
  writeFileSync(bare, await buffer(zip.outputStream));
  expect(Object.values(await resultsOf(bare)).every((result) => result === 'none')).toBe(true);
  const saved = join(folder, 'saved');
  mkdirSync(saved, { recursive: true });
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  execFileSync(OFFICE, [profile, '--headless', '--convert-to', 'xlsx', '--outdir', saved, bare], { stdio: 'ignore' });
  expect(readFileSync(join(saved, 'bare.xlsx')).length).toBeGreaterThan(0);
  return join(saved, 'bare.xlsx');
}
