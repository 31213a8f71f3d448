import { readable } from '../../core/money.js';
import type { RunResult } from '../../settle/run-result.js';
import { plainTable } from '../../text/plain-table.js';
import { inLanguage, joined, type Language } from '../../words/said.js';
import { say, tellIn } from '../../words/say.js';

/** What a programme that pays nobody tells of a run: what became of the rows that it read, and what it counts. */
export function judgedTable({ manifest, programme }: RunResult, language: Language): string {
  const { accounting, totals, inputs } = manifest;
  const count = (n: number | string | undefined): string => readable(String(n));
  const became = (
    [
      [say('outside the period'), accounting.outside_period],
      [say('quarantined'), accounting.quarantined],
      [say('collapsed'), accounting.collapsed],
      [say('superseded'), accounting.superseded],
    ] as const
  ).filter(([, rows]) => rows > 0);
  const list = joined(became.map(([what, rows]) => `${what.in(language)} ${count(rows)}`)).in(language);
  const tell = tellIn(language);
  const quarantined = inputs.reduce((sum, input) => sum + input.quarantined, 0);
  return plainTable(
    [
      [tell('Rows read'), count(accounting.rows_read), list],
      ...(programme.summary.counts ?? []).map(({ label, total }) => [
        inLanguage(label, language),
        count(totals[total]),
        '',
      ]),
      ...(quarantined === 0
        ? []
        : [[tell('Rows quarantined, all files'), count(quarantined), tell('see quarantine.csv')]]),
    ],
    [1],
  );
}
