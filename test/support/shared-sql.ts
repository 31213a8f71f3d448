import { sqlFile, sqlFilesIn } from '../../src/program/sql-files.js';

/** SQL that every engine shares, and what must not stand in it (sql/README.md, "Several engines"). */

/** What stays in the SQL of the warehouse's own database, and why. Every other file below `sql/` is shared. */
export const STAYS: Readonly<Record<string, string>> = {
  dialects: 'what each engine says in its own way',
  warehouse: 'the tables of the warehouse itself, and how an older one becomes a newer one',
  quarantine: 'looks at faulty rows alone, for causes that only patterns find',
  notices: 'words for people, of what a load saw of files',
  'content-incentive/notices': 'words for people, of relations that are small by then',
  'content-incentive/place': 'words for people, of a run that is published',
  emit: 'lines of files',
  'content-incentive/emit': 'lines of files, and a column a part',
  since: 'compares loads of the warehouse, with set operations over stars',
  'content-incentive/since': 'compares loads of the warehouse, with set operations over stars',
  comparison: 'puts two settlements beside each other in one database',
  'content-incentive/comparison': 'puts two settlements beside each other in one database',
  records: 'lists of programmes that pay nobody are small, and are made in the warehouse',
  'digital-hosts': 'lists are small, and are made in the warehouse',
  'penalty-points': 'a list is small, and is made in the warehouse',
  'customer-stages': 'lists are small, and are made in the warehouse',
  publishing: 'lists are small, and are made in the warehouse',
  'tool-coupons': 'a list is small, and is made in the warehouse',
  payments: 'what is paid follows from run folders, wherever they were settled',
  'audits/no_binary_float.sql': "asks the database's own catalogue",
};

const stays = (path: string): boolean =>
  Object.keys(STAYS).some((place) => path === place || path.startsWith(`${place}/`));

