import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { type Manifest, sha256 } from '../emit/manifest.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { readAccepted } from '../notices/accepted.js';
import type { Notice } from '../notices/notice.js';
import { openOf, type QuarantinedRow } from '../notices/open.js';
import { readPlaceNotices } from '../notices/place-notices.js';
import { noticesIn } from '../notices/read-notices.js';
import { attentionLines } from '../report/attention-text.js';
import { quarantinedRows } from '../runs/quarantined-rows.js';
import { notTransferred } from '../settle/closed/transferred.js';
import { joined, saidBy, type Wording } from '../words/said.js';
import { say } from '../words/say.js';

/** The run that is to be closed. */
interface Closing {
  out: string;
  runDir: string;
  manifest: Manifest;
  /** A folder of the command's own. */
  scratch: string;
}

/**
 * Nothing is closed while an attention notice, of the run or of the place, or a quarantined row is open. Gives the sha256
 * of quarantine.csv where it has rows: somebody has seen them, one by one or the file as a whole.
 */
export async function refuseUnaccepted(
  warehouse: Warehouse,
  closing: Closing,
  acceptedQuarantine: string | undefined,
): Promise<string | null> {
  const { out, runDir, manifest } = closing;
  const notices = noticesIn(runDir);
  if (notices === undefined) throw withoutNotices(runDir);
  const accepted = await readAccepted(warehouse, out);
  const place = await notTransferred(warehouse, closing, await readPlaceNotices(warehouse));
  const rows = await quarantinedRows(warehouse, runDir, manifest);
  const open = openOf({ notices, rows }, accepted);
  const openPlace = openOf({ notices: place, rows: [] }, accepted).notices;
  const quarantine = quarantineOf(runDir);
  if (acceptedQuarantine !== undefined) refuseOther(acceptedQuarantine, quarantine, rows.length, runDir);
  const openRows = acceptedQuarantine === undefined ? open.rows : [];
  if (open.notices.length + openPlace.length + openRows.length > 0)
    throw notAccepted({ runDir, manifest }, open.notices, openPlace, openRows, quarantine);
  return rows.length === 0 ? null : quarantine;
}

function withoutNotices(runDir: string): SettleError {
  return new SettleError(
    'differs',
    say("{runDir} has no notices.csv, so it isn't known what was told of it", { runDir }),
    {
      file: runDir,
      mend: say('Run the month again, and close that run.'),
    },
  );
}

/** The hash that was given must be of the file that is there. */
function refuseOther(given: string, found: string, rows: number, runDir: string): void {
  if (rows > 0 && given === found) return;
  throw new SettleError(
    'differs',
    rows === 0 ? say('no row is quarantined') : say('--accept-quarantine is of another file'),
    {
      file: join(runDir, 'quarantine.csv'),
      rows,
      mend:
        rows === 0
          ? say('Close without --accept-quarantine.')
          : say('Look at the file, then close with --accept-quarantine {found}', { found }),
    },
  );
}

function quarantineOf(runDir: string): string {
  try {
    return sha256(readFileSync(join(runDir, 'quarantine.csv')));
  } catch (error) {
    const mend = say('See settle verify {runDir}; then run the month again.', { runDir });
    throw new SettleError(
      'differs',
      say('{runDir} has no quarantine.csv', { runDir }),
      { file: runDir, mend },
      { cause: error },
    );
  }
}

function notAccepted(
  { runDir, manifest }: Pick<Closing, 'runDir' | 'manifest'>,
  notices: readonly Notice[],
  place: readonly Notice[],
  open: readonly QuarantinedRow[],
  quarantine: string,
): SettleError {
  const rows = new Set(open.map(({ file, line }) => `${line} ${file}`)).size;
  const told = notices.length + place.length;
  const parts = [...(told > 0 ? [toldIn(told)] : []), ...(rows > 0 ? [quarantinedIn(rows)] : [])];
  const list = saidBy((language) =>
    attentionLines([...notices, ...place], language)
      .map((line) => `\n${line}`)
      .join(''),
  );
  const values = { parts: joined(parts, ' and '), list };
  return new SettleError(
    'differs',
    told + rows === 1 ? say('{parts} is not accepted{list}', values) : say('{parts} are not accepted{list}', values),
    {
      file: rows > 0 ? join(runDir, 'quarantine.csv') : join(runDir, 'notices.csv'),
      rows,
      notices: [...notices, ...place],
      mend: fixOf(manifest.run_id, { notices, place, rows, quarantine }),
    },
  );
}

function fixOf(
  runId: string,
  {
    notices,
    place,
    rows,
    quarantine,
  }: { notices: readonly Notice[]; place: readonly Notice[]; rows: number; quarantine: string },
): Wording {
  const how = [
    ...(notices.length + rows > 0 ? [`settle accept ${runId} --by NAME --all`] : []),
    ...(place.length > 0 ? ['settle accept --place --by NAME --all'] : []),
  ];
  const whole = rows > 0 ? say(' Rows alone: close with --accept-quarantine {quarantine}.', { quarantine }) : '';
  return say('Fix the exports and run again; or, where all is as it should be, accept it: {how}.{whole}', {
    how,
    whole,
  });
}

function toldIn(count: number): Wording {
  return count === 1 ? say('1 notice') : say('{count} notices', { count: readable(String(count)) });
}

function quarantinedIn(rows: number): Wording {
  return rows === 1 ? say('1 quarantined row') : say('{rows} quarantined rows', { rows: readable(String(rows)) });
}
