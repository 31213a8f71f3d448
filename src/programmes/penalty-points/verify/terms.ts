import type { Differences } from '../../../verify/differences.js';
import type { Terms, Threshold } from './judged.js';

/** The policy as it is written; undefined, and a difference, where it says something else. */
export function termsOf(policy: unknown, asOf: string, differences: Differences): Terms | undefined {
  const { period, points, severe, viewers } = policy as Record<string, Record<string, unknown> | undefined>;
  const cleared = points?.cleared_on as Record<string, unknown> | undefined;
  const thresholds = points?.thresholds;
  const sound =
    typeof period?.from === 'string' &&
    [cleared?.month, cleared?.day, viewers?.violations].every(Number.isInteger) &&
    Array.isArray(thresholds) &&
    thresholds.every(isThreshold) &&
    ['expel', 'none'].includes(`${severe?.measure}`) &&
    typeof viewers?.severe_closes === 'boolean';
  if (!sound) {
    differences.add('policy.yaml', '', '', JSON.stringify({ period, points, severe, viewers }), 'the terms of points');
    return undefined;
  }
  const two = (value: unknown): string => String(value).padStart(2, '0');
  return {
    from: period?.from as string,
    to: asOf,
    clearedOn: `${two(cleared?.month)}-${two(cleared?.day)}`,
    thresholds: thresholds.map(({ points: own, measure, days, level }) => ({
      ...{ points: own, measure },
      ...{ days, level: level ?? '' },
    })),
    severeExpels: severe?.measure === 'expel',
    viewerViolations: viewers?.violations as number,
    severeCloses: viewers?.severe_closes as boolean,
  };
}

function isThreshold(value: unknown): value is Threshold {
  const { points, measure, days } = (value ?? {}) as Record<string, unknown>;
  if (!Number.isInteger(points) || typeof measure !== 'string') return false;
  return measure === 'expel' ? days === undefined : Number.isInteger(days);
}
