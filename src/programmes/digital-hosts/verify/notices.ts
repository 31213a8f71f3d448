import { byteOrder } from '../../../verify/forms.js';
import { type Known, type Session, THINGS } from './judged.js';
import type { Terms } from './terms.js';

/** The kinds that the exports have words for. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  merchant: ['CGS', 'GGS'],
  live: ['reception', 'daily_marketing', 'campaign'],
};

/** What must be told, as `code subject count`, in the order of the file. */
export function dueNotices(sessions: readonly Session[], known: Known, terms: Terms): string[] {
  const unknown = (section: string, kindOf: (session: Session) => string): string[] => {
    const named = [...terms.named(section), ...(WORDS[section] ?? [])];
    const kinds = sessions.map(kindOf).filter((kind) => !named.includes(kind));
    return told(`${section}_kind_unknown`, kinds);
  };
  const suppliers = new Set(known.list.map(({ supplier }) => supplier));
  const unlisted = sessions.map(({ supplier }) => supplier).filter((each) => each !== '' && !suppliers.has(each));
  const used = new Set(
    sessions.flatMap(({ merchant, things }) => THINGS.map((part) => `${merchant} ${part} ${things[part] ?? ''}`)),
  );
  const unused = known.admissions.filter(({ merchant, part, thing, approved }) => {
    const day = approved.slice(0, 10);
    return day >= terms.from && day <= terms.to && !used.has(`${merchant} ${part} ${thing}`);
  });
  return [
    ...unused.map(({ id }) => `admission_unused ${id} `).sort(byteOrder),
    ...unknown('live', ({ liveKind }) => liveKind),
    ...unknown('merchant', ({ merchantKind }) => merchantKind),
    ...told('supplier_unknown', unlisted),
  ];
}

/** A text without what would end its line, as a notice's subject has it. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/^\ufeff+/, '');
}

function told(code: string, subjects: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const lines = [...counts].map(([subject, count]): [string, number] => [onOneLine(subject), count]);
  return lines.sort(([a], [b]) => byteOrder(a, b)).map(([subject, count]) => `${code} ${subject} ${count}`);
}
