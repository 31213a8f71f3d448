import type { Warehouse } from '../../../engine/duckdb/warehouse.js';
import { saidBy, type Wording } from '../../../words/said.js';
import type { ProgrammeBreakdown } from '../../interface/summary.js';
import { wordsIn } from '../book/words/words.js';
import { readUnsettled, unsettledRemark } from './unsettled.js';

/** Why sessions are invalid, what was forfeited and for which reason, and what nobody is paid for yet. */
export async function breakdownOf(warehouse: Warehouse): Promise<ProgrammeBreakdown> {
  const invalidBy = await warehouse.rows(`SELECT reason, count(*) AS sessions
    FROM (SELECT unnest(string_split(reasons, ';')) AS reason FROM session_line WHERE NOT valid) GROUP BY reason ORDER BY sessions DESC, reason`);
  // An amount that several reasons take is told under each of them; the total of `forfeited` counts it once.
  const forfeitedBy =
    await warehouse.rows(`SELECT f.reason, count(DISTINCT f.anchor_id) AS anchors, CAST(sum(coalesce(p.earned, 0)) AS DECIMAL(38, 2)) AS amount
    FROM forfeit AS f JOIN anchor_settlement AS s ON s.anchor_id = f.anchor_id
    LEFT JOIN anchor_part AS p ON p.anchor_id = f.anchor_id AND p.part = f.part GROUP BY f.reason ORDER BY amount DESC, f.reason`);
  const statuses = await warehouse.rows(
    'SELECT status, count(*) AS anchors FROM anchor_settlement GROUP BY status ORDER BY status',
  );
  const rules = await rulesInWords(warehouse);
  const unsettled = await readUnsettled(warehouse);
  const control = await readControl(warehouse);
  return {
    unsettled: { sessions: unsettled.sessions, settled: unsettled.settled, remark: unsettledRemark(unsettled) },
    control,
    invalidBy: invalidBy.map((row) => ({ reason: row.reason as string, sessions: Number(row.sessions) })),
    forfeitedBy: forfeitedBy.map((row) => ({
      reason: row.reason as string,
      anchors: Number(row.anchors),
      amount: row.amount as string,
      ...(rules.has(row.reason as string) ? { words: rules.get(row.reason as string) as Wording } : {}),
    })),
    forfeitsOverlap:
      (await warehouse.count(`SELECT count(*) FROM (SELECT 1 FROM forfeit AS f
      JOIN anchor_part AS p ON p.anchor_id = f.anchor_id AND p.part = f.part WHERE p.earned > 0
      GROUP BY f.anchor_id, f.part HAVING count(*) > 1)`)) > 0,
    statuses: statuses.map((row) => ({ status: row.status as string, anchors: Number(row.anchors) })),
  };
}

/** A penalty rule's id is the policy's own: in Chinese it stands behind what the rule says. By reason. */
async function rulesInWords(warehouse: Warehouse): Promise<Map<string, Wording>> {
  const rows = await warehouse.rows(`SELECT r.rule_id, r.counts_of, r.at_least,
      string_agg(k.kind, ';' ORDER BY k.kind) AS kinds
    FROM policy_penalty_rule AS r JOIN policy_penalty_rule_kind AS k ON k.rule_id = r.rule_id
    GROUP BY r.rule_id, r.counts_of, r.at_least`);
  const chinese = wordsIn('zh');
  return new Map(
    rows.map((row) => {
      const { rule_id: id, counts_of: of, at_least, kinds } = row as Record<string, string>;
      const reason = of === 'agency' ? `agency:${id}` : (id as string);
      const rule = { id: id as string, of: of as 'agency' | 'anchor', at_least: Number(at_least) };
      const words = chinese.rule({ ...rule, kinds: (kinds as string).split(';') });
      return [reason, saidBy((language) => (language === 'zh' ? words : reason))];
    }),
  );
}

/** Lines of the period's list; a date of which it names no session lacks all of them. */
async function readControl(warehouse: Warehouse): Promise<ProgrammeBreakdown['control']> {
  const { lines, agree, lacking } = await warehouse.one(`SELECT count(*) AS lines,
      count(*) FILTER (is_here AND NOT sessions_differ AND NOT dwell_differs AND NOT amount_differs) AS agree,
      (SELECT coalesce(sum(coalesce(sessions, 1)), 0) FROM control_lack) AS lacking
    FROM control_of_period`);
  if (lines === '0') return null;
  return { agree: Number(agree), differ: Number(lines) - Number(agree), lacking: Number(lacking) };
}
