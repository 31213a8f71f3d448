import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The digest of everything that decides about figures, by which two programs of one version are told apart. It is part of
 * every run's id. What counts are the sources: the same ones give the same digest from a checkout and from a package, on
 * every system and by every Node. The code's part is taken when the program is put together (rolldown.config.ts), for a
 * package holds no sources; the SQL's part is that of the very files that the program reads.
 */

/** The folders of `src/` that decide about figures, or that don't, and why. A new folder must be named here. */
const ROOMS: Readonly<Record<string, { decides: boolean; why: string }>> = {
  close: { decides: true, why: 'which period is closed, and by which run' },
  compare: { decides: true, why: 'what adjustments and their causes are made of' },
  emit: { decides: true, why: 'how figures are written' },
  load: { decides: true, why: 'what a cell of an export means' },
  notices: { decides: true, why: 'notices.csv' },
  policy: { decides: true, why: 'what a policy means' },
  rules: { decides: true, why: 'the order of the SQL steps, and the audits' },
  yaml: { decides: true, why: 'what a policy says' },
  bin: { decides: false, why: 'flags: those that count are in the run id each for itself' },
  config: { decides: false, why: 'settings: those that count are in the run id each for itself' },
  explain: { decides: false, why: 'tells how a figure came about, by the rules' },
  place: { decides: false, why: 'notices that stand in no run folder' },
  verify: { decides: false, why: 'recomputes what stands there, and changes nothing of it' },
};

/** Of `src/commands`, the files by which a period is settled; the others print, ask and choose what is settled. */
const COMMANDS: ReadonlySet<string> = new Set([
  'known-at.ts', // which load counts
  'other-programme.ts', // whose days a policy may settle
  'pinned.ts', // through which agencies a closed period was paid
  'restate.ts', // adjustments.csv
  'run-options.ts', // E
  'settle-period.ts', // from the loaded warehouse to the run folder
]);

/** Files beside the folders of `src/` that don't decide: words of failures and for the terminal, what moves whole files, and this digest. */
const OTHERS: ReadonlySet<string> = new Set([
  ...[
    'build-digest.ts',
    'errors.ts',
    'metrics.ts',
    'plain-table.ts',
    'terminal.ts',
    'version.ts',
    'warehouse-failures.ts',
  ],
  ...['file-sizes.ts', 'warehouse-rewrite.ts'],
]);

/**
 * The packages that read policies and exports, count, and write. Their versions are those of the lock file. The database
 * is none of them: the manifest names it besides.
 */
export const LIBRARIES = ['csv-parse', 'csv-stringify', 'decimal.js', 'luxon', 'yaml', 'zod'] as const;

/** Whether a source file decides about figures; undefined where nobody has said so of its folder. */
export function decides(path: string): boolean | undefined {
  const [room = '', ...below] = path.split('/');
  if (below.length === 0) return !OTHERS.has(path);
  if (room === 'commands') return COMMANDS.has(below.join('/'));
  return ROOMS[room]?.decides;
}

/** The code's part: the deciding files of `src/` and the libraries, from the folder where `package-lock.json` lies. */
export function codeDigest(root: string): string {
  const sources = filesBelow(join(root, 'src')).filter((path) => {
    const counts = path.endsWith('.ts') && decides(path);
    if (counts === undefined) throw new Error(`src/${path}: say in src/build-digest.ts whether its folder decides`);
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
