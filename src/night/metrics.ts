import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { instantOf } from '../core/beijing.js';
import { EXIT } from '../core/errors.js';
import { removeLeft } from '../disk/scratch.js';
import { writeWhole } from '../disk/writing.js';
import { gaugeIn, type Metric, metricsText, type Sample } from '../text/prometheus.js';
import type { NightlyPeriod, NightlyResult } from './night.js';

/** What a night did; of one that ended before it could settle anything, its exit alone. */
export type MetricsOfNight = Pick<NightlyResult, 'exit'> &
  Partial<Pick<NightlyResult, 'periods' | 'place' | 'exports'>>;

const LAST_SUCCESS = 'settle_nightly_last_success_timestamp_seconds';

/**
 * Writes what the night did for Prometheus' textfile collector, whole or not at all. `now` in milliseconds since 1970. The
 * last success is taken over from the file where the night is none. Throws what keeps the file from being written.
 */
export function writeMetrics(path: string, night: MetricsOfNight, now: number, seconds: number): void {
  const before = existsSync(path) ? gaugeIn(readFileSync(path, 'utf8'), LAST_SUCCESS) : undefined;
  const drafts = new RegExp(`^\\.${basename(path).replace(/\W/g, '\\$&')}\\.new-(\\d+)$`);
  removeLeft(dirname(resolve(path)), drafts);
  writeWhole(path, metricsText(metricsOf(night, now, seconds, before)));
}

function metricsOf(
  { exit, periods = [], place, exports }: MetricsOfNight,
  now: number,
  seconds: number,
  before: string | undefined,
): Metric[] {
  const ended = String(now / 1000);
  const isDone = exit === EXIT.done || exit === EXIT.quarantined;
  const success = isDone ? ended : before !== undefined && /^\d+(\.\d+)?$/.test(before) ? before : '0';
  return [
    gauge('settle_nightly_last_run_timestamp_seconds', 'When the last night ended.', ended),
    gauge(LAST_SUCCESS, 'When the last night ended that had exit code 0 or 4; 0 if none did.', success),
    gauge('settle_nightly_duration_seconds', 'How long the last night took.', String(seconds)),
    gauge(
      'settle_nightly_exit_code',
      'Exit code of the last night; 4 means that something needs a person.',
      String(exit),
    ),
    ...ofPeriods(periods),
    {
      name: 'settle_nightly_place_notices',
      help: 'Notices of the place: exports, policies and closes.',
      samples: place === undefined ? [] : bySeverity(place),
    },
    {
      name: 'settle_exports_age_seconds',
      help: 'Time since a load last brought something new of the kind of export.',
      samples: Object.entries(exports?.last_new ?? {}).map(([kind, time]) => ({
        labels: { kind },
        value: String(Math.floor((now - instantOf(time)) / 1000)),
      })),
    },
  ];
}

/** Of each period that the night settled, as its manifest says it. */
function ofPeriods(periods: readonly NightlyPeriod[]): Metric[] {
  const each = (of: (period: NightlyPeriod) => string | number | null | undefined): Sample[] =>
    periods.flatMap((period) => {
      const value = of(period) ?? undefined;
      return value === undefined ? [] : [{ labels: labelsOf(period), value: String(value) }];
    });
  return [
    {
      name: 'settle_nightly_period_exit_code',
      help: 'Exit code of the period in the last night.',
      samples: each(({ exit }) => exit),
    },
    {
      name: 'settle_nightly_sessions',
      help: 'Sessions that the period was settled with.',
      samples: each(({ totals }) => totals?.sessions),
    },
    {
      name: 'settle_nightly_payable_cny',
      help: 'Total payable of the period, CNY.',
      samples: each(({ totals }) => totals?.total),
    },
    {
      name: 'settle_nightly_quarantined_rows',
      help: 'Rows of any file that the settlement of the period left out.',
      samples: each(({ quarantined }) => quarantined),
    },
    {
      name: 'settle_nightly_notices',
      help: 'Notices of the run of the period, accepted or not.',
      samples: periods.flatMap((period) =>
        Object.entries(period.notices ?? {}).map(([severity, count]) => ({
          labels: { ...labelsOf(period), severity },
          value: String(count),
        })),
      ),
    },
  ];
}

function labelsOf({ policy, period }: NightlyPeriod): Record<string, string> {
  return { policy, from: period.from, to: period.to };
}

function bySeverity(notices: readonly { severity: string }[]): Sample[] {
  return ['attention', 'info'].map((severity) => ({
    labels: { severity },
    value: String(notices.filter((notice) => notice.severity === severity).length),
  }));
}

function gauge(name: string, help: string, value: string): Metric {
  return { name, help, samples: [{ value }] };
}
