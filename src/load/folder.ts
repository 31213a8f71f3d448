import { isUtf8 } from 'node:buffer';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SettleError } from '../core/errors.js';
import type { Int96 } from '../core/reading.js';
import type { Kind } from '../exports/column-types.js';
import { type Mappings, mappedKind } from '../exports/mapping.js';
import { KINDS } from '../programmes/registry.js';
import { say } from '../words/say.js';
import { unusable } from './unusable.js';

/** An export that lies in the input folder. */
export interface ExportFile {
  /** Base name; with the content's sha256 what the warehouse remembers it by. */
  name: string;
  path: string;
  kind: Kind;
  form: (typeof FORMS)[number];
  /** A folder of Parquet files that count as one, as Spark writes them. */
  parts?: true;
  /** How it is to be read, where that isn't as the other files of the load. */
  choice?: { encoding: 'gb18030' | undefined; int96: Int96 | undefined };
}

const FORMS = ['csv', 'csv.gz', 'parquet', 'xlsx'] as const;

/**
 * The exports of a folder in the order in which they are taken, and what else lies there and is left alone; `folders` of
 * Parquet files are exports where that is asked for.
 */
export function listExports(folder: string, folders = false): { exports: ExportFile[]; others: string[] } {
  const exports: (ExportFile & { stem: string })[] = [];
  const others: string[] = [];
  for (const bytes of namesIn(folder)) {
    const name = bytes.toString('utf8');
    const path = join(folder, name);
    const named = exportNamed(name, path);
    if (named !== undefined && !isUtf8(bytes)) throw misnamed(name);
    const found = named && typeOf(path);
    const parts = folders && named?.form === 'parquet' && found === 'folder';
    if (named === undefined || !(parts || found === 'file')) others.push(name);
    else exports.push({ ...named, ...(parts && { parts }), stem: name.slice(0, -named.form.length - 1) });
  }
  // Contract: "in the byte order of their names without the ending (then with it)", so that `-fix` comes after its original.
  exports.sort((a, b) => inByteOrder(a.stem, b.stem) || inByteOrder(a.name, b.name));
  return { exports, others: others.sort(inByteOrder) };
}

/** A file by its name: kind and form; undefined where such a name is none of an export. */
export function exportNamed(name: string, path: string): ExportFile | undefined {
  const form = FORMS.find((ending) => name.toLowerCase().endsWith(`.${ending}`));
  const kind = KINDS.find((candidate) => name.toLowerCase().startsWith(candidate.name));
  return form === undefined || kind === undefined ? undefined : { name, path, kind, form };
}

/** A file whose columns go by other names and words too. */
export function mapped(file: ExportFile, mappings: Mappings | undefined): ExportFile {
  return { ...file, kind: mappedKind(file.kind, mappings?.[file.kind.name]) };
}

/** Such a name could be written into no file, and be told of by nobody. */
function misnamed(name: string): SettleError {
  return unusable(
    name,
    say('its name is not UTF-8, as of an archive that was packed with Chinese names of another encoding'),
    say('Rename it, or unpack the archive again and say its encoding (unzip -O GBK).'),
  );
}

/** A link that leads nowhere, or in circles, is none. */
function typeOf(path: string): 'file' | 'folder' | undefined {
  try {
    const found = statSync(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined;
  } catch (error) {
    if (['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function namesIn(folder: string): Buffer[] {
  try {
    return readdirSync(folder, { encoding: 'buffer' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const what =
      code === 'ENOENT'
        ? say("doesn't exist")
        : code === 'ENOTDIR'
          ? say('is a file')
          : say("can't be read ({code})", { code: code ?? '' });
    throw new SettleError('usage', say('the input folder {folder} {what}', { folder, what }), {
      file: folder,
      mend: say('Give the folder that holds the exports with --input.'),
    });
  }
}

function inByteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
