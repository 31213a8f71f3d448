import { type Amount, decimal, ZERO } from '../../../core/money.js';
import { BONUSES, type BonusName } from '../policy/parts.js';
import { rowsIn } from './rows.js';

/** What an anchor's month comes to. Amounts are exact. */
export interface AnchorMonth {
  nickname: string;
  /** Blank: none. */
  agency: string;
  /** Of its valid sessions: minutes; minutes × price; minutes × price × index, not rounded (C7). */
  dwell: Amount;
  priced: Amount;
  weighted: Amount;
  /** CNY of settlement.csv. */
  gross: Amount;
  withheld: Amount;
  bonuses: Record<BonusName, Amount>;
  forfeited: Amount;
  total: Amount;
}

/** Every anchor of a run's settlement.csv, by its id. */
export async function readMonth(dir: string): Promise<Map<string, AnchorMonth>> {
  const month = new Map<string, AnchorMonth>();
  for await (const row of rowsIn(dir, 'settlement.csv')) {
    const amount = (name: string): Amount => decimal(row[name] as string);
    month.set(row.anchor_id as string, {
      ...{ nickname: row.nickname ?? '', agency: row.agency_id ?? '', dwell: ZERO, priced: ZERO, weighted: ZERO },
      gross: amount('watch_time_gross'),
      withheld: amount('cap_withheld'),
      bonuses: Object.fromEntries(BONUSES.map(({ name }) => [name, amount(name)])) as AnchorMonth['bonuses'],
      forfeited: amount('forfeited'),
      total: amount('total'),
    });
  }
  await addSessions(dir, month);
  return month;
}

/** An anchor out of scope has sessions that are valid for nobody; all of them say N. */
async function addSessions(dir: string, month: ReadonlyMap<string, AnchorMonth>): Promise<void> {
  for await (const row of rowsIn(dir, 'sessions.csv')) {
    const anchor = month.get(row.anchor_id as string);
    if (row.valid !== 'Y' || anchor === undefined) continue;
    const dwell = decimal(row.rec_dwell_minutes as string);
    const priced = dwell.times(decimal(row.unit_price as string));
    anchor.dwell = anchor.dwell.plus(dwell);
    anchor.priced = anchor.priced.plus(priced);
    anchor.weighted = anchor.weighted.plus(priced.times(decimal(row.scarcity_index as string)));
  }
}
