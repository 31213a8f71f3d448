import { literal, type Warehouse } from '../../../engine/duckdb/warehouse.js';
import type { About, Asked } from '../../interface/explainer.js';
import { readBonuses } from './figures/bonuses.js';
import { readDays } from './figures/days.js';
import { readLeftOut } from './figures/left-out.js';
import { unattributed } from './figures/quarantined.js';
import { bonusRules, type MayBeNamed, readAccounts, readRules, readTakes, undoing } from './figures/rules.js';
import { readScope } from './figures/scope.js';
import { readSessions } from './figures/sessions.js';
import { type Day, type Explanation, type Figures, phrase, type Session, type Test } from './model.js';

/** Everything about an anchor, from what the rules have written. */
export async function readExplanation(
  warehouse: Warehouse,
  about: About,
  { session: sessionId, forAgency }: Asked,
): Promise<Explanation> {
  const id = about.anchor_id;
  const sessions = await readSessions(warehouse, id);
  const bonuses = await readBonuses(warehouse, id);
  const accounts = await readAccounts(warehouse, id);
  const isShown: MayBeNamed = ({ anchor_id, agency_id }) =>
    forAgency === undefined || anchor_id === id || (forAgency !== '' && agency_id === forAgency);
  const share = bonuses[0]?.share ?? null;
  const takes = await readTakes(warehouse, id);
  const rules = [...(await readRules(warehouse, id, takes)), ...bonusRules(share, accounts, takes, isShown)];
  return {
    ...about,
    ...(await readScope(warehouse, id)),
    figures: await readFigures(warehouse, id),
    days: (await readDays(warehouse, id)).map((day) => withSession(day, sessions)),
    sessions: sessions.filter(({ settled }) => settled),
    bonuses,
    accounts: accounts.filter(isShown).map(({ agency_id: _agency, ...account }) => account),
    rules,
    change: undoing(rules),
    left_out: await readLeftOut(warehouse, id, sessions, sessionId),
    unsettled: sessions.filter(({ settled }) => !settled),
    unattributed: forAgency === undefined ? await unattributed(warehouse) : 0,
  };
}

/** A day without a valid session is turned by one of its sessions, where one thing alone is against that. */
function withSession(day: Day, sessions: readonly Session[]): Day {
  const needed = (test: Test): boolean => test.test === 'valid_seconds' && !test.holds && day.valid_sessions === 0;
  const turn = (test: Test): Test => {
    const least =
      test.threshold !== null && typeof test.threshold === 'object' && 'minutes' in test.threshold
        ? test.threshold.minutes
        : 0;
    const one = sessions.find((session) => session.date === day.date && turned(session) >= least);
    if (one?.change == null) return test;
    return { ...test, change: phrase('session_turned', { session: one.session_id, change: one.change }) };
  };
  return { ...day, tests: day.tests.map((test) => (needed(test) ? turn(test) : test)) };
}

/** The effective seconds of a session, were the one thing against it turned; less than any where there are several. */
function turned({ tests, effective_seconds }: Session): number {
  const [only, ...others] = tests.filter(({ holds }) => !holds);
  if (only === undefined || others.length > 0) return -1;
  const more = only.change?.with.time;
  return effective_seconds + (typeof more === 'object' && 'more' in more ? more.more : 0);
}

async function readFigures(warehouse: Warehouse, anchorId: string): Promise<Figures | null> {
  const [row] =
    await warehouse.rows(`SELECT s.status, s.valid_sessions, s.valid_seconds, s.valid_days, s.watch_time_gross, s.cap_withheld,
      unnest(e.parts), s.forfeited, s.total, s.reasons
    FROM anchor_settlement AS s
    CROSS JOIN (SELECT part_columns(part, earned) AS parts FROM anchor_part WHERE anchor_id = ${literal(anchorId)}) AS e
    WHERE s.anchor_id = ${literal(anchorId)}`);
  return row ?? null;
}

/** The explanation with the days, sessions and rows that are asked for alone. */
export function restricted(whole: Explanation, { date, session }: Asked): Explanation {
  const sessions = [...whole.sessions, ...whole.unsettled];
  const day = date ?? sessions.find(({ session_id }) => session_id === session)?.date;
  if (day === undefined && session === undefined) return whole;
  const meant = (each: { session_id: string | null; date?: string; ended_at: string | null }): boolean =>
    session === undefined ? each.ended_at?.slice(0, 10) === day : each.session_id === session;
  return {
    ...whole,
    days: whole.days.filter((each) => each.date === day),
    sessions: whole.sessions.filter(meant),
    unsettled: whole.unsettled.filter(meant),
    left_out: whole.left_out.filter(meant),
  };
}
