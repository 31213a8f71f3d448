import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type FoundClose, PAYMENTS } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import { byProgramme, programmeOf } from '../core/programme.js';
import { say } from '../words/say.js';
import { batchesOf, LOSSES, type PaidClose, paidClose, programmeDir, sha256Of } from './batch.js';
import type { Files } from './kept.js';

/**
 * What a warehouse can't know that was made again, or that is an older one and took closes in from the folder: closes that
 * no batch in the folder holds were never paid, or their batch is lost. Until a person has said which, nobody pays them.
 */
export interface Loss {
  programme: string;
  /** When the warehouse was made again, or took them in. Beijing. */
  found_at: string;
  /** How many batches of the programme the folder had. */
  batches: number;
  /** Those that none of them held. */
  closes: PaidClose[];
}

const TEXT = z.string();
const SHAPE = z.looseObject({
  found_at: TEXT,
  closes: z.array(z.looseObject({ close_no: z.int().min(1), sha256: TEXT })),
});
/** By its own hash: what was found at another time, and comes back from a backup, stands beside it. */
const FILE = /^[0-9a-f]{16}\.json$/;

/** The losses of a programme, in the order in which they were found. */
export function lossesOf(out: string, programme: string): Loss[] {
  const folder = join(programmeDir(out, programme), LOSSES);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => FILE.test(name))
    .sort()
    .map((name) => lossAt(join(folder, name)))
    .sort((a, b) => (a.found_at < b.found_at ? -1 : 1));
}

function lossAt(path: string): Loss {
  const value = parsed(readFileSync(path, 'utf8'));
  if (SHAPE.safeParse(value).success) return value as Loss;
  throw new SettleError('differs', say("{path} can't be read", { path }), {
    file: path,
    mend: say('Move {path} away and write it again from the warehouse: settle close --restore', { path }),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is noted of each programme with closes that no batch holds, and that no earlier note names: by path below the output folder. */
export function lossesFound(
  out: string,
  closes: readonly FoundClose[],
  found_at: string,
): { losses: Loss[]; files: Files } {
  const losses: Loss[] = [];
  const files: Files = new Map();
  for (const [programme, own] of byProgramme(closes, ({ close }) => programmeOf(close))) {
    const before = batchesOf(out, programme);
    const noted = lossesOf(out, programme);
    const known = [...before.map(({ batch }) => batch), ...noted].flatMap((each) => each.closes);
    const held = new Set(known.map(({ sha256 }) => sha256));
    const open = own.filter(({ sha256 }) => !held.has(sha256));
    if (open.length === 0) continue;
    const loss = { programme, found_at, batches: before.length, closes: open.map(paidClose) };
    losses.push(loss);
    const content = `${JSON.stringify(loss, null, 2)}\n`;
    files.set(`${PAYMENTS}/${programme}/${LOSSES}/${sha256Of(content).slice(0, 16)}.json`, content);
  }
  return { losses, files };
}

/** Of closes that are to be paid, those that a batch may have held that is lost, with when that was found. */
export function doubted(
  out: string,
  programme: string,
  closes: readonly FoundClose[],
): { close: FoundClose; found_at: string }[] {
  const losses = lossesOf(out, programme);
  return closes.flatMap((close) => {
    const loss = losses.find((each) => each.closes.some(({ sha256 }) => sha256 === close.sha256));
    return loss === undefined ? [] : [{ close, found_at: loss.found_at }];
  });
}
