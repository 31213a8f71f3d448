import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, REPOSITORY } from '../support/workspace.js';
import { codeIn, page, section } from './pages.js';

/** The rulebook has every clause that anything cites, and says where each stands. */

const PAGE = page('docs/rulebook.md');
const SQL = join(REPOSITORY, 'sql');

const headings = PAGE.tokens.flatMap((token) =>
  token.type === 'heading' && /^[CPDVKT]\d+ /.test(token.text) ? [token.text as string] : [],
);
const clauseOf = (heading: string): string => heading.split(' ')[0] as string;
const CLAUSES = headings.map(clauseOf);

/** Steps and notices with the clauses of their headers. */
const headers = filesIn(SQL)
  .filter((file) => file.endsWith('.sql'))
  .flatMap((file) => {
    const [first = ''] = readFileSync(join(SQL, file), 'utf8').split('\n');
    const [, what, name, clauses = ''] = /^-- (rule|notice): (\w+) +clause: (\S.*?) {2,}/.exec(first) ?? [];
    return what === undefined
      ? []
      : [{ file: `sql/${file}`, what, name: name as string, clauses: clauses.split(', ') }];
  });

test('has the clauses C1 to C16, in their order', () => {
  expect(CLAUSES.filter((clause) => clause.startsWith('C'))).toEqual(
    Array.from({ length: 16 }, (_, at) => `C${at + 1}`),
  );
});

test('has every clause that code, SQL, tests or the policy cite', () => {
  const cited = ['src', 'sql', 'data-samples', 'docs'].flatMap((folder) =>
    filesIn(join(REPOSITORY, folder))
      .filter((file) => /\.(ts|sql|md|ya?ml)$/.test(file))
      .flatMap((file) => readFileSync(join(REPOSITORY, folder, file), 'utf8').match(/\bC\d{1,2}\b/g) ?? []),
  );
  expect(cited.length).toBeGreaterThan(500);
  expect([...new Set(cited)].filter((clause) => !CLAUSES.includes(clause))).toEqual([]);
});

describe.each(headings)('%s', (heading) => {
  const clause = clauseOf(heading);
  const named = codeIn(section(PAGE, heading));

  test('names the SQL of every rule that serves it, and no other', () => {
    const own = headers.filter(({ file, what }) => what === 'rule' && file.startsWith('sql/content-incentive/'));
    const rules = own.filter(({ clauses }) => clauses.includes(clause));
    const said = named.filter((code) => code.startsWith('sql/content-incentive/'));
    expect(said.sort()).toEqual(rules.map(({ file }) => file).sort());
  });

  test('names every notice that serves it', () => {
    const notices = headers.filter(({ what, clauses }) => what === 'notice' && clauses.includes(clause));
    expect(notices.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
  });
});

test('every reason stands under the clause that the reference names', () => {
  for (const { reason, clauses } of reasons())
    for (const clause of clauses) {
      const heading = headings.find((each) => clauseOf(each) === clause) as string;
      const first = clauses[0] === clause;
      if (first) expect([reason, codeIn(section(PAGE, heading))]).toEqual([reason, expect.arrayContaining([reason])]);
    }
});

/** The reasons of the reference, each with its clauses. */
function reasons(): { reason: string; clauses: string[] }[] {
  const codes = page('docs/reference/codes.md');
  return ['Session reasons', 'Anchor reasons'].flatMap((heading) =>
    section(codes, heading)
      .filter((token) => token.type === 'table')
      .flatMap((table) => (table as { rows: { text: string }[][] }).rows)
      .map((row) => ({
        reason: /`([^`]+)`/.exec(row[0]?.text ?? '')?.[1] as string,
        clauses: row.flatMap(({ text }) => (/^[CPDVKT]\d+(, [CPDVKT]\d+)*$/.test(text) ? text.split(', ') : [])),
      })),
  );
}
