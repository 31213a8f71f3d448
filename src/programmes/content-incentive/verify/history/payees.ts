import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Differences } from '../../../../verify/differences.js';
import { sha256 } from '../../../../verify/folder.js';
import { fileRows } from '../../../../verify/reading/file-rows.js';
import { HEADERS } from '../columns.js';
import { MANIFEST } from '../folder/manifest.js';
import { CLOSE } from './closes.js';

/** Through whom a period's anchors were paid, from the folders of its closed revisions. */

const FILE = 'settlement.csv';
const [ANCHOR, AGENCY] = [2, 4];
const NAME = /^[^/\0.][^/\0]*$/;

/**
 * Of every anchor in a revision before the closed run in `root`: the agency that it has in the last of them that holds
 * it, blank where it was independent. A revision that can't be read, or isn't the one that the next says, is reported.
 */
export function earlierAgencies(root: string, differences: Differences): ReadonlyMap<string, string> {
  const agencies = new Map<string, string>();
  let place = root;
  try {
    for (let restated = restatedIn(root); restated !== undefined; restated = restatedIn(place)) {
      const { policy_id, run_id, sha256: held } = restated;
      if (![policy_id, run_id].every((name) => NAME.test(String(name)))) throw new Error(`${policy_id}/${run_id}`);
      place = join(place, '..', '..', String(policy_id), String(run_id));
      const close = readFileSync(join(place, CLOSE));
      const manifest = readFileSync(join(place, MANIFEST));
      differences.compare(MANIFEST, `the close of ${run_id}`, '', sha256(close), String(held));
      const sealed = String(JSON.parse(close.toString('utf8')).manifest_sha256);
      differences.compare(MANIFEST, `the manifest of ${run_id}`, '', sha256(manifest), sealed);
      const { outputs } = JSON.parse(manifest.toString('utf8'));
      const hash = outputs.find((output: Record<string, string>) => output.file === FILE)?.sha256;
      differences.compare(MANIFEST, `${FILE} of ${run_id}`, '', addAgencies(place, agencies), String(hash));
    }
  } catch (error) {
    differences.add(MANIFEST, 'restates', '', unread(error), 'closed revisions that can be read, down to the first');
  }
  return agencies;
}

/** Adds those that no later revision holds; gives the file's sha256. */
function addAgencies(root: string, agencies: Map<string, string>): string {
  const rows = fileRows(join(root, FILE), FILE, HEADERS[FILE], new Differences(0));
  for (let row = rows.next(); row !== undefined; row = rows.next()) {
    const [anchor = '', agency = ''] = [row[ANCHOR], row[AGENCY]];
    if (!agencies.has(anchor)) agencies.set(anchor, agency);
  }
  return rows.finish().sha256;
}

function restatedIn(root: string): Record<string, unknown> | undefined {
  return JSON.parse(readFileSync(join(root, MANIFEST), 'utf8')).restates;
}

/** Why a closed run can't be read; a file that is missing by its name, for the folder stands beside it. */
export function unread(error: unknown): string {
  const { code, path } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && path !== undefined ? `${basename(path)} is missing` : String(error);
}
