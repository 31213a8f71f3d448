import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { BeijingDate } from '../beijing.js';
import { SettleError } from '../errors.js';
import { check } from './check.js';
import { policyError } from './faults.js';
import { type Dated, PARTS, type PenaltyRule, type Policy } from './policy.js';
import type { PolicyShape } from './schema.js';
import { LARGEST, readText, tooLarge } from './text.js';

/** Bytes of a policy file → checked Policy. `file` is how messages name it; `sha256` is of the bytes as they are. */
export function readPolicy(bytes: Uint8Array, file: string): { policy: Policy; sha256: string } {
  const text = readText(bytes);
  if ('fault' in text) throw policyError(file, [text.fault]);
  const checked = check(text.text);
  if ('faults' in checked) throw policyError(file, checked.faults);
  return { policy: toPolicy(checked.shape), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A policy from the disk, with its bytes as they are, for the run folder's copy. */
export async function loadPolicy(file: string): Promise<{ policy: Policy; bytes: Buffer; sha256: string }> {
  const bytes = await bytesOf(file);
  return { ...readPolicy(bytes, file), bytes };
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    const about = await stat(file);
    // Looked at first: a pipe or a device could be waited on for ever, and a wrong file be of any size.
    if (!about.isFile()) {
      const what = about.isDirectory() ? 'a folder' : 'not a file that can be read whole';
      throw unreadable(file, `this is ${what}`, 'Name the policy file itself, e.g. policy.yaml.');
    }
    if (about.size > LARGEST) {
      const [found, expected] = tooLarge(about.size);
      throw policyError(file, [
        { line: 1, column: 1, key: '', found, expected, message: `found ${found}; ${expected}` },
      ]);
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof SettleError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    const [what, mend] = UNREADABLE[code] ?? [`the file can't be read (${code})`, 'Check the path and the disk.'];
    throw unreadable(file, what, mend, error);
  }
}

const UNREADABLE: Record<string, [what: string, mend: string]> = {
  ENOENT: ['there is no such file', 'Check the path of the policy file.'],
  ENOTDIR: ['there is no such file: a part of the path is no folder', 'Check the path of the policy file.'],
  EISDIR: ['this is a folder', 'Name the policy file itself, e.g. policy.yaml.'],
  EACCES: ['no permission to read the file', 'Ask its owner for permission to read it.'],
  EPERM: ['no permission to read the file', 'Ask its owner for permission to read it.'],
};

function unreadable(file: string, what: string, mend: string, cause?: unknown): SettleError {
  return new SettleError('policy', `${file}: ${what}`, { file, mend }, cause === undefined ? undefined : { cause });
}

/** The sound file as the settlement uses it: every value that may be dated is, and no remark is left. */
function toPolicy(shape: PolicyShape): Policy {
  const { period, scope, valid_session, watch_time, newcomer_bonus, attendance_bonus, disqualification } = shape;
  const first = period.from;
  return {
    id: shape.id,
    timezone: shape.timezone,
    currency: shape.currency,
    period: { from: first, to: period.to },
    scope: { account_kinds: scope.account_kinds, first_live_on_or_after: scope.first_live_on_or_after },
    valid_session: {
      min_minutes: datedFrom(first, valid_session.min_minutes),
      invalidating_penalties: datedFrom(first, valid_session.invalidating_penalties),
      replay_retention_months: datedFrom(first, valid_session.replay_retention_months),
    },
    valid_day: { min_minutes: datedFrom(first, shape.valid_day.min_minutes) },
    scarcity: { renewed_every_days: shape.scarcity.renewed_every_days },
    watch_time: {
      rates: datedFrom(first, watch_time.rates).map(({ from, value }) => ({ from, value: value.map(bare) })),
      daily_caps: datedFrom(first, watch_time.daily_caps).map(({ from, value }) => ({ from, value: value.map(bare) })),
    },
    newcomer_bonus: {
      window_days: newcomer_bonus.window_days,
      scarcity_index: bare(newcomer_bonus.scarcity_index),
      tiers: newcomer_bonus.tiers.map(bare),
    },
    attendance_bonus: {
      scarcity_index: bare(attendance_bonus.scarcity_index),
      low_level_share: bare(attendance_bonus.low_level_share),
      tiers: attendance_bonus.tiers.map(bare),
    },
    disqualification: {
      compliance_codes: disqualification.compliance_codes,
      penalties: disqualification.penalties.map(toRule),
    },
  };
}

/** Without the remarks that any mapping may carry. */
function bare<T extends { clause?: unknown; note?: unknown }>({
  clause,
  note,
  ...rest
}: T): Omit<T, 'clause' | 'note'> {
  return rest;
}

function datedFrom<T>(first: BeijingDate, value: T | { dated: { from: BeijingDate; value: T }[] }): Dated<T>[] {
  if (typeof value === 'object' && value !== null && 'dated' in value) {
    return value.dated.map((entry) => ({ from: entry.from, value: entry.value }));
  }
  return [{ from: first, value: value as T }];
}

function toRule(rule: PolicyShape['disqualification']['penalties'][number]): PenaltyRule {
  return {
    id: rule.id,
    kinds: rule.kinds,
    of: rule.of ?? 'anchor',
    at_least: rule.at_least,
    within_days: rule.within_days ?? null,
    forfeits: rule.forfeits === 'all' ? [...PARTS] : rule.forfeits,
  };
}
