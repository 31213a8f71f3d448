import { readable } from '../core/money.js';
import type { NightlyResult } from '../night/night.js';
import { countOpen } from '../night/told.js';
import { countOf } from '../text/count.js';
import { printableLine } from '../text/terminal.js';
import { joined, type Language } from '../words/said.js';
import { say, tellIn } from '../words/say.js';
import { attentionLines } from './attention-text.js';

type Tell = ReturnType<typeof tellIn>;

/** What came up tonight: notices, quarantined rows, withdrawn rows, and by how much an open period's total moved. */
export function newLines(night: NightlyResult, language: Language = 'en'): string[] {
  const tell = tellIn(language);
  const lines = [
    ...movedLines(night, tell),
    ...withdrawnLines(night, tell),
    ...faultLines(night, tell),
    ...noticeLines(night, language),
  ];
  return lines.length === 0 ? [] : [tell('New tonight:'), ...lines];
}

function movedLines({ periods }: NightlyResult, tell: Tell): string[] {
  return periods.flatMap(({ policy, moved, closed }) => {
    if (moved === null || closed !== null || /^0\.0+$/.test(moved)) return [];
    const by = moved.startsWith('-') ? readable(moved) : `+${readable(moved)}`;
    return [tell('  {policy}: the total moved by {by} CNY', { policy: printableLine(policy), by })];
  });
}

function withdrawnLines({ loaded }: NightlyResult, tell: Tell): string[] {
  return loaded
    .filter(({ withdrawn }) => withdrawn > 0)
    .map(({ file, withdrawn }) =>
      tell('  {file}: {rows} of the file it replaces withdrawn', {
        file: printableLine(file),
        rows: countOf(withdrawn, '{n} row', '{n} rows'),
      }),
    );
}

function faultLines({ periods }: NightlyResult, tell: Tell): string[] {
  const lines = periods.flatMap(({ faults }) =>
    faults
      .filter((fault) => fault.new > 0 && fault.open > 0)
      .map((fault) =>
        tell('  {file}: {rows} quarantined, {code}', {
          file: printableLine(fault.file),
          rows: countOf(fault.new, '{n} row', '{n} rows'),
          code: fault.code,
        }),
      ),
  );
  return [...new Set(lines)]; // a row whose end can't be read stands in every period
}

function noticeLines({ periods, place }: NightlyResult, language: Language): string[] {
  const found = [
    ...periods.flatMap(({ attention }) => attention),
    ...place.filter(({ severity }) => severity === 'attention'),
  ];
  return attentionLines(once(found.filter((notice) => notice.new && !notice.accepted)), language);
}

/** What earlier nights told and nobody has accepted yet, in a line, and how to accept all that is open. */
export function openLines({ periods, place }: NightlyResult, language: Language = 'en'): string[] {
  const tell = tellIn(language);
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
    old.length > 0 ? [countOf(old.length, '{n} notice', '{n} notices')] : [],
    rows > 0 ? [countOf(rows, '{n} quarantined row', '{n} quarantined rows')] : [],
  ].flat();
  const codes = [...new Set(old.map(({ code }) => code))];
  const named = codes.length === 0 ? '' : say(' ({codes})', { codes });
  return [
    ...(parts.length > 0
      ? [tell('Still open from earlier nights: {parts}{named}', { parts: joined(parts, ' and '), named })]
      : []),
    tell('Whatever is as it should be, accept:'),
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
