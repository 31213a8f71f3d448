import { dirname, isAbsolute, join } from 'node:path';
import { say } from '../words/say.js';
import { readYaml } from '../yaml/document.js';
import { type Fault, type Finding, keyText } from '../yaml/faults.js';
import { faultyFile, readBytes, type What } from '../yaml/file.js';
import { nearest } from '../yaml/nearest.js';
import { faultsOf, syntaxFaults } from '../yaml/place-faults.js';
import { readText } from '../yaml/text.js';
import type { Setting, Settings } from './setting.js';
import { STRUCTURED, structuredIn } from './structured.js';
import { isCount, isRows, isSwitch } from './values.js';

/** How messages name what is read here. */
const FILE: What = { code: 'usage', a: say('a settings file'), file: say('the settings file'), example: 'settle.yaml' };

/** What a settings file says, by the names of the flags; all that is wrong with it is told by line and key. */
export async function readSettingsFile(file: string, known: readonly Setting[]): Promise<Settings> {
  const text = readText(await readBytes(file, FILE), FILE.a);
  if ('fault' in text) throw faultyFile(FILE.code, file, [text.fault]);
  const read = settingsIn(text.text, known);
  if ('faults' in read) throw faultyFile(FILE.code, file, read.faults);
  const flags = known.flatMap(({ key, flag, path }) => {
    if (!Object.hasOwn(read.said, key)) return [];
    const said = String(read.said[key]);
    const own = path && said !== ':memory:' && !isAbsolute(said);
    return [[flag, own ? join(dirname(file), said) : said]];
  });
  return { flags: Object.fromEntries(flags), ...structuredIn(read.said, dirname(file)) };
}

type Checked = { said: Record<string, unknown> } | { faults: Fault[] };

function settingsIn(text: string, known: readonly Setting[]): Checked {
  const saysNothing = text.split('\n').every((line) => /^\s*(#|$)/.test(line)); // comments alone are no fault
  if (saysNothing) return { said: {} };
  const read = readYaml(text, FILE.a);
  if (read.syntax.length > 0) return { faults: syntaxFaults(read) };
  // What is said of the writing of a value replaces what its form seems to be.
  const written = new Set(read.findings.map(({ path }) => keyText(path)));
  const later = findingsOf(read.value, known).filter(({ path }) => !written.has(keyText(path)));
  const faults = faultsOf([...read.findings, ...later], read);
  return faults.length > 0 ? { faults } : { said: read.value as Record<string, unknown> };
}

function findingsOf(value: unknown, known: readonly Setting[]): Finding[] {
  const keys = [...known.map(({ key }) => key), ...Object.keys(STRUCTURED)];
  const list = say('known settings: {keys}', { keys: keys.join(', ') });
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ path: [], expected: say('expected settings with their values; {list}', { list }) }];
  return Object.entries(value).flatMap(([key, said]): Finding[] => {
    if (Object.hasOwn(STRUCTURED, key)) return STRUCTURED[key]?.(said) ?? [];
    const setting = known.find((one) => one.key === key);
    if (setting === undefined) {
      const near = nearest(key, keys);
      const expected = near === undefined ? list : say('did you mean {near}? ({keys})', { near, keys: list });
      return [{ path: [key], unknownKey: true, expected }];
    }
    return isSound(setting, said) ? [] : [{ path: [key], expected: setting.right }];
  });
}

/** A text; a whole number, or a switch, where one is wanted, needs no quotes. */
function isSound({ sound }: Setting, said: unknown): boolean {
  if (typeof said === 'number') return (sound === isCount || sound === isRows) && sound(String(said));
  if (typeof said === 'boolean') return sound === isSwitch;
  return typeof said === 'string' && sound(said);
}
