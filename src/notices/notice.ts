import type { Severity } from '../programmes/interface/notices.js';

/** What was read and settled, but may not be what somebody meant (contract, "Notices"). It changes no figure. */
export interface Notice {
  code: string;
  severity: Severity;
  /** Base name of the file that it is about; blank where none is. */
  file: string;
  /** What else it is about; several parts are joined by `;`. */
  subject: string;
  /** Null where a count means nothing. */
  count: number | null;
  value: string;
  /** What was seen, what that does to the figures, and how to fix it. */
  message: string;
}

/** Money may be wrong, until somebody has accepted it; or good to know. */

/** A code whose severity settle.yaml lowers, and why. */
export interface Lowered {
  code: string;
  severity: Severity;
  reason: string;
}

/** What a run's manifest says that the settings lowered. */
export function loweredIn({
  severities = {},
}: {
  severities?: Record<string, { severity: string; reason: string }>;
}): Lowered[] {
  return Object.entries(severities).map(([code, { severity, reason }]) => ({
    code,
    severity: severity as Severity,
    reason,
  }));
}
