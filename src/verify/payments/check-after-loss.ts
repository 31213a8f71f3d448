import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Differences } from '../differences.js';
import { readFields } from './tables.js';

type Fields = Record<string, unknown>;

/** Closes that a lost batch may have held are in a batch by a person's word alone, and no others are. */
export function checkAfterLoss(programme: string, fields: Fields, differences: Differences): void {
  const own = listOf(fields.closes);
  const doubted = own.filter(({ sha256 }) => lost(programme, String(fields.made_at)).has(sha256));
  const said = fields.after_loss === undefined ? undefined : (Object(fields.after_loss) as Fields);
  const named = Array.isArray(said?.closes) ? said.closes.join() : '';
  differences.compare('batch.json', 'after_loss', 'closes', named, doubted.map(({ close_no }) => close_no).join());
  if (said !== undefined && String(said.reason ?? '').trim() === '')
    differences.add('batch.json', 'after_loss', 'reason', 'none', 'a reason');
}

/** What was found lost before a time, by the hashes of closes. */
function lost(programme: string, before: string): ReadonlySet<unknown> {
  const folder = join(programme, 'losses');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const found = names.map((name) => readFields(join(folder, name))?.fields ?? {});
  return new Set(
    found
      .filter(({ found_at }) => String(found_at) <= before)
      .flatMap(({ closes }) => listOf(closes).map(({ sha256 }) => sha256)),
  );
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map((each) => Object(each) as Fields) : [];
}
