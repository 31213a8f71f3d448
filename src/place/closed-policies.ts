import { type FoundClose, lastRevisions } from '../close/close-file.js';
import type { Notice } from '../notices/notice.js';

/** A file of the policies' folder, sound or not. */
export interface PolicyFile {
  file: string;
  /** Undefined where it can't be read. */
  sha256: string | undefined;
  /** What it calls itself; undefined where that can't be told. */
  id: string | undefined;
}

/** Closed periods whose policy is gone from the folder, or isn't the one that they were closed by, byte by byte. */
export function closedPolicies(closes: readonly FoundClose[], files: readonly PolicyFile[]): Notice[] {
  return lastRevisions(closes).flatMap(({ close: { policy, period } }) => {
    if (files.some(({ sha256 }) => sha256 === policy.sha256)) return [];
    const days = `${period.from} to ${period.to}`;
    const changed = files.find(({ id }) => id === policy.id);
    const message =
      changed === undefined
        ? `the policy ${policy.id}, by which ${days} was closed, is not in the folder of policies: what comes late for that period is not settled. Put its file back.`
        : `${changed.file} isn't the policy ${policy.id} by which ${days} was closed: what comes late for that period is settled by the changed file, and all its amounts with it. Put the file of the close back (policy.yaml of the closed run), unless the change is meant.`;
    return [noticeOf(changed === undefined ? 'policy_missing' : 'policy_changed', policy.id, message)];
  });
}

function noticeOf(code: string, subject: string, message: string): Notice {
  return { code, severity: 'attention', file: '', subject, count: null, value: '', message };
}
