import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../programmes/registry.js';
import { kindBegun, kindMeant, kindOfHeader } from './near-kind.js';

/** What an entry of the folder that is no export looks like, as the end of a sentence that its name begins; and what to do. */
export interface Look {
  what: string;
  fix: string;
  /** Nobody need look at it. */
  harmless?: true;
}

/** What systems and programs leave in any folder. */
export function isHidden(name: string): boolean {
  return /^(\.|~\$)/.test(name) || /^(thumbs\.db|desktop\.ini)$/i.test(name);
}

export function lookOf(folder: string, name: string): Look {
  const found = entryOf(join(folder, name));
  if (isHidden(name))
    return { what: 'is a hidden file, or one of the system', fix: 'Nothing need be done.', harmless: true };
  if (found === undefined) {
    return name.includes('\ufffd')
      ? { what: 'is a file whose name is not UTF-8', fix: 'Rename it.' }
      : { what: 'is a link that leads nowhere', fix: 'Restore what it leads to, or remove it.' };
  }
  if (found.isDirectory()) return folderLook(join(folder, name));
  if (!found.isFile()) return { what: 'is no regular file', fix: 'Remove it.' };
  return ofEnding(name) ?? nearExport(folder, name) ?? other();
}

function entryOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a link in circles
  }
}

/** A folder that another program wrote, or that somebody sorted exports into. */
function folderLook(path: string): Look {
  const names = namesIn(path);
  const part = names.find((name) => /^part-\d+/.test(name));
  if (part !== undefined || names.includes('_SUCCESS')) {
    const fix = `Let it write one file (Spark: coalesce(1)), and copy ${part ?? 'its part file'} here under the name of an export.`;
    return { what: 'is a folder that Spark or Hadoop wrote', fix };
  }
  const exports = names.filter((name) => READ.test(name.toLowerCase()) && kindBegun(name) !== undefined).length;
  const held = exports > 0 ? ` that holds ${exports} ${exports === 1 ? 'file' : 'files'} named like exports` : '';
  return { what: `is a folder${held}, and folders are not read`, fix: 'Copy the exports in it to the folder above.' };
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return []; // nobody may look into it
  }
}

/** Endings that say what a file is, whatever stands before them. */
const ENDINGS: [RegExp, Look][] = [
  [
    /\.(part|partial|tmp|temp|crdownload|download|filepart|opdownload|aria2|uploading)$|\._copying_$/,
    {
      what: 'is the part of a file that is still being uploaded or downloaded, or was broken off',
      fix: 'Upload the file again under its own name, and remove the part.',
    },
  ],
  [
    /\.(xls|xlsm|xlsb|ods|et|numbers)$/,
    { what: 'is a spreadsheet of a form that is not read', fix: 'Save it as a workbook (.xlsx), under the same name.' },
  ],
  [
    /\.(zip|rar|7z|tar|tgz|tar\.\w+|bz2|xz|zst|lz4|(?<!\.csv\.)gz|z)$/,
    {
      what: 'is an archive, which is not read',
      fix: 'Unpack it here. A CSV packed by gzip is read if its name ends in .csv.gz.',
    },
  ],
  [
    /(\.(bak|old|orig|swp|backup)|~)$/,
    { what: 'is a copy that an editor or a person kept', fix: 'Move it out of the folder.' },
  ],
];

function ofEnding(name: string): Look | undefined {
  return ENDINGS.find(([ending]) => ending.test(name.toLowerCase()))?.[1];
}

const READ = /\.(csv|csv\.gz|parquet|xlsx)$/;
/** Texts, whose header can be looked at. */
const TEXT = /\.(csv|txt|tsv|dat)\s*$|^[^.]*$/;

/** A file that is named nearly like an export, or has the header of one. */
function nearExport(folder: string, name: string): Look | undefined {
  const named = kindBegun(name) ?? kindMeant(name);
  const kind = named ?? (TEXT.test(name.toLowerCase()) ? kindOfHeader(join(folder, name)) : undefined);
  if (kind === undefined) return undefined;
  const lower = name.toLowerCase();
  const begins = lower.startsWith(kind);
  const ends = READ.test(lower);
  const lacks = [begins ? [] : [`begin with ${kind}`], ends ? [] : ['end in .csv, .csv.gz, .parquet or .xlsx']]
    .flat()
    .join(' or ');
  return {
    what: `looks like an export of ${kind} by its ${named === undefined ? 'header' : 'name'}, but its name doesn't ${lacks}`,
    fix: ends
      ? `Rename it to begin with ${kind}.`
      : `Save it as CSV (UTF-8), Parquet or a workbook, under a name like ${kind}-1.csv.`,
  };
}

function other(): Look {
  const kinds = KINDS.map(({ name }) => name);
  const begin = `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`;
  return {
    what: 'is no export by its name',
    fix: `Exports begin with ${begin} and end in .csv, .csv.gz, .parquet or .xlsx. Move other files out of the folder.`,
  };
}
