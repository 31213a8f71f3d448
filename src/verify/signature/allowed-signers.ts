import { matchesList } from './patterns.js';
import { fingerprintOf } from './public-key.js';
import { BadForm, fromBase64, toBase64, WireReader } from './wire.js';

/** The file of ALLOWED SIGNERS of ssh-keygen(1): principals, options, kind of key, key. Read line by line, as ssh-keygen does. */

/** What is asked of a list of signers. */
export interface Signers {
  /** The file's text. */
  text: string;
  /** The principal that must have signed; undefined: any that the list has. */
  signer?: string | undefined;
  /** When the key must be good, in milliseconds since 1970. */
  at: number;
}

/** Whom the list says that a key is of; or why it doesn't allow it. */
export type Allowed = { signer: string } | { refused: string };

interface Options {
  isAuthority: boolean;
  namespaces?: string;
  after?: number;
  before?: number;
}

/** Whether a key may sign in a namespace. A line that can't be read allows nothing. */
export function allowedSigner(key: Uint8Array, namespace: string, signers: Signers): Allowed {
  let refused = `${fingerprintOf(key)}, which is not listed`;
  for (const [at, line] of signers.text.split(/\r?\n/).entries()) {
    const text = line.replace(/^[ \t]+/, '');
    if (text === '' || text.startsWith('#')) continue;
    try {
      const found = lineAllows(text, key, namespace, signers);
      if ('signer' in found) return found;
      if (found.refused !== '') refused = found.refused;
    } catch (error) {
      if (!(error instanceof BadForm)) throw error;
      refused = `line ${at + 1} of the list can't be read: ${error.message}`;
    }
  }
  return { refused };
}

function lineAllows(line: string, key: Uint8Array, namespace: string, { signer, at }: Signers): Allowed {
  const [principals, rest] = firstWord(line);
  if (rest === '') throw new BadForm('no key');
  if (signer !== undefined && !matchesList(signer, principals)) return { refused: '' };
  const { options, blob } = keyAndOptions(rest);
  if (toBase64(blob) !== toBase64(key)) return { refused: '' };
  const print = fingerprintOf(blob);
  if (options.isAuthority) return { refused: `${print}, listed as an authority: certificates are not supported` };
  if (options.namespaces !== undefined && !matchesList(namespace, options.namespaces))
    return { refused: `${print}, listed for other namespaces: ${options.namespaces}` };
  const seconds = Math.floor(at / 1000);
  if (options.after !== undefined && seconds < options.after) return { refused: `${print}, not valid yet` };
  if (options.before !== undefined && seconds > options.before) return { refused: `${print}, no longer valid` };
  return { signer: signer ?? principals };
}

/** Up to a space or tab; a word in quotes may hold them. */
function firstWord(line: string): [word: string, rest: string] {
  const found = /^(?:"([^"]*)"|([^ \t]+))[ \t]*(.*)$/.exec(line);
  if (found === null) throw new BadForm('a quote is never closed');
  const [, quoted, plain, rest = ''] = found;
  return [quoted ?? plain ?? '', rest];
}

function keyAndOptions(text: string): { options: Options; blob: Uint8Array } {
  const plain = keyIn(text);
  if (plain !== undefined) return { options: { isAuthority: false }, blob: plain };
  const end = endOfOptions(text);
  const blob = keyIn(text.slice(end).replace(/^[ \t]+/, ''));
  const options = optionsIn(text.slice(0, end));
  if (blob === undefined) throw new BadForm('no key that can be read');
  return { options, blob };
}

/** A key's kind and the key, which must name the same kind; what stands behind is a remark. */
function keyIn(text: string): Uint8Array | undefined {
  const [kind = '', base64 = ''] = text.split(/[ \t]+/);
  try {
    const blob = fromBase64(base64);
    return new WireReader(blob).text() === kind ? blob : undefined;
  } catch (error) {
    if (!(error instanceof BadForm)) throw error;
    return undefined;
  }
}

function endOfOptions(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (!isQuoted && (mark === ' ' || mark === '\t')) return at;
    if (mark === '\\' && text[at + 1] === '"') at += 1;
    else if (mark === '"') isQuoted = !isQuoted;
  }
  throw new BadForm(isQuoted ? 'a quote is never closed' : 'no key that can be read');
}

const OPTION = /^(?:(cert-authority)|(namespaces|valid-after|valid-before)="((?:\\"|[^"])*)")(,|$)/i;

function optionsIn(text: string): Options {
  const options: Options = { isAuthority: false };
  let rest = text;
  while (rest !== '') {
    const [whole, authority, named, value = '', comma] = OPTION.exec(rest) ?? [];
    if (whole === undefined) throw new BadForm(`the option ${rest.slice(0, 40)} isn't known`);
    if (comma === ',' && whole.length === rest.length) throw new BadForm('an option is missing behind a comma');
    if (authority !== undefined) options.isAuthority = true;
    else setOption(options, (named ?? '').toLowerCase(), value.replaceAll('\\"', '"'));
    rest = rest.slice(whole.length);
  }
  const { after, before } = options;
  if (after !== undefined && before !== undefined && before <= after)
    throw new BadForm('valid-before is not after valid-after');
  return options;
}

function setOption(options: Options, name: string, value: string): void {
  const field = ({ namespaces: 'namespaces', 'valid-after': 'after', 'valid-before': 'before' } as const)[name];
  if (field === undefined || options[field] !== undefined) throw new BadForm(`${name} stands twice`);
  if (field === 'namespaces') options.namespaces = value;
  else options[field] = timeOf(name, value);
}

/** `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, by the clock of this computer, or with `Z` in UTC. Seconds since 1970. */
function timeOf(name: string, value: string): number {
  const found = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z?)$/i.exec(value);
  if (found === null) throw new BadForm(`${name} is no time`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    throw new BadForm(`${name} is no time`);
  const at =
    found[7] === ''
      ? new Date(year, month - 1, day, hour, minute, second).getTime()
      : Date.UTC(year, month - 1, day, hour, minute, second);
  if (!(at > 0)) throw new BadForm(`${name} is no time`);
  return at / 1000;
}
