import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { closeIn } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import { headFile } from '../engine/duckdb/paths.js';
import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';
import { type Published, publishedBelow } from '../runs/published.js';
import { say } from '../words/say.js';

/** What a person can do about a warehouse that isn't the one that the runs were settled from. */
const RESTORE = say(
  'Restore the newest backup of the warehouse with its .head; or move what is left of it away and make it again from the exports: settle rebuild --input DIR.',
);

/**
 * Refuses to begin a new warehouse where there was one: its head, or a run that was closed, is there still. A warehouse in
 * memory remembers nothing, and is asked nothing. Of runs that aren't closed `refuseStrange` asks, once the exports are in.
 */
export function refuseLost(file: string, out: string): void {
  if (file === ':memory:' || existsSync(file)) return;
  // Closes are looked for first: whoever makes one has made the warehouse before.
  const run = publishedBelow(resolve(out)).find(({ dir }) => closeIn(dir).length > 0);
  const head = existsSync(headFile(file));
  if (run === undefined && !head) return;
  const left =
    run === undefined
      ? say('{head} is there', { head: headFile(file) })
      : say('a run that was settled from one is closed ({dir})', { dir: run.dir });
  const anew =
    run === undefined ? say('If a new one is meant, take {head} away.', { head: headFile(file) }) : OF_ITS_OWN;
  throw new SettleError(
    'differs',
    say('the warehouse {file} is missing, but {left}: a new one would know nothing of what was settled and paid', {
      file,
      left,
    }),
    { file, mend: say('{RESTORE} {anew}', { RESTORE, anew }) },
  );
}

const OF_ITS_OWN = say(
  'If a new one is meant, give it an --out of its own: the runs of one output folder belong to one warehouse.',
);

/**
 * Refuses a warehouse that is older than the runs beside it, or another: what is settled from it would lack what they had.
 * It is asked before anything is loaded; one that this command made, once the exports are in it and before they are kept.
 */
export async function refuseStrange(warehouse: Warehouse, out: string, when: 'before' | 'loaded'): Promise<void> {
  if (warehouse.file === ':memory:' || warehouse.created !== (when === 'loaded')) return;
  const [strange] = await strangeRuns(warehouse, out, !warehouse.created);
  if (strange === undefined) return;
  const { run, file, what } = strange;
  const details = { file: warehouse.file, run_id: run.manifest.run_id };
  if (warehouse.created) {
    throw new SettleError(
      'differs',
      say(
        "the warehouse {file} is missing, but there are runs that were settled from one, and the exports don't make it again: a new one {what} {export}, which {dir} was settled from",
        { file: warehouse.file, what: say(what), export: file, dir: run.dir },
      ),
      { ...details, mend: say('{RESTORE} {OF_ITS_OWN}', { RESTORE, OF_ITS_OWN }) },
    );
  }
  throw new SettleError(
    'differs',
    say(
      'the warehouse {file} is not the one that {dir} was settled from, or is older: it {what} {export}. What is settled and closed on it would lack what was settled before',
      { file: warehouse.file, dir: run.dir, what: say(what), export: file },
    ),
    {
      ...details,
      mend: say(
        "{RESTORE} If that run was settled from another warehouse on purpose and isn't closed, move its folder out of {out}.",
        { RESTORE, out },
      ),
    },
  );
}

/** A run that the warehouse doesn't know, and a file by which that shows. */
export interface StrangeRun {
  run: Published;
  file: string;
  what: "doesn't hold" | 'holds in another order';
}

/**
 * The published runs whose files the warehouse doesn't hold; of those that are closed, and of the last of each policy,
 * also those whose files it holds in another order. A file of which it holds a later content was replaced since, and its
 * earlier content may have been lost: where that is excused, it is no fault of an open run.
 */
export async function strangeRuns(warehouse: Warehouse, out: string, excused = true): Promise<StrangeRun[]> {
  const runs = publishedBelow(resolve(out));
  if (runs.length === 0) return [];
  const held = await warehouse.rows(`SELECT f.file_no, f.file, f.sha256, l.loaded_at
    FROM export_file AS f JOIN load AS l ON l.load_no = f.load_no ORDER BY f.file_no`);
  const files = new Held(held);
  return runs.flatMap((run, at): StrangeRun[] => {
    const isLast = runs[at + 1]?.manifest.policy.id !== run.manifest.policy.id;
    const isClosed = closeIn(run.dir).length > 0;
    const inputs = run.manifest.inputs.filter(
      (input) => isClosed || !excused || !files.isReplacedSince(input.file, input.sha256, run),
    );
    const missing = inputs.find(({ file, sha256 }) => files.placesOf(file, sha256).length === 0);
    if (missing !== undefined) return [{ run, file: missing.file, what: "doesn't hold" }];
    const astray = isLast || isClosed ? files.firstAstray(inputs) : undefined;
    return astray === undefined ? [] : [{ run, file: astray, what: 'holds in another order' }];
  });
}

/** The files that a warehouse has ever held. */
class Held {
  readonly #places = new Map<string, number[]>();
  readonly #loadedAt = new Map<string, string>();

  constructor(rows: readonly Row[]) {
    for (const { file_no, file, sha256, loaded_at } of rows as Record<string, string>[]) {
      const key = `${sha256} ${file}`;
      this.#places.set(key, [...(this.#places.get(key) ?? []), Number(file_no)]);
      this.#loadedAt.set(file as string, loaded_at as string); // the last one
    }
  }

  placesOf(file: string, sha256: string): readonly number[] {
    return this.#places.get(`${sha256} ${file}`) ?? [];
  }

  isReplacedSince(file: string, sha256: string, { manifest }: Published): boolean {
    const loadedAt = this.#loadedAt.get(file);
    return this.placesOf(file, sha256).length === 0 && loadedAt !== undefined && loadedAt > manifest.started_at;
  }

  /** The first file that isn't held behind those before it. */
  firstAstray(inputs: readonly { file: string; sha256: string }[]): string | undefined {
    let last = 0;
    for (const { file, sha256 } of inputs) {
      const place = this.placesOf(file, sha256).find((each) => each > last);
      if (place === undefined) return file;
      last = place;
    }
    return undefined;
  }
}
