import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The digest of everything that decides about figures, by which two programs of one version are told apart. It is part of
 * every run's id. What counts are the sources: the same ones give the same digest from a checkout and from a package, on
 * every system and by every Node. The code's part is taken when the program is put together (rolldown.config.ts), for a
 * package holds no sources; the SQL's part is that of the very files that the program reads.
 */

/**
 * The folders and files of `src/` that decide about figures, or that don't, and why; the longest that names a file counts.
 * `programmes/*` is any programme's room.
 * A new folder must be named here.
 */
const ROOMS: Readonly<Record<string, { decides: boolean; why: string }>> = {
  book: { decides: false, why: 'shows what stands in a run folder' },
  bin: { decides: false, why: 'flags: those that count are in the run id each for itself' },
  close: { decides: true, why: 'which period is closed, and by which run' },
  commands: { decides: false, why: 'ask, choose what is settled, and print' },
  compare: { decides: true, why: 'what adjustments and their causes are made of' },
  context: { decides: false, why: 'where progress and messages go' },
  closing: { decides: false, why: 'what a close asks before, and how it is restored' },
  core: { decides: true, why: 'amounts, dates, names of programmes' },
  'core/errors.ts': { decides: false, why: 'words and exit codes' },
  disk: { decides: true, why: 'how files are read and written' },
  'disk/file-sizes.ts': { decides: false, why: 'sizes as they are told' },
  'disk/processes.ts': { decides: false, why: 'which processes are there' },
  'disk/new-file.ts': { decides: false, why: 'files that people ask for' },
  disputes: { decides: false, why: 'keeps what agencies say' },
  disputing: { decides: false, why: 'takes in and answers what agencies say' },
  emit: { decides: true, why: 'how figures are written' },
  'emit/unchanged.ts': { decides: false, why: 'refuses a folder that somebody changed' },
  engine: { decides: true, why: 'what the database is asked' },
  'engine/duckdb/failures.ts': { decides: false, why: 'words of failures' },
  'engine/duckdb/rewrite.ts': { decides: false, why: 'moves whole files' },
  'engine/spark/connect': { decides: false, why: 'carries statements to Spark, and small answers back' },
  exports: { decides: true, why: 'what a cell of an export may hold' },
  lake: { decides: true, why: 'which files count, in which order, and the rows that are brought in' },
  'lake/failures.ts': { decides: false, why: 'words of failures' },
  load: { decides: true, why: 'what a cell of an export means' },
  night: { decides: false, why: 'what is settled in which order, and what is told' },
  notices: { decides: true, why: 'notices.csv' },
  opened: { decides: false, why: 'shows and checks what stands in a packet' },
  packet: { decides: false, why: 'hands on what stands in a run folder' },
  page: { decides: false, why: 'shows what stands in a run folder' },
  payments: { decides: false, why: 'pays what is closed, and changes no run' },
  paying: { decides: false, why: 'makes, reviews and shows payments' },
  place: { decides: false, why: 'notices that stand in no run folder' },
  policy: { decides: true, why: 'what a policy means' },
  program: { decides: false, why: 'name, version and this digest' },
  'program/sql-files.ts': { decides: true, why: 'which SQL is read' },
  programmes: { decides: true, why: 'what policies and exports mean' },
  'programmes/*/book': { decides: false, why: 'shows what stands in a run folder' },
  'programmes/*/explain': { decides: false, why: 'tells how a figure came about, by the rules' },
  'programmes/content-incentive/in-browser.ts': { decides: false, why: 'puts together what a packet brings along' },
  'programmes/*/packet': { decides: false, why: 'hands on what stands in a run folder' },
  'programmes/*/pages': { decides: false, why: 'shows what stands in a run folder' },
  'programmes/*/summary': { decides: false, why: 'what is told of a settlement' },
  'programmes/*/words': { decides: false, why: 'what people are told' },
  'programmes/*/pictures': { decides: false, why: 'measures files into an export, which is an input like any other' },
  'programmes/*/shown': { decides: false, why: 'shows what stands in a run folder' },
  'programmes/*/verify': { decides: false, why: 'recomputes what stands there, and changes nothing of it' },
  rebuild: { decides: false, why: 'loads and settles again by the same rules' },
  report: { decides: false, why: 'text for people' },
  rules: { decides: true, why: 'the order of the SQL steps, and the audits' },
  runs: { decides: false, why: 'looks at what is published' },
  settings: { decides: false, why: 'settings: those that count are in the run id each for itself' },
  settle: { decides: true, why: 'from the loaded warehouse to the run folder' },
  shell: { decides: false, why: 'completes commands and describes them' },
  summary: { decides: false, why: 'what is told of a settlement' },
  text: { decides: false, why: 'what is printed' },
  verify: { decides: false, why: 'recomputes what stands there, and changes nothing of it' },
  warehouse: { decides: false, why: 'opens and closes the warehouse, or refuses it' },
  words: { decides: false, why: 'what people are told' },
  yaml: { decides: true, why: 'what a policy says' },
};

/**
 * The packages that read policies and exports, count, and write. Their versions are those of the lock file. The database
 * is none of them: the manifest names it besides.
 */
export const LIBRARIES = [
  'csv-parse',
  'csv-stringify',
  'decimal.js',
  'luxon',
  'saxes',
  'yaml',
  'yauzl',
  'zod',
] as const;

/** Whether a source file decides about figures; undefined where nobody has said so of its folder. */
export function decides(path: string): boolean | undefined {
  const parts = path.split('/');
  const names = parts.map((_, at) => parts.slice(0, at + 1).join('/')).reverse();
  const ofAny = (name: string): string => name.replace(/^programmes\/[^/]+\//, 'programmes/*/');
  const named = names.flatMap((name) => [name, ofAny(name)]).find((name) => name in ROOMS);
  return named === undefined ? undefined : ROOMS[named]?.decides;
}

/** The code's part: the deciding files of `src/` and the libraries, from the folder where `package-lock.json` lies. */
export function codeDigest(root: string): string {
  const sources = filesBelow(join(root, 'src')).filter((path) => {
    const counts = path.endsWith('.ts') && decides(path);
    if (counts === undefined)
      throw new Error(`src/${path}: say in src/program/build-digest.ts whether its folder decides`);
    return counts;
  });
  return digestOf([...linesOf(join(root, 'src'), sources), ...librariesIn(root)]);
}

/** The SQL's part, of the folder `sql/`: every statement, and neither what is written about it nor its cases. */
export function sqlDigest(folder: string): string {
  const files = filesBelow(folder).filter((path) => path.endsWith('.sql'));
  return digestOf(linesOf(folder, files));
}

/** Both parts together, as they stand in a manifest: 16 hexadecimal digits. */
export function buildOf(code: string, sql: string): string {
  return digestOf([`code ${code}`, `sql ${sql}`]).slice(0, 16);
}

function librariesIn(root: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return LIBRARIES.map((name) => `library ${packages[`node_modules/${name}`].version} ${name}`);
}

/** Paths with forward slashes, in byte order. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return paths.map((path) => path.replaceAll('\\', '/')).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** A file is the same with either line end: a checkout may have changed it. */
function linesOf(folder: string, paths: readonly string[]): string[] {
  return paths.map((path) => {
    const text = readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n');
    return `${sha256(text)} ${path}`;
  });
}

function digestOf(lines: readonly string[]): string {
  return sha256(`${lines.join('\n')}\n`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
