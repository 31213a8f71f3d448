import type { z } from 'zod';
import type { Policy } from '../programmes/interface/policy.js';
import type { Programme } from '../programmes/interface/programme.js';
import { PROGRAMMES } from '../programmes/registry.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { type Place, readYaml } from '../yaml/document.js';
import { type Fault, type Finding, keyText, type Path } from '../yaml/faults.js';
import { faultsOf, syntaxFaults } from '../yaml/place-faults.js';
import { saidBack } from '../yaml/worded.js';

export type Checked = { policy: Policy } | { faults: Fault[] };

/** A YAML text as a policy of sound shape and sense, or everything that is wrong with it. */
export function check(text: string): Checked {
  const read = readYaml(text, say('a policy'));
  if (read.syntax.length > 0) return { faults: syntaxFaults(read) };
  const { name, policy: reader } = programmeMeant(read.value);
  const parsed = reader.shape.safeParse(read.value);
  // What is said of the writing of a value replaces what its shape seems to be.
  const written = new Set(read.findings.map(({ path }) => keyText(path)));
  const findings = (issue: z.core.$ZodIssue): Finding[] => findingsOf(issue, [], { ...read, ...reader });
  const shapes = (parsed.error?.issues ?? []).flatMap(findings);
  const later = [...shapes, ...reader.sense(read.value)].filter(({ path }) => !written.has(keyText(path)));
  const faults = faultsOf([...read.findings, ...later], read);
  if (!parsed.success || faults.length > 0) return { faults };
  return { policy: { ...reader.policyOf(parsed.data as never), rules: name } };
}

/** The programme whose rules a policy's text names; the first where it names none, or can't be read. */
export function rulesNamed(text: string): Programme {
  return programmeMeant(readYaml(text, say('a policy')).value);
}

/** The programme whose rules the policy names; the first where it names none, or one that nobody knows. */
function programmeMeant(value: unknown): Programme {
  const named = typeof value === 'object' && value !== null && 'rules' in value ? value.rules : undefined;
  return PROGRAMMES.find(({ name }) => name === named) ?? (PROGRAMMES[0] as Programme);
}

/** What is asked of what was read: where each value stands, and what is said of one that is dated and can't be. */
interface About {
  places: Map<string, Place>;
  onlyDated: Wording;
}

/** Of a union, the faults of the choice whose kind of value (mapping, list, word) stands there; else its own words. */
function findingsOf(issue: z.core.$ZodIssue, base: Path, about: About): Finding[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  if (issue.code === 'invalid_union') {
    const chosen = issue.errors.find((choice) => choice.some((inner) => !ofAnotherKind(inner)));
    if (chosen !== undefined) return chosen.flatMap((inner) => findingsOf(inner, path, about));
  }
  const misplaced = ofAnotherKind({ ...issue, path: [] }) && about.places.has(keyText([...path, 'dated']));
  const unknownKey = issue.code === 'custom' && issue.params?.unknownKey === true;
  return [{ path, expected: misplaced ? about.onlyDated : saidBack(issue.message), ...(unknownKey && { unknownKey }) }];
}

function ofAnotherKind(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}
