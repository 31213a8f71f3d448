import { readable } from '../core/money.js';
import type { NightlyResult } from '../night/night.js';
import { countOpen } from '../night/told.js';
import { printableLine } from '../text/terminal.js';
import { attentionLines } from './attention-text.js';

/** What came up tonight: notices, quarantined rows, withdrawn rows, and by how much an open period's total moved. */
export function newLines(night: NightlyResult): string[] {
  const lines = [...movedLines(night), ...withdrawnLines(night), ...faultLines(night), ...noticeLines(night)];
  return lines.length === 0 ? [] : ['New tonight:', ...lines];
}

function movedLines({ periods }: NightlyResult): string[] {
  return periods.flatMap(({ policy, moved, closed }) => {
    if (moved === null || closed !== null || /^0\.0+$/.test(moved)) return [];
    const by = moved.startsWith('-') ? readable(moved) : `+${readable(moved)}`;
    return [`  ${printableLine(policy)}: the total moved by ${by} CNY`];
  });
}

function withdrawnLines({ loaded }: NightlyResult): string[] {
  return loaded
    .filter(({ withdrawn }) => withdrawn > 0)
    .map(
      ({ file, withdrawn }) =>
        `  ${printableLine(file)}: ${counted(withdrawn, 'row')} of the file it replaces withdrawn`,
    );
}

function faultLines({ periods }: NightlyResult): string[] {
  const lines = periods.flatMap(({ faults }) =>
    faults
      .filter((fault) => fault.new > 0 && fault.open > 0)
      .map((fault) => `  ${printableLine(fault.file)}: ${counted(fault.new, 'row')} quarantined, ${fault.code}`),
  );
  return [...new Set(lines)]; // a row whose end can't be read stands in every period
}

function noticeLines({ periods, place }: NightlyResult): string[] {
  const found = [
    ...periods.flatMap(({ attention }) => attention),
    ...place.filter(({ severity }) => severity === 'attention'),
  ];
  return attentionLines(once(found.filter((notice) => notice.new && !notice.accepted)));
}

/** What earlier nights told and nobody has accepted yet, in a line, and how to accept all that is open. */
export function openLines({ periods, place }: NightlyResult): string[] {
  const runs = periods.filter((period) => countOpen(period) > 0);
  const openPlace = place.filter(({ severity, accepted }) => severity === 'attention' && !accepted);
  if (runs.length + openPlace.length === 0) return [];
  const old = once([...runs.flatMap(({ attention }) => attention), ...openPlace]).filter(
    (notice) => !notice.accepted && !notice.new,
  );
  const rows = runs
    .flatMap(({ faults }) => faults)
    .reduce((sum, fault) => sum + Math.max(0, fault.open - fault.new), 0);
  const parts = [
    old.length > 0 ? [counted(old.length, 'notice')] : [],
    rows > 0 ? [counted(rows, 'quarantined row')] : [],
  ].flat();
  const codes = [...new Set(old.map(({ code }) => code))].join(', ');
  return [
    ...(parts.length > 0
      ? [`Still open from earlier nights: ${parts.join(' and ')}${codes === '' ? '' : ` (${codes})`}`]
      : []),
    'Whatever is as it should be, accept:',
    ...runs.map(({ run_id }) => `  settle accept ${run_id} --by NAME --all`),
    ...(openPlace.length > 0 ? ['  settle accept --place --by NAME --all'] : []),
  ];
}

/** The same notice of several periods once: of a file it stands in each. */
function once<T extends { code: string; file: string; subject: string; value: string }>(notices: readonly T[]): T[] {
  return [
    ...new Map(
      notices.map((notice) => [JSON.stringify([notice.code, notice.file, notice.subject, notice.value]), notice]),
    ).values(),
  ];
}

function counted(number: number, thing: string): string {
  return `${readable(String(number))} ${number === 1 ? thing : `${thing}s`}`;
}
