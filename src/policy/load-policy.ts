import { createHash } from 'node:crypto';
import type { Policy } from '../programmes/interface/policy.js';
import { say } from '../words/say.js';
import { faultyFile, readBytes } from '../yaml/file.js';
import { readText } from '../yaml/text.js';
import { check } from './check.js';

/** How messages name what is read here. */
const POLICY = { code: 'policy', a: say('a policy'), file: say('the policy file'), example: 'policy.yaml' } as const;

/** Bytes of a policy file → checked Policy. `file` is how messages name it; `sha256` is of the bytes as they are. */
export function readPolicy(bytes: Uint8Array, file: string): { policy: Policy; sha256: string } {
  const text = readText(bytes, POLICY.a);
  if ('fault' in text) throw faultyFile(POLICY.code, file, [text.fault]);
  const checked = check(text.text);
  if ('faults' in checked) throw faultyFile(POLICY.code, file, checked.faults);
  return { policy: checked.policy, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A policy from the disk, with its bytes as they are, for the run folder's copy. */
export async function loadPolicy(file: string): Promise<{ policy: Policy; bytes: Buffer; sha256: string }> {
  const bytes = await readBytes(file, POLICY);
  return { ...readPolicy(bytes, file), bytes };
}
