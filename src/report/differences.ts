import Table from 'cli-table3';
import { PROGRAMMES } from '../programmes/registry.js';
import { countOf } from '../text/count.js';
import type { Difference } from '../verify/differences.js';
import { inLanguage, type Language, type Said } from '../words/said.js';
import { say, tellIn } from '../words/say.js';
import { DIFFERENCES_ZH } from '../words/zh/faults/differences.js';

/** So many differences a table shows. */
export const SHOWN = 50;

/** The first differences, as a table. */
export function differenceTable(differences: readonly Difference[], language: Language = 'en'): string {
  const tell = tellIn(language);
  const table = new Table({
    head: [tell('file'), tell('key'), tell('column'), tell('found'), tell('expected'), tell('clause')],
    style: { head: [], border: [] },
    wordWrap: true,
  });
  for (const { file, key, column, found, expected, clause } of differences.slice(0, SHOWN)) {
    const cells = [file, key, column, found, expected, clause ?? ''];
    table.push(cells.map((cell) => printable(cellIn(cell, language))));
  }
  return table.toString();
}

/** `3 differences` */
export function differencesIn(count: number): Said {
  return countOf(count, '{n} difference', '{n} differences');
}

/** A cell of a tampered file must not move the cursor. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}').slice(0, 120);
}

/**
 * What the second implementation says of a cell is a text, for it shares no words with the rest. Here those of its texts
 * that are words, and no value of a file, are said in another language.
 */

type Cell = keyof typeof DIFFERENCES_ZH;

const NAME = /\{(\w+)\}/g;

/** Those that hold a value: whole texts are looked up as they stand. */
const WITH_VALUES = [
  'a signature by {signer}',
  "line {line} of the list can't be read: {what}",
  'none by {key}, though it says so',
  '{key}, listed as an authority: certificates are not supported',
  '{key}, listed for other namespaces: {namespaces}',
  '{key}, no longer valid',
  '{key}, not valid yet',
  '{key}, which is not listed',
  'a count, at least {count}',
  'a code of the contract for {kind}',
  'a line, count {rows}',
  'a session of {whose}',
  'after {before}',
  'an export of {kind}',
  'at least {count}',
  'at most {most} characters',
  '{count} cells',
  'in {rows} rows',
  'in batch {a} and {b}',
  'line {line}',
  'row {row}',
  'close {close_no}',
  'the close of {run_id}',
  'the manifest of {run_id}',
  '{place}, a closed run that can be read',
] as const satisfies readonly Cell[];

/** Each as what its texts look like. */
const FORMS = WITH_VALUES.map((template) => {
  const parts = template.split(NAME);
  const names = parts.filter((_, at) => at % 2 === 1);
  const form = parts.map((part, at) => (at % 2 === 1 ? '(.+)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return { template, names, form: new RegExp(`^${form.join('')}$`, 's') };
});

/** A cell as it is read in a language; a value of a file stands as it is. */
function cellIn(cell: string, language: Language): string {
  if (language === 'en') return cell;
  if (Object.hasOwn(DIFFERENCES_ZH, cell)) return DIFFERENCES_ZH[cell as Cell];
  if (!/ /.test(cell)) return cell; // a code is no words: it stands in the file so
  const ofProgramme = PROGRAMMES.map(({ summary }) => summary.chinese(cell)).find((words) => words !== cell);
  if (ofProgramme !== undefined) return ofProgramme;
  for (const { template, names, form } of FORMS) {
    const found = form.exec(cell);
    if (found === null) continue;
    const values = Object.fromEntries(names.map((name, at) => [name, found[at + 1] as string]));
    return inLanguage(
      (say as (template: string, values: object) => ReturnType<typeof say>)(template, values),
      language,
    );
  }
  return cell;
}
