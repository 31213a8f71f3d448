import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { SettleError } from '../../core/errors.js';
import { say } from '../../words/say.js';
import { unusable } from '../unusable.js';
import { damaged, isMachine } from './unusable-workbook.js';

/** What a workbook may unpack to, all its parts together (contract, "Workbooks"). */
const MOST_BYTES = 2 ** 31;
/** No program writes so many. */
const MOST_PARTS = 65_535;

/** The parts of a workbook, which is a ZIP archive of XML files. Names of parts are the same in any case of letters. */
export class Archive {
  /** Base name of the workbook. */
  readonly file: string;
  readonly #zip: ZipFile;
  readonly #parts = new Map<string, Entry>();

  private constructor(file: string, zip: ZipFile) {
    this.file = file;
    this.#zip = zip;
  }

  /** Reads the archive's directory. Close it when done. */
  static async open(file: string, path: string): Promise<Archive> {
    const zip = await orDamaged(file, () => openPromise(path, { autoClose: false, decodeStrings: false }));
    const archive = new Archive(file, zip);
    try {
      await orDamaged(file, () => archive.#readDirectory());
      return archive;
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  async #readDirectory(): Promise<void> {
    let bytes = 0;
    for await (const entry of this.#zip.eachEntry()) {
      const name = keyOf(entry.fileNameRaw.toString('utf8'));
      if (this.#parts.has(name)) throw damaged(this.file, say('it has the part {name} twice', { name }));
      this.#parts.set(name, entry);
      bytes += entry.uncompressedSize;
      if (bytes > MOST_BYTES || this.#parts.size > MOST_PARTS) throw tooLarge(this.file);
    }
  }

  has(part: string): boolean {
    return this.#parts.has(keyOf(part));
  }

  /** A part's bytes, piece by piece; whoever takes them to the end knows that not one of them has changed. */
  async *read(part: string): AsyncGenerator<Buffer> {
    const entry = this.#parts.get(keyOf(part));
    if (entry === undefined) throw damaged(this.file, say('its part {part} is missing', { part }));
    if (entry.isEncrypted())
      throw unusable(this.file, say('is protected by a password'), say('Pack or save it again without a password.'));
    let crc = 0;
    try {
      for await (const piece of await this.#zip.openReadStreamPromise(entry)) {
        crc = crc32(piece as Buffer, crc);
        yield piece as Buffer;
      }
    } catch (error) {
      throw asDamage(this.file, error, `${part}: `);
    }
    if (crc !== entry.crc32) throw damaged(this.file, say('{part}: its checksum is another', { part }));
  }

  close(): void {
    this.#zip.close();
  }
}

/** As parts are called in a workbook's relations; some programs write the other stroke, or one in front. */
function keyOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

async function orDamaged<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asDamage(file, error);
  }
}

function asDamage(file: string, error: unknown, part = ''): unknown {
  if (error instanceof SettleError || isMachine(error)) return error;
  return damaged(file, say('{part}{message}', { part, message: (error as Error).message }));
}

function tooLarge(file: string): Error {
  return unusable(
    file,
    say('unpacks to more than 2 GiB'),
    say('No export packs so well: look at what it holds. If it is meant so, divide it, or export it as CSV.'),
  );
}