/** All files of `sql/`, as paths relative to it. */
export const allSql = (): string[] => sqlFilesIn('.').map((path) => path.replace(/^\.\//, ''));
export const sharedSql = (): string[] => allSql().filter((path) => !stays(path));

/** The functions that a file of macros or functions defines, each with how many values it is given. */
export function definedIn(path: string): Map<string, number> {
  const found = sqlFile(path).matchAll(
    /^CREATE OR REPLACE TEMP(?:ORARY)? (?:MACRO|FUNCTION) (\w+)\((.*?)\) (?:AS|RETURNS)\b/gm,
  );
  const count = (list: string): number => (list === '' ? 0 : list.replace(/\([^)]*\)/g, '').split(',').length);
  return new Map([...found].map(([, name = '', list = '']) => [name, count(list)]));
}

interface Form {
  pattern: RegExp;
  /** What happens on another engine, or what says the same everywhere. */
  why: string;
  /** An example that is found by this form alone. */
  example: string;
}

/** Calls of the functions named, which are patterns with spaces between them. */
const calls = (names: string): RegExp => new RegExp(`(?<![.\\w])(${names.replaceAll(' ', '|')})\\s*\\(`, 'i');
const form = (pattern: RegExp, why: string, example: string): Form => ({ pattern, why, example });

const FORMS: readonly Form[] = [
  form(
    calls('arg_max arg_min max_by min_by any_value first last mode bool_and bool_or histogram'),
    'engines choose among equals, and name these, each in its own way',
    'arg_max(a, b)',
  ),
  form(
    /(?<!\bin_order\()\barray_agg\s*\(/i,
    'an array has another type and order on each engine: in_order(array_agg(x)) alone',
    'array_agg(x)',
  ),
  form(
    calls(
      'list list_\\w+ array_(?!agg\\b)\\w+ string_agg unnest explode flatten generate_series range map map_\\w+ struct_\\w+ row columns',
    ),
    "DuckDB's own lists, structs and stars",
    'list(x)',
  ),
  form(
    calls(
      'epoch\\w* date_diff datediff timestampdiff date_part date_trunc date_add strftime strptime to_\\w+ make_\\w+ current_\\w+ now duckdb_\\w+',
    ),
    'seconds_between, days_after and months_after',
    "datediff('second', a, b)",
  ),
  form(/\bINTERVAL\b/i, 'months_after', "a * INTERVAL '1' MONTH"),
  form(
    /\b(\w+_(on|at|from|to|date)|day|date)\s*[+-](?!-)/i,
    'a date and a number are added by days_after',
    's.effective_from + n',
  ),
  form(/[+-]\s*(\w+\.)?\w+_(days|months)\b/i, 'a date and a number are added by days_after', 'x + p.window_days'),
  form(calls('hash xxhash64 md5 sha1 sha256 crc32'), 'each engine hashes otherwise: key_hash', 'hash(x)'),
  form(
    calls(
      'printf format concat_ws regexp_\\w+ split_part contains starts_with suffix prefix strlen len left right translate chr ifnull nvl if try_cast try_\\w+',
    ),
    'texts are worded and taken apart in notices and emit',
    'concat_ws(a, b)',
  ),
  form(
    /\bAS\s+(VARCHAR|TEXT|STRING|CHAR)\b/i,
    "the text of a figure is each engine's own, and Spark has no VARCHAR without a length; a text needs no cast",
    'CAST(a AS VARCHAR)',
  ),
  form(
    /\b(QUALIFY|PIVOT|UNPIVOT|SUMMARIZE|ASOF|POSITIONAL|ILIKE|RLIKE|GLOB|USING SAMPLE|DISTINCT ON)\b/i,
    'a keyword of few engines',
    'QUALIFY a',
  ),
  form(
    /\b(EXCLUDE|EXCEPT|REPLACE)\s*\(/i,
    'a star that leaves out columns is EXCLUDE on DuckDB and EXCEPT on Spark: name the columns',
    'SELECT * EXCLUDE (a)',
  ),
  form(/\b(GROUP|ORDER) BY ALL\b/i, 'name what is grouped and ordered by', 'GROUP BY ALL'),
  form(/\bUNION\b(\s+ALL)?\s+BY NAME\b/i, 'name the columns', 'UNION ALL BY NAME'),
  form(/\b(SEMI|ANTI)\s+JOIN\b/i, 'EXISTS and NOT EXISTS', 'a ANTI JOIN b'),
  form(/\bFILTER\s*\(/i, 'a CASE within the aggregate', 'count(*) FILTER (a)'),
  form(/\bMATERIALIZED\b/i, 'what must be computed once is a step that writes a table', 'a AS MATERIALIZED (b)'),
  form(
    /\bOVER\s*\(\s*(?!PARTITION\b|ORDER\b|\))\w+/i,
    'a named window is not extended: Spark refuses it',
    'OVER (w ROWS b)',
  ),
  form(/\blambda\b/i, 'a function without a name', 'lambda x: x'),
  form(/^\s*FROM\b/i, 'SELECT comes first', 'FROM t'),
  form(/::|->|\*\*|\[(?!''\])|[{}]/, "marks of DuckDB's own; a key of a map alone stands in brackets", 'x::DATE'),
  form(/"/, 'Spark takes double quotes for a text', 'a AS "b"'),
];

/** SQL without its comments, and with every text emptied. */
export function bare(sql: string): string {
  return sql.replace(/--[^\n]*|'(?:[^']|'')*'/g, (found) => (found.startsWith('--') ? '' : "''"));
}

/** What in a statement another engine would not understand, or understand otherwise, and what says it everywhere. */
export function foreignForms(sql: string): string[] {
  const code = bare(sql);
  const own = [...OWN_MACROS()].filter((name) => calls(name).test(code));
  const marks = /'[^']*\\[^']*'/.test(sql.replace(/--[^\n]*/g, ''))
    ? ['a backslash in a text begins an escape on Spark']
    : [];
  const found = FORMS.filter(({ pattern }) => pattern.test(code)).map(
    ({ pattern, why }) => `${pattern.exec(code)?.[0]}: ${why}`,
  );
  return [...found, ...marks, ...own.map((name) => `${name}: a macro of sql/dialects/duckdb`)];
}

export const EXAMPLES: readonly string[] = FORMS.map(({ example }) => example);

let macros: Set<string> | undefined;

/** Macros that only DuckDB has. */
function OWN_MACROS(): Set<string> {
  const shared = definedIn('dialects/duckdb/portable.sql');
  macros ??= new Set(
    sqlFilesIn('dialects/duckdb')
      .flatMap((path) => [...definedIn(path).keys()])
      .filter((name) => !shared.has(name)),
  );
  return macros;
}
