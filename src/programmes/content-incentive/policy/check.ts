import type { z } from 'zod';
import { ONLY_DATED } from '../../../policy/leaves.js';
import { type Place, readYaml } from '../../../yaml/document.js';
import { type Fault, type Finding, keyText, type Path } from '../../../yaml/faults.js';
import { faultsOf, syntaxFaults } from '../../../yaml/place-faults.js';
import { type PolicyShape, policyShape } from './schema.js';
import { sense } from './sense.js';

export type Checked = { shape: PolicyShape } | { faults: Fault[] };

/** A YAML text as a policy of sound shape and sense, or everything that is wrong with it. */
export function check(text: string): Checked {
  const read = readYaml(text, 'a policy');
  if (read.syntax.length > 0) return { faults: syntaxFaults(read) };
  const parsed = policyShape.safeParse(read.value);
  // What is said of the writing of a value replaces what its shape seems to be.
  const written = new Set(read.findings.map(({ path }) => keyText(path)));
  const shapes = (parsed.error?.issues ?? []).flatMap((issue) => findingsOf(issue, [], read.places));
  const later = [...shapes, ...sense(read.value)].filter(({ path }) => !written.has(keyText(path)));
  const faults = faultsOf([...read.findings, ...later], read);
  return parsed.success && faults.length === 0 ? { shape: parsed.data } : { faults };
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
