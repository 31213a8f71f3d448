import { SettleError } from '../core/errors.js';
import { type ExportFile, exportNamed, mapped } from '../load/folder.js';
import type { Published } from '../runs/published.js';
import type { readingAsked } from '../settings/run-options.js';
import { joined, type Wording } from '../words/said.js';
import { say } from '../words/say.js';
import type { Contents, Found } from './contents.js';
import { type Entry, entryKey, loadedBetween, type Stand } from './standing-order.js';

/** A load that is done again. */
export interface Again {
  /** Beijing; undefined: now. */
  at: string | undefined;
  files: ExportFile[];
  /** The runs that were settled from just what stands after it; none of the last load, of files that no run knows. */
  runs: readonly Published[];
}

export interface RebuildPlan {
  loads: Again[];
  /**
   * Exports that aren't loaded: of the first folder what lies there under a new name and is a content that runs know, as a
   * copy that somebody kept; of further folders those whose content no run knows.
   */
  left: string[];
  /** Contents that open runs settled and that are gone, each replaced since. */
  gone: string[];
}

/**
 * What is loaded, and in which order, so that the files of every run stand again as it knew them. Refused where a content
 * is missing that a closed run was settled from, or that stood last and nothing has replaced since.
 */
export function rebuildPlan(
  stands: readonly Stand[],
  contents: Contents,
  isClosed: (run: Published) => boolean,
  choice: ReturnType<typeof readingAsked>,
): RebuildPlan {
  const isMissing = ({ sha256 }: Entry): boolean => !contents.paths.has(sha256);
  refuseMissing(
    stands.flatMap(({ entries, runs }) => {
      const closed = runs.filter(isClosed);
      return closed.length === 0 ? [] : entries.filter(isMissing).map((entry) => ({ entry, runs: closed }));
    }),
    say('that closed runs were settled from'),
    say('A closed run can only be settled from what it was closed with.'),
  );
  const loads = stands.map(({ entries, at, runs }, place): Again => {
    const files = loadedBetween(stands[place - 1]?.entries ?? [], entries) as Entry[];
    return {
      at,
      files: files.filter((entry) => !isMissing(entry)).map((entry) => asExport(entry, contents, choice)),
      runs,
    };
  });
  const last = stands.at(-1);
  const known = new Set(stands.flatMap(({ entries }) => entries.map(contentKey)));
  const contentsKnown = new Set(stands.flatMap(({ entries }) => entries.map(({ sha256 }) => sha256)));
  const [now = [], ...further] = contents.exports;
  const standing = new Map(last?.entries.map((entry) => [entry.file, entry]));
  // What a plain run would load of the folder.
  const unknown = now.filter(({ file, sha256 }) => standing.get(file.name)?.sha256 !== sha256);
  const isCopy = ({ file, sha256 }: Found): boolean => !standing.has(file.name) && contentsKnown.has(sha256);
  const fresh = unknown.filter((found) => !isCopy(found));
  const isNewer = ({ file, sha256 }: Found): boolean => !known.has(contentKey({ file: file.name, sha256 }));
  const lost = (last?.entries ?? []).filter(
    (entry) => isMissing(entry) && !fresh.some((found) => found.file.name === entry.file && isNewer(found)),
  );
  refuseMissing(
    lost.map((entry) => ({ entry, runs: last?.runs ?? [] })),
    say('that stood last, and nothing has replaced since'),
    say(
      'If the content is lost for good, move the folders of the runs that name it, which are not closed, out of the output folder.',
    ),
  );
  return {
    loads: [...loads, { at: undefined, files: fresh.map(({ file }) => asSaid(file, choice)), runs: [] }].filter(
      ({ files }) => files.length > 0,
    ),
    left: [
      ...unknown.filter(isCopy),
      ...further.flatMap((folder) => folder.filter(({ sha256 }) => !contentsKnown.has(sha256))),
    ].map(({ file }) => file.path),
    gone: [...new Set(stands.flatMap(({ entries }) => entries.filter(isMissing).map(({ file }) => file)))],
  };
}

function contentKey({ file, sha256 }: { file: string; sha256: string }): string {
  return `${sha256} ${file}`;
}

/** The content wherever it lies, under the name that it had, to be read as it was. */
function asExport(entry: Entry, { paths }: Contents, choice: ReturnType<typeof readingAsked>): ExportFile {
  const { file, sha256, reading } = entry;
  const found = exportNamed(file, paths.get(sha256) as string);
  if (found === undefined) throw new Error(`${entryKey(entry)} is no export`);
  const { columns = {}, words = {} } = reading ?? {};
  const asItWas = mapped(found, { [found.kind.name]: { columns, words } });
  const unknown = reading === undefined || (reading.encoding === undefined && reading.int96 === undefined);
  if (unknown) return { ...asItWas, choice };
  const encoding = reading.encoding === 'gb18030' || reading.doubtful !== undefined ? 'gb18030' : undefined;
  return { ...asItWas, choice: { encoding, int96: reading.int96 } };
}

/** A file that no run knows, to be read as a plain run would. */
function asSaid(file: ExportFile, choice: ReturnType<typeof readingAsked>): ExportFile {
  return { ...mapped(file, choice.mappings), choice };
}

const SHOWN = 10;

function refuseMissing(missing: { entry: Entry; runs: readonly Published[] }[], which: Wording, why: Wording): void {
  if (missing.length === 0) return;
  const files = new Map<string, { entry: Entry; runs: Set<string> }>();
  for (const { entry, runs } of missing) {
    const of = files.get(contentKey(entry)) ?? { entry, runs: new Set<string>() };
    for (const { manifest } of runs) of.runs.add(manifest.run_id);
    files.set(contentKey(entry), of);
  }
  const all = [...files.values()].map(({ entry: { file, sha256 }, runs }) => ({ file, sha256, runs: [...runs] }));
  const lines = all.slice(0, SHOWN).map(({ file, sha256, runs }) => `  ${file}, sha256 ${sha256}: ${runs.join(', ')}`);
  const more = all.length > SHOWN ? [say('  and {count} more; all with --json', { count: all.length - SHOWN })] : [];
  const count =
    all.length === 1 ? say('1 content is missing') : say('{count} contents are missing', { count: all.length });
  throw new SettleError(
    'differs',
    say('{count} {which}; nothing was made:\n{list}', { count, which, list: joined([...lines, ...more], '\n', '\n') }),
    {
      missing: all,
      mend: say(
        '{why} Give the folders where the files lie, under whatever names, with further --input, and rebuild again.',
        { why },
      ),
    },
  );
}
