import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { SettleError } from '../../core/errors.js';
import type { Wording } from '../../words/said.js';
import { say } from '../../words/say.js';
import { unusable } from '../unusable.js';
import type { Archive } from './archive.js';
import { damaged } from './unusable-workbook.js';

/** What a part is made of, as its reader is told of it: elements of its own namespace alone, by their local names. */
export interface Handler {
  open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text: (text: string) => void;
  close: (name: string) => void;
  /** Where it is, for whoever is told what is wrong there. */
  where?: () => string;
}

/** The root element of a part, and the namespaces that it may be of: ECMA-376's, and those of its strict form. */
export interface Root {
  name: string;
  spaces: readonly string[];
}

export const SPREADSHEET = [
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
];

/** So much text without the end of a tag is no workbook's: a cell holds at most 32,767 characters. */
const MOST_SILENT = 1 << 24;

/** Reads a part to its end. */
export async function readXml(archive: Archive, part: string, root: Root, handler: Handler): Promise<void> {
  const xml = new XmlPart(archive.file, part, root, handler);
  for await (const piece of archive.read(part)) xml.write(piece);
  xml.end();
}

/** A part that is read piece by piece. A document type declaration is refused, for entities could be anything. */
export class XmlPart {
  readonly #file: string;
  readonly #part: string;
  readonly #handler: Handler;
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  /** By the name as it is written: the local name, blank of another namespace. */
  readonly #names = new Map<string, string>();
  #prefixes: readonly string[] | undefined;
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #silent = 0;

  constructor(file: string, part: string, root: Root, handler: Handler) {
    this.#file = file;
    this.#part = part;
    this.#handler = handler;
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw this.#damaged(error.message);
    });
    parser.on('doctype', () => {
      throw unusable(
        file,
        say('{part} has a document type declaration (DTD)', { part }),
        say('No program needs one: save it again.'),
      );
    });
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(utf-?(8|16(le|be)?)|us-ascii)$/i.test(encoding))
        throw this.#damaged(say('it is written as {encoding}, which no workbook is', { encoding }));
    });
    parser.on('opentag', (tag) => {
      this.#silent = 0;
      this.#prefixes ??= this.#prefixesOf(tag, root);
      const name = this.#local(tag.name);
      if (name !== '') handler.open(name, tag.attributes);
    });
    parser.on('closetag', (tag) => {
      this.#silent = 0;
      const name = this.#local(tag.name);
      if (name !== '') handler.close(name);
    });
    parser.on('text', (text) => handler.text(text));
    parser.on('cdata', (text) => handler.text(text));
  }

  write(piece: Buffer): void {
    this.#decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
    this.#parse(this.#decode(piece));
  }

  /** Tells of text that the end cuts. */
  end(): void {
    if (this.#decoder === undefined) throw this.#damaged(say('it is empty'));
    this.#parse(this.#decode(undefined));
    this.#parser.close();
  }

  #parse(text: string): void {
    this.#silent += text.length;
    this.#parser.write(text);
    if (this.#silent > MOST_SILENT) throw this.#damaged(say('it has a text of more than 16 million characters'));
  }

  #decode(piece: Buffer | undefined): string {
    try {
      return this.#decoder?.decode(piece, { stream: piece !== undefined }) ?? '';
    } catch {
      throw this.#damaged(say('it holds bytes that are no text'));
    }
  }

  #damaged(what: Wording): SettleError {
    return damaged(
      this.#file,
      say('{part}{where}: {what}', { part: this.#part, where: this.#handler.where?.() ?? '', what }),
    );
  }

  /** The prefixes of the part's own namespace; a blank one is the default. */
  #prefixesOf({ name, attributes }: SaxesTagPlain, root: Root): string[] {
    const found = Object.entries(attributes).flatMap(([key, value]) =>
      /^xmlns(:|$)/.test(key) && root.spaces.includes(value) ? [key === 'xmlns' ? '' : `${key.slice(6)}:`] : [],
    );
    if (found.some((prefix) => name === `${prefix}${root.name}`)) return found;
    throw this.#damaged(say('it is no {root} of a workbook, but {name}', { root: root.name, name }));
  }

  #local(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const at = name.indexOf(':') + 1;
    const local = this.#prefixes?.includes(name.slice(0, at)) === true ? name.slice(at) : '';
    this.#names.set(name, local);
    return local;
  }
}

/** By the mark in front: parts are UTF-8 or UTF-16. */
function encodingOf(piece: Buffer): string {
  if (piece[0] === 0xff && piece[1] === 0xfe) return 'utf-16le';
  return piece[0] === 0xfe && piece[1] === 0xff ? 'utf-16be' : 'utf-8';
}
