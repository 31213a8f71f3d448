import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** The unit tests of one step, as an auditor reads them (sql/README.md, "Cases"). */

/** Decimals, dates and times are quoted texts, so that no figure is anything but its digits. */
export type Cell = string | number | boolean | null | readonly string[];
export type Given = Record<string, Record<string, Cell>[]>;

const cell = z.union([z.string(), z.int(), z.boolean(), z.null(), z.array(z.string())], {
  error:
    'a cell is a quoted text (decimals, dates and times too), a whole number, true, false, null or a list of texts',
});
const row = z.record(z.string(), cell);
const given = z.record(z.string(), z.array(row));

const oneCase = z.strictObject({
  name: z.string().regex(/^\S.*\s.*[.]$/, 'a name is a sentence, with its full stop'),
  clause: z.union([z.string(), z.array(z.string())]).transform((clause) => [clause].flat()),
  given: given.default({}),
  expect: z.array(row, { error: 'the rows that are written; where there are none, say []' }),
});

const caseFile = z.strictObject({
  defaults: z.record(z.string(), row).default({}),
  given: given.default({}),
  cases: z.array(oneCase).min(1),
});

export type CaseFile = z.output<typeof caseFile>;
export type Case = CaseFile['cases'][number];

export function readCases(text: string): CaseFile {
  return caseFile.parse(parse(text, { uniqueKeys: true }));
}

/** The tables of a case: its own, those of the whole file where it has none of that name, and the columns it leaves out. */
export function tablesOf(file: CaseFile, { given }: Case): Given {
  return Object.fromEntries(
    Object.entries({ ...file.given, ...given }).map(([table, rows]) => [
      table,
      rows.map((cells) => ({ ...file.defaults[table], ...cells })),
    ]),
  );
}

/** Where a step's cases are, from its path below sql/: beside the file. */
export function casePath(sqlPath: string): string {
  return sqlPath.replace(/\.sql$/, '.cases.yaml');
}

/** The cases of a step; undefined where it has no file of them. */
export function casesOf(sqlPath: string): CaseFile | undefined {
  const path = fileURLToPath(new URL(`../../../sql/${casePath(sqlPath)}`, import.meta.url));
  return existsSync(path) ? readCases(readFileSync(path, 'utf8')) : undefined;
}
