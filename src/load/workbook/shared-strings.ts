import { closeSync, openSync, readSync } from 'node:fs';
import { PieceWriter } from '../../disk/writing.js';
import type { Archive } from './archive.js';
import { TextOf } from './texts.js';
import { readXml, SPREADSHEET } from './xml.js';

/** Strings that are written and read together. */
const BLOCK = 64;
/** Characters that are held at once: enough for the words of any column, and for ids that are asked for in turn. */
const MOST_HELD = 1 << 23;

/**
 * The texts that cells refer to by number. A workbook has as many as it has ids, so they lie in a file of the scratch
 * folder, and those that were asked for last are held.
 */
export class SharedStrings {
  readonly #path: string;
  /** Where each block begins, and where the last ends. */
  readonly #offsets: number[] = [0];
  readonly #held = new Map<number, { texts: string[]; size: number }>();
  #size = 0;
  #handle: number | undefined;
  count = 0;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Copies the strings of a workbook to `path`; one without the part has none. */
  static async copied(archive: Archive, part: string | undefined, path: string): Promise<SharedStrings> {
    const strings = new SharedStrings(path);
    if (part === undefined) return strings;
    const copy = new PieceWriter(path);
    try {
      await strings.#copy(archive, part, copy);
    } finally {
      copy.close();
    }
    return strings;
  }

  async #copy(archive: Archive, part: string, copy: PieceWriter): Promise<void> {
    const text = new TextOf();
    let block: string[] = [];
    const end = (): void => {
      const bytes = Buffer.from(JSON.stringify(block));
      copy.write(bytes);
      this.#offsets.push((this.#offsets.at(-1) as number) + bytes.length);
      block = [];
    };
    await readXml(
      archive,
      part,
      { name: 'sst', spaces: SPREADSHEET },
      {
        open: (name) => (name === 'si' ? text.begin() : text.open(name)),
        text: (more) => text.add(more),
        close: (name) => {
          text.close(name);
          if (name !== 'si') return;
          block.push(text.end());
          this.count += 1;
          if (block.length === BLOCK) end();
        },
      },
    );
    if (block.length > 0) end();
  }

  /** The text of a number from 0; undefined where there is none. */
  text(index: number): string | undefined {
    const block = Math.floor(index / BLOCK);
    return (this.#held.get(block)?.texts ?? this.#read(block))[index % BLOCK];
  }

  #read(block: number): string[] {
    const [from, to] = [this.#offsets[block], this.#offsets[block + 1]];
    if (from === undefined || to === undefined) return [];
    this.#handle ??= openSync(this.#path, 'r');
    const bytes = Buffer.allocUnsafe(to - from);
    readSync(this.#handle, bytes, 0, bytes.length, from);
    const texts = JSON.parse(bytes.toString()) as string[];
    this.#held.set(block, { texts, size: bytes.length });
    this.#size += bytes.length;
    this.#letGo();
    return texts;
  }

  /** The oldest blocks go; what is still asked for comes back. */
  #letGo(): void {
    for (const [block, { size }] of this.#held) {
      if (this.#size <= MOST_HELD || this.#held.size === 1) return;
      this.#held.delete(block);
      this.#size -= size;
    }
  }

  /** Holds nothing any more; what is asked for afterwards is read again. */
  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
    this.#held.clear();
    this.#size = 0;
  }
}
