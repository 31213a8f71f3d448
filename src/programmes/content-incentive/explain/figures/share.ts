import { decimal } from '../../../../core/money.js';
import { literal, type Row, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { type Datum, type Phrase, phrase, type Test } from '../model.js';
import type { Sentence } from '../words/words-en.js';
import { flag, text, wholeIn } from './cells.js';

/** C11: the share of low sessions among all long ones; null where the anchor has no settled day. */
export async function readShare(warehouse: Warehouse, anchorId: string): Promise<Test | null> {
  const [row] =
    await warehouse.rows(`SELECT s.share_sessions, s.low_level_sessions, coalesce(e.earned, 0) > 0 AS some_bonus,
      p.op, p.share, p.max_level, p.min_seconds, r.anchor_id IS NOT NULL AS forfeits
    FROM anchor_settlement AS s CROSS JOIN policy_low_level_share AS p
    LEFT JOIN anchor_part AS e ON e.anchor_id = s.anchor_id AND e.part = 'attendance_bonus'
    LEFT JOIN anchor_reason AS r ON r.anchor_id = s.anchor_id AND r.reason = 'low_level_share'
    WHERE s.anchor_id = ${literal(anchorId)} AND s.status <> 'out_of_scope'`);
  if (row === undefined) return null;
  const forfeits = flag(row, 'forfeits');
  const low = wholeIn(row, 'low_level_sessions');
  const all = { count: wholeIn(row, 'share_sessions'), of: 'session' } as const;
  return {
    clause: 'C11',
    test: 'low_level_share',
    value: phrase('low_of_all', { low: String(low), all }),
    threshold: phrase(LIMITS[text(row, 'op')] as Sentence, { share: percent(text(row, 'share')) }),
    holds: !forfeits,
    margin: marginOf(row, forfeits),
    change: forfeits ? changeOf(row) : null,
  };
}

/** What must be of the share, by the operator that forfeits. */
const LIMITS: Record<string, Sentence> = {
  '>': 'share_at_most',
  '>=': 'share_less',
  '<': 'share_at_least',
  '<=': 'share_more',
  '=': 'share_other',
};

function percent(share: string): Datum {
  return { percent: decimal(share).times(decimal('100')).toString() };
}

/** Whether a policy's share forfeits, by whole numbers: low × 10⁶ against millionths × all. */
function forfeiting(row: Row): (low: number, all: number) => boolean {
  const millionths = BigInt(decimal(text(row, 'share')).times(decimal('1000000')).toString());
  const compare: Record<string, (a: bigint, b: bigint) => boolean> = {
    '=': (a, b) => a === b,
    '>=': (a, b) => a >= b,
    '>': (a, b) => a > b,
    '<=': (a, b) => a <= b,
    '<': (a, b) => a < b,
  };
  const holds = compare[text(row, 'op')] as (a: bigint, b: bigint) => boolean;
  return (low, all) => all > 0 && holds(BigInt(low) * 1_000_000n, millionths * BigInt(all));
}

/** Further than this nobody is helped by a number of sessions. */
const FAR = 10_000;

/** The least number from 1 on that does it; undefined where none up to a limit does. */
function least(most: number, does: (number: number) => boolean): number | undefined {
  for (let number = 1; number <= most; number += 1) if (does(number)) return number;
  return undefined;
}

/** What the policy's share is of these sessions, exactly; and how far it is from being forfeited. */
function marginOf(row: Row, forfeits: boolean): Phrase {
  const [low, all] = [wholeIn(row, 'low_level_sessions'), wholeIn(row, 'share_sessions')];
  const share = text(row, 'share');
  const limit = decimal(share)
    .times(decimal(String(all)))
    .toString();
  const values = { share: percent(share), all: { count: all, of: 'session' }, limit } as const;
  const isForfeit = forfeiting(row);
  if (!flag(row, 'some_bonus')) return phrase(isForfeit(low, all) ? 'share_would_take' : 'share_takes_nothing', values);
  const room = forfeits ? undefined : least(FAR, (more) => isForfeit(low + more, all + more));
  if (room === undefined) return phrase('share_is', values);
  return phrase('share_room', { ...values, sessions: { count: room, of: 'more_low_session' } });
}

/** Low sessions of a higher level, or more sessions that aren't low. */
function changeOf(row: Row): Phrase {
  const [low, all] = [wholeIn(row, 'low_level_sessions'), wholeIn(row, 'share_sessions')];
  const isForfeit = forfeiting(row);
  const above = String(wholeIn(row, 'max_level') + 1);
  const raised = least(low, (number) => !isForfeit(low - number, all));
  const added = least(FAR, (number) => !isForfeit(low, all + number));
  if (raised === undefined) return phrase('share_otherwise');
  const sessions = { count: raised, of: 'low_session' } as const;
  if (added === undefined) return phrase('share_raised', { sessions, level: above });
  return phrase('share_change', { sessions, level: above, others: { count: added, of: 'more_session' } });
}
