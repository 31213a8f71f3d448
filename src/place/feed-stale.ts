import { join } from 'node:path';
import type { BeijingDate } from '../core/beijing.js';
import type { Manifest } from '../emit/manifest.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import type { Notice } from '../notices/notice.js';
import { loadPolicy } from '../policy/load-policy.js';
import { kindsRead } from '../programmes/interface/kinds-read.js';
import type { Policy } from '../programmes/interface/policy.js';
import type { Programme } from '../programmes/interface/programme.js';
import { PROGRAMMES, programmeFor } from '../programmes/registry.js';
import type { Published } from '../runs/published.js';

/** Whose figures follow from what other programmes find, up to which day, and whether its last day is over. */
export interface Fed {
  policy: Policy;
  asOf: BeijingDate;
  isOver: boolean;
}

type Feeding = Programme & { feeds: NonNullable<Programme['feeds']> };

/** An export as it stands in the warehouse. */
interface Standing {
  file: string;
  kind: string;
  sha256: string;
  rows: number;
}

/** Why what a programme finds isn't known to those that it feeds. */
type Why = 'never' | 'later' | 'unfed';

/**
 * What programmes find isn't known to one that asks for it: they were never settled for its days, or not since newer exports
 * of theirs came, or what they found isn't loaded. A night settles and loads it; a run by hand does not.
 */
export async function feedsStale(
  warehouse: Warehouse,
  { policy, asOf, isOver }: Fed,
  runs: () => readonly Published[],
): Promise<Notice[]> {
  const reading = programmeFor(policy);
  const kinds = kindsRead(reading, ({ by }) => by(policy as never));
  const feeding = PROGRAMMES.filter(
    (each): each is Feeding => each.feeds !== undefined && kinds.includes(each.feeds.kind),
  );
  if (feeding.length === 0) return [];
  const standing = await standingFiles(warehouse);
  const notices: Notice[] = [];
  for (const programme of feeding) {
    const own = new Set(programme.kinds.filter((kind) => !reading.kinds.includes(kind)).map(({ name }) => name));
    const rows = standing.reduce((sum, file) => sum + (own.has(file.kind) ? file.rows : 0), 0);
    if (rows === 0) continue;
    const last = (await lastRuns(programme, runs())).filter(
      ({ period }) => period.from <= asOf && period.to >= policy.period.from,
    );
    if (last.length === 0) notices.push(noticeOf(policy, programme, programme.name, { why: 'never', rows }));
    for (const manifest of last) {
      const found = staleness(programme, manifest, standing, isOver ? asOf : manifest.as_of);
      if (found !== undefined) notices.push(noticeOf(policy, programme, manifest.policy.id, found));
    }
  }
  return notices;
}

async function standingFiles(warehouse: Warehouse): Promise<Standing[]> {
  const rows = await warehouse.rows(
    `SELECT file, kind, sha256, rows FROM export_file WHERE replaced_by_load IS NULL ORDER BY file_no`,
  );
  return rows.map(({ file, kind, sha256, rows: count }) => ({
    ...{ file: file as string, kind: kind as string, sha256: sha256 as string, rows: Number(count) },
  }));
}

/** The last run of each policy of a programme. */
async function lastRuns({ name, feeds }: Feeding, runs: readonly Published[]): Promise<Manifest[]> {
  const last = new Map<string, Published>();
  for (const run of runs)
    if (run.manifest.outputs.some(({ file }) => file === feeds.file)) last.set(run.manifest.policy.id, run);
  const found: Manifest[] = [];
  for (const { dir, manifest } of last.values())
    if ((await loadPolicy(join(dir, 'policy.yaml'))).policy.rules === name) found.push(manifest);
  return found;
}

/** What is newer than the run that feeds, in rows; or what it found and isn't loaded as it is. */
function staleness(
  { kinds, feeds }: Feeding,
  { policy, inputs, outputs, as_of, period }: Manifest,
  standing: readonly Standing[],
  asOf: BeijingDate,
): { why: Why; rows: number } | undefined {
  const known = new Set(inputs.map(({ file, sha256 }) => `${sha256} ${file}`));
  const names = new Set(kinds.map(({ name }) => name));
  const newer = standing.filter(({ file, kind, sha256 }) => names.has(kind) && !known.has(`${sha256} ${file}`));
  const ends = asOf < period.to ? asOf : period.to;
  if (newer.length > 0 || as_of < ends) return { why: 'later', rows: newer.reduce((sum, { rows }) => sum + rows, 0) };
  const fed = outputs.find(({ file }) => file === feeds.file);
  const loaded = standing.filter(({ kind }) => kind === feeds.kind.name);
  const isLoaded =
    fed === undefined || fed.rows === 0
      ? loaded.every(({ file, rows }) => file !== fedFile(feeds, policy.id) || rows === 0)
      : loaded.some(({ sha256 }) => sha256 === fed.sha256);
  return isLoaded ? undefined : { why: 'unfed', rows: fed?.rows ?? 0 };
}

/** The name under which what a policy's runs find is loaded. */
export function fedFile({ kind }: Pick<Feeding['feeds'], 'kind'>, id: string): string {
  return `${kind.name}-${id}.csv`;
}

function noticeOf(
  policy: Policy,
  { name, feeds }: Feeding,
  of: string,
  { why, rows }: { why: Why; rows: number },
): Notice {
  const seen: Record<Why, string> = {
    never: `the warehouse holds exports of ${name}, and no policy of it was settled for the days of ${policy.id}`,
    later: `exports came after ${of} was last settled, or it was settled to an earlier day`,
    unfed: `what ${of} found isn't loaded as it is now (${feeds.file} of its last run)`,
  };
  const file = why === 'never' ? `${feeds.kind.name}-<its policy's id>.csv` : fedFile(feeds, of);
  return {
    code: 'feed_stale',
    severity: 'attention',
    file: '',
    subject: `${policy.id};${of}`,
    count: rows,
    value: why,
    message: `${seen[why]}: ${policy.id} may pay who is not to be paid. Settle both with settle nightly; or by hand: settle run --policy with the policy of ${name}, copy ${feeds.file} of that run among the exports as ${file}, and run ${policy.id} again.`,
  };
}
