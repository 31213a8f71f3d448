import type { z } from 'zod';
import { type Place, type Read, readYaml } from './document.js';
import { type Fault, type Finding, keyText, type Path } from './faults.js';
import { ONLY_DATED } from './leaves.js';
import { type PolicyShape, policyShape } from './schema.js';
import { sense } from './sense.js';

export type Checked = { shape: PolicyShape } | { faults: Fault[] };

/** A YAML text as a policy of sound shape and sense, or everything that is wrong with it. */
export function check(text: string): Checked {
  const read = readYaml(text);
  if (read.syntax.length > 0) {
    // The parser stumbles over one slip several times on a line; the first is the slip.
    const first = new Map<number, Fault>();
    for (const { offset, message } of read.syntax) {
      const fault = syntaxFault(read, offset, message);
      if (!first.has(fault.line)) first.set(fault.line, fault);
    }
    return { faults: [...first.values()] };
  }
  const parsed = policyShape.safeParse(read.value);
  // What is said of the writing of a value replaces what its shape seems to be.
  const written = new Set(read.findings.map(({ path }) => keyText(path)));
  const shapes = (parsed.error?.issues ?? []).flatMap((issue) => findingsOf(issue, [], read.places));
  const later = [...shapes, ...sense(read.value)].filter(({ path }) => !written.has(keyText(path)));
  const faults = new Map<string, Fault>();
  for (const finding of [...read.findings, ...later]) {
    const fault = faultOf(finding, read);
    faults.set(`${fault.line} ${fault.key} ${fault.message}`, fault);
  }
  return parsed.success && faults.size === 0 ? { shape: parsed.data } : { faults: [...faults.values()] };
}

function syntaxFault(read: Read, offset: number, message: string): Fault {
  const [found = '', expected = ''] = message.split('; ', 2);
  return { ...position(read, offset), key: '', found: found.replace(/^found /, ''), expected, message };
}

function position(read: Read, offset: number): { line: number; column: number } {
  const { line, col } = read.lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** Of a union, the faults of the choice whose kind of value (mapping, list, word) stands there; else its own words. */
function findingsOf(issue: z.core.$ZodIssue, base: Path, places: Map<string, Place>): Finding[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  if (issue.code === 'invalid_union') {
    const chosen = issue.errors.find((choice) => choice.some((inner) => !ofAnotherKind(inner)));
    if (chosen !== undefined) return chosen.flatMap((inner) => findingsOf(inner, path, places));
  }
  const misplaced = ofAnotherKind({ ...issue, path: [] }) && places.has(keyText([...path, 'dated']));
  const unknownKey = issue.code === 'custom' && issue.params?.unknownKey === true;
  return [{ path, expected: misplaced ? ONLY_DATED : issue.message, ...(unknownKey && { unknownKey }) }];
}

function ofAnotherKind(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function faultOf(finding: Finding, read: Read): Fault {
  const { path, expected } = finding;
  const key = keyText(path);
  const place = read.places.get(key);
  const at = position(read, finding.offset ?? (place ?? nearestPlace(path, read.places)).offset);
  const found = finding.found ?? place?.found ?? 'nothing';
  if (finding.unknownKey) return { ...at, key, found, expected, message: `unknown key; ${expected}` };
  if (place === undefined) return { ...at, key, found, expected, message: `the key is missing; ${expected}` };
  return { ...at, key, found, expected, message: `found ${found}; ${expected}` };
}

/** A missing key has no place of its own: the mapping that lacks it has. */
function nearestPlace(path: Path, places: Map<string, Place>): Place {
  for (let length = path.length - 1; length >= 0; length--) {
    const place = places.get(keyText(path.slice(0, length)));
    if (place !== undefined) return place;
  }
  return { offset: 0, found: '' };
}
