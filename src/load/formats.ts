import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import type { ExportFile } from './folder.js';
import { unusable } from './unusable.js';

/** Beginnings of files that are no CSV whatever their name says. */
const OTHER_FORMATS: [number[], Wording][] = [
  [[0x50, 0x4b, 0x03, 0x04], say('a ZIP archive or an Excel workbook (.xlsx)')],
  [[0xd0, 0xcf, 0x11, 0xe0], say('an Excel workbook (.xls)')],
  [[0x50, 0x41, 0x52, 0x31], say('a Parquet file')],
  [[0xff, 0xfe], say('UTF-16 text')],
  [[0xfe, 0xff], say('UTF-16 text')],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], say('an xz archive')],
  [[0x28, 0xb5, 0x2f, 0xfd], say('a zstd archive')],
  [[0x42, 0x5a, 0x68], say('a bzip2 archive')],
  [[0x37, 0x7a, 0xbc, 0xaf], say('a 7z archive')],
  [[0x52, 0x61, 0x72, 0x21], say('a RAR archive')],
  [[0x25, 0x50, 0x44, 0x46], say('a PDF document')],
];

/** What a file is by its first bytes; undefined where it may be a CSV. */
export function formatOf(head: Buffer): Wording | undefined {
  return OTHER_FORMATS.find(([magic]) => magic.every((byte, at) => head[at] === byte))?.[1];
}

/** Refuses a file whose first bytes say that it is no CSV, or not the packed one that its name says. */
export function refuseOtherFormats(file: ExportFile, head: Buffer): void {
  if (head.length === 0) throw empty(file.name);
  const found = formatOf(head);
  const what =
    found ?? (file.form === 'csv' && head[0] === 0x1f && head[1] === 0x8b ? say('a gzip archive') : undefined);
  if (what !== undefined) {
    throw unusable(
      file.name,
      say('is {what} under the name of a CSV file', { what }),
      say('Export it as CSV (UTF-8), or give it its right ending (.csv.gz, .parquet, .xlsx).'),
    );
  }
}

/** How much of a text is looked at for the beginning of a web page. */
export const PAGE_HEAD = 4096;

/** Refuses a web page, as a download whose login has run out gives under the export's name, whatever the file's ending. */
export function refuseWebPage({ name }: ExportFile, head: Buffer): void {
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .replace(/^(?:\s+|<\?xml[^>]*\?>|<!--[\s\S]*?-->)+/, '');
  if (!/^<(?:!doctype\s+html|html|head|body|script|meta|title)[\s>]/i.test(text)) return;
  throw unusable(name, say('is a web page, not an export'), say('Log in and export again.'), { line: 1 });
}

/** A file without a header. */
export function empty(name: string): Error {
  return unusable(
    name,
    say('is empty: it has no header'),
    say('Export it again; a file without rows still has its header line.'),
  );
}

export function firstBytes(path: string, most = 16): Buffer {
  const handle = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(most, fstatSync(handle).size));
    readSync(handle, bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    closeSync(handle);
  }
}
