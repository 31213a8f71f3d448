import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sqlFile } from '../../src/program/sql-files.js';
import { seenIn } from '../../src/programmes/content-incentive/explain/figures/hints.js';
import { REPOSITORY } from '../support/workspace.js';

/** Whatever sql/quarantine may say of a fault's cause has words, in every place that tells of it. */

const words = (sql: string, pattern: RegExp): string[] => [...sql.matchAll(pattern)].map(([, word = '']) => word);
const HINTS = [
  ...words(sqlFile('dialects/duckdb/clues.sql'), /THEN '(\w+)'/g),
  ...words(sqlFile('quarantine/row_hint.sql'), /'(\w+_line)'/g),
  ...words(sqlFile('quarantine/fault_hint.sql'), /THEN '(\w+)'/g),
];

test('there are some', () => {
  expect(HINTS.length).toBeGreaterThan(15);
  expect(HINTS).toContain('other_order');
  expect(HINTS).toContain('characters');
  expect(HINTS).toContain('total_line');
});

describe.each(HINTS)('%s', (hint) => {
  test('is said in quarantine.csv', () => {
    const macro = /MACRO seen_words[\s\S]*?END;/.exec(sqlFile('dialects/duckdb/fault_words.sql'))?.[0] ?? '';
    expect(words(macro, /WHEN '(\w+)'/g)).toContain(hint);
  });

  test('is said by explain', () => {
    expect(seenIn({ hint, detail: 'x' })?.say).toBe(`seen_${hint}`);
  });

  test('has a case', () => {
    const cases = ['row_hint', 'fault_hint'].map((name) =>
      readFileSync(join(REPOSITORY, `sql/quarantine/${name}.cases.yaml`), 'utf8'),
    );
    expect(cases.join('\n')).toMatch(new RegExp(`hint: ${hint}\\b`));
  });
});

test('no words are for a cause that nothing gives', () => {
  const macros = [
    ...sqlFile('dialects/duckdb/fault_words.sql').matchAll(/MACRO (?:seen_words|fix_of_hint)[\s\S]*?END;/g),
  ];
  const said = macros.flatMap(([macro]) => words(macro, /^ {2}WHEN '(\w+)'/gm));
  expect(said.filter((word) => !HINTS.includes(word))).toEqual([]);
});
