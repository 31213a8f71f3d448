import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sqlFile } from '../sql-files.js';
import { literal, type Warehouse } from '../warehouse.js';
import { writeNew } from '../writing.js';
import { type OutputEntry, sha256 } from './manifest.js';

/** The CSV files of a run folder and the query of each. */
const TABLES: Record<string, string> = {
  'days.csv': '50_emit/days.sql',
  'inputs/anchors.csv': '50_emit/inputs_anchors.sql',
  'inputs/penalties.csv': '50_emit/inputs_penalties.sql',
  'inputs/scarcity.csv': '50_emit/inputs_scarcity.sql',
  'quarantine.csv': '50_emit/quarantine.sql',
  'sessions.csv': '50_emit/sessions.sql',
  'settlement.csv': '50_emit/settlement.sql',
};

export type OnFile = (file: string, done: number, total: number) => void;

/** Writes every CSV table below the staging folder. */
export async function writeTables(warehouse: Warehouse, dir: string, onFile: OnFile): Promise<OutputEntry[]> {
  const entries: OutputEntry[] = [];
  const all = Object.entries(TABLES);
  for (const [done, [file, query]] of all.entries()) {
    onFile(file, done, all.length);
    const path = join(dir, file);
    const rows = await warehouse.count(
      `COPY (${sqlFile(query)}) TO ${literal(path)} (FORMAT csv, HEADER, DELIMITER ',', QUOTE '', ESCAPE '')`,
    );
    entries.push({ file, sha256: await sha256OfFile(path), rows });
  }
  return entries;
}

/** Writes a statement for every anchor; they are one entry of the manifest. */
export async function writeStatements(
  warehouse: Warehouse,
  dir: string,
  total: number,
  onFile: OnFile,
): Promise<OutputEntry> {
  const hash = createHash('sha256');
  const folders = new Set<string>();
  let rows = 0;
  for await (const chunk of warehouse.stream(sqlFile('50_emit/statements.sql'))) {
    onFile('', rows, total);
    for (const [path, text] of chunk as [string, string][]) {
      const target = join(dir, path);
      const folder = dirname(target);
      if (!folders.has(folder)) {
        mkdirSync(folder, { recursive: true, mode: 0o755 });
        folders.add(folder);
      }
      writeNew(target, text);
      hash.update(`${sha256(text)}  ${path}\n`);
      rows += 1;
    }
  }
  return { file: 'anchors/', sha256: hash.digest('hex'), rows };
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
