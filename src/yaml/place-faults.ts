import { say } from '../words/say.js';
import type { Place, Read } from './document.js';
import { type Fault, type Finding, faultSaid, keyText, misfit, type Path } from './faults.js';

/** What the parser complains of, a fault a line: it stumbles over one slip several times, and the first is the slip. */
export function syntaxFaults(read: Read): Fault[] {
  const first = new Map<number, Fault>();
  for (const { offset, message } of read.syntax) {
    const [found = '', expected = ''] = String(message).split('; ', 2);
    const fault = faultSaid({ ...position(read, offset), key: '' }, found.replace(/^found /, ''), expected, message);
    if (!first.has(fault.line)) first.set(fault.line, fault);
  }
  return [...first.values()];
}

/** Findings with their places, each told once. */
export function faultsOf(findings: readonly Finding[], read: Read): Fault[] {
  const faults = new Map<string, Fault>();
  for (const finding of findings) {
    const fault = faultOf(finding, read);
    faults.set(`${fault.line} ${fault.key} ${fault.message}`, fault);
  }
  return [...faults.values()];
}

function faultOf(finding: Finding, read: Read): Fault {
  const { path, expected } = finding;
  const key = keyText(path);
  const place = read.places.get(key);
  const at = position(read, finding.offset ?? (place ?? nearestPlace(path, read.places)).offset);
  const found = finding.found ?? place?.found ?? say('nothing');
  const here = { ...at, key };
  if (finding.unknownKey) return faultSaid(here, found, expected, say('unknown key; {expected}', { expected }));
  if (place === undefined) return faultSaid(here, found, expected, say('the key is missing; {expected}', { expected }));
  return misfit(here, found, expected);
}

/** A missing key has no place of its own: the mapping that lacks it has. */
function nearestPlace(path: Path, places: Map<string, Place>): Place {
  for (let length = path.length - 1; length >= 0; length--) {
    const place = places.get(keyText(path.slice(0, length)));
    if (place !== undefined) return place;
  }
  return { offset: 0, found: '' };
}

function position(read: Read, offset: number): { line: number; column: number } {
  const { line, col } = read.lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
