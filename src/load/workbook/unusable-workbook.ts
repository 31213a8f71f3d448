import { isUtf8 } from 'node:buffer';
import type { SettleError } from '../../core/errors.js';
import { pieces } from '../../disk/pieces.js';
import type { Wording } from '../../words/said.js';
import { say } from '../../words/say.js';
import type { ExportFile } from '../folder.js';
import { empty, firstBytes, formatOf } from '../formats.js';
import { unusable } from '../unusable.js';

/** What was found to be wrong with a workbook, named by its file and the place in it (exit 3). */
export function damaged(file: string, what: Wording, place: { line?: number } = {}): SettleError {
  return unusable(
    file,
    say('is a damaged workbook ({what})', { what }),
    say('Copy it again, or open it in a spreadsheet program and save it as .xlsx again.'),
    place,
  );
}

/** Failures of the machine, not of the file: the system names the call that failed. */
export function isMachine(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}

const ZIP = Buffer.from([0x50, 0x4b]);
/** The compound file of old Office programs, which holds a workbook of the old form or an encrypted one. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** So much of a file tells whether it is text. */
const HEAD = 4096;

/** Refuses a file that is no archive, and so no workbook, by what it is. */
export async function refuseOthers({ name, path }: ExportFile): Promise<void> {
  const head = firstBytes(path, HEAD);
  if (head.length === 0) throw empty(name);
  if (head.subarray(0, 2).equals(ZIP)) return;
  if (head.subarray(0, COMPOUND.length).equals(COMPOUND)) throw await oldOrEncrypted(name, path);
  const text = head.toString('latin1');
  if (text.includes('urn:schemas-microsoft-com:office:spreadsheet'))
    throw unusable(name, say('is an XML spreadsheet of 2003 under the name of a workbook'), SAVE);
  const found = formatOf(head) ?? (isText(head) ? say('text') : undefined);
  const what =
    found === undefined
      ? say('is no workbook, although its name says so')
      : say('is {found} under the name of a workbook', { found });
  throw unusable(name, what, say('Save it as .xlsx, or give it its right ending (.csv, .parquet).'));
}

const SAVE = say('Open it in a spreadsheet program and save it as .xlsx.');

/** Names of streams in a compound file are UTF-16. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const OLD = [Buffer.from('Workbook\0', 'utf16le'), Buffer.from('Book\0', 'utf16le')];

async function oldOrEncrypted(name: string, path: string): Promise<Error> {
  const { encrypted, old } = await streamsIn(path);
  if (encrypted)
    return unusable(
      name,
      say('is a workbook that is protected by a password'),
      say('Open it, remove the password (File, Info, Protect Workbook) and save it again.'),
    );
  const what = old
    ? say('is a workbook of the old binary form (.xls)')
    : say('is an old .xls, or protected by a password');
  return unusable(name, say('{what} under the name of a workbook (.xlsx)', { what }), SAVE);
}

async function streamsIn(path: string): Promise<{ encrypted: boolean; old: boolean }> {
  const found = { encrypted: false, old: false };
  let before = Buffer.alloc(0);
  for await (const piece of pieces(path)) {
    const both = Buffer.concat([before, piece]);
    found.encrypted ||= both.includes(ENCRYPTED);
    found.old ||= OLD.some((stream) => both.includes(stream));
    before = Buffer.from(both.subarray(-ENCRYPTED.length));
  }
  return found;
}

/** A last character that the end of the bytes cuts makes no other thing of a text. */
function isText(head: Buffer): boolean {
  if (head.includes(0)) return false;
  return [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut))) || head.includes(0x0a);
}
