import { literal, type Row, type Warehouse } from '../warehouse.js';
import { type Account, type Penalty, type Phrase, phrase, type Rule, type Test, together } from './model.js';
import { flag, text, whole } from './narrow.js';
import { asPenalty } from './penalties.js';
import { revoked } from './sessions.js';

/** C12 to C14: every rule that may take rewards away, those that don't stand too. */
export async function readRules(warehouse: Warehouse, anchorId: string): Promise<Rule[]> {
  const anchor = literal(anchorId);
  const [code] = await warehouse.rows(`SELECT a.compliance_code, r.anchor_id IS NOT NULL AS stands
    FROM standing_anchor AS a JOIN anchor_scope AS s ON s.anchor_id = a.anchor_id
    LEFT JOIN reason_compliance_code AS r ON r.anchor_id = a.anchor_id WHERE a.anchor_id = ${anchor} AND s.in_scope`);
  if (code === undefined) return []; // out of scope, nothing is left to take
  const takes = await takenBy(warehouse, anchor);
  const rules = await warehouse.rows(`SELECT r.*, x.reason IS NOT NULL AS stands
    FROM (SELECT p.*, CASE WHEN p.counts_of = 'agency' THEN 'agency:' || p.rule_id ELSE p.rule_id END AS name FROM policy_penalty_rule AS p) AS r
    LEFT JOIN reason_penalty_rule AS x ON x.anchor_id = ${anchor} AND x.reason = r.name ORDER BY r.name`);
  const found = [await codeRule(warehouse, code, takes)];
  for (const row of rules) found.push(await penaltyRule(warehouse, anchor, row, takes));
  return found;
}

/** What each reason takes: the parts with their amounts, zero ones left out. */
async function takenBy(warehouse: Warehouse, anchor: string): Promise<Map<string, Record<string, string>>> {
  const rows = await warehouse.rows(`SELECT r.*, s.watch_time, s.attendance_bonus, s.newcomer_bonus
    FROM anchor_reason AS r JOIN anchor_settlement AS s ON s.anchor_id = r.anchor_id WHERE r.anchor_id = ${anchor}`);
  const parts = ['watch_time', 'attendance_bonus', 'newcomer_bonus'];
  return new Map(
    rows.map((row) => {
      const taken = parts.filter((part) => flag(row, `takes_${part}`) && !/^0\.00$/.test(text(row, part)));
      return [text(row, 'reason'), Object.fromEntries(taken.map((part) => [part, text(row, part)]))];
    }),
  );
}

type Takes = Map<string, Record<string, string>>;

async function codeRule(warehouse: Warehouse, row: Row, takes: Takes): Promise<Rule> {
  const codes = await warehouse.rows('SELECT compliance_code FROM policy_compliance_code ORDER BY compliance_code');
  const value = text(row, 'compliance_code');
  const stands = flag(row, 'stands');
  const listed = codes.map((each) => text(each, 'compliance_code')).join(', ');
  const reason = stands ? `compliance_code:${value}` : 'compliance_code';
  const test: Test = {
    clause: 'C12',
    test: 'compliance_code',
    value,
    threshold: phrase('none_of', { list: listed }),
    holds: !stands,
    margin: null,
    change: stands ? phrase('other_code', { code: value }) : null,
  };
  return { reason, clause: 'C12', stands, counts: null, test, penalties: [], takes: takes.get(reason) ?? {} };
}

async function penaltyRule(warehouse: Warehouse, anchor: string, row: Row, takes: Takes): Promise<Rule> {
  const penalties = await penaltiesOf(warehouse, anchor, row);
  const counting = penalties.filter(({ counts }) => counts);
  const stands = flag(row, 'stands');
  const reason = text(row, 'name');
  const least = whole(row, 'at_least');
  if (counting.length >= least !== stands) throw new Error(`${reason} counts ${counting.length} penalties`);
  const clause = row.counts_of === 'agency' ? 'C13' : 'C12';
  const needed = counting.length - least + 1;
  const test: Test = {
    clause,
    test: 'penalty_rule',
    value: { count: counting.length, of: 'penalty' },
    threshold: { count: least, of: 'penalty' },
    holds: !stands,
    margin: penaltyMargin(counting.length, least),
    change: stands ? revoked(counting, needed) : null,
  };
  const counts = await whichCount(warehouse, row);
  return { reason, clause, stands, counts, test, penalties, takes: takes.get(reason) ?? {} };
}

async function whichCount(warehouse: Warehouse, rule: Row): Promise<Phrase> {
  const id = literal(text(rule, 'rule_id'));
  const kinds = await warehouse.rows(`SELECT kind FROM policy_penalty_rule_kind WHERE rule_id = ${id} ORDER BY kind`);
  const list = kinds.map((row) => text(row, 'kind')).join(', ');
  return phrase('penalties_of', { kinds: list, from: text(rule, 'counted_from'), to: text(rule, 'counted_to') });
}

function penaltyMargin(count: number, least: number): Phrase {
  if (count === least) return phrase('just_enough');
  if (count > least) return phrase('penalties_over', { over: { count: count - least, of: 'penalty' } });
  return phrase('penalties_short', { short: { count: least - count, of: 'more_penalty' } });
}

/** Penalties of the rule's kinds on the anchor or its agency, by time. */
async function penaltiesOf(warehouse: Warehouse, anchor: string, rule: Row): Promise<Penalty[]> {
  const on = rule.counts_of === 'agency' ? 'agency_id' : 'anchor_id';
  const [from, to] = [text(rule, 'counted_from'), text(rule, 'counted_to')];
  const rows =
    await warehouse.rows(`SELECT p.*, u.penalized_on IS NOT NULL AND u.penalized_on BETWEEN '${from}' AND '${to}' AS counts
    FROM judged_penalty AS p
    JOIN standing_anchor AS a ON a.${on} = p.${on}
    LEFT JOIN upheld_penalty AS u ON u.penalty_id = p.penalty_id
    WHERE a.anchor_id = ${anchor}
      AND p.kind IN (SELECT k.kind FROM policy_penalty_rule_kind AS k WHERE k.rule_id = ${literal(text(rule, 'rule_id'))})
    ORDER BY p.penalized_at, p.penalty_id`);
  return rows.map((row) => asPenalty(row, phrase('outside_days', { from, to })));
}

/** C10: the person's accounts that earn a newcomer bonus no rule of C12 and C13 takes, in the order in which one is paid. */
export async function readAccounts(warehouse: Warehouse, anchorId: string): Promise<Account[]> {
  const rows = await warehouse.rows(`SELECT a.anchor_id, a.newcomer_certified_on, b.amount, t.anchor_id IS NULL AS keeps
    FROM standing_anchor AS own
    JOIN standing_anchor AS a ON a.person_id = own.person_id
    JOIN newcomer_bonus AS b ON b.anchor_id = a.anchor_id
    LEFT JOIN (SELECT DISTINCT anchor_id FROM anchor_reason WHERE takes_newcomer_bonus) AS t ON t.anchor_id = a.anchor_id
    WHERE own.anchor_id = ${literal(anchorId)} AND b.amount > 0 ORDER BY a.newcomer_certified_on, a.anchor_id`);
  return rows.map((row) => ({
    anchor_id: text(row, 'anchor_id'),
    newcomer_certified_on: row.newcomer_certified_on ?? null,
    newcomer_bonus: text(row, 'amount'),
    keeps: flag(row, 'keeps'),
  }));
}

/** The two reasons that take a bonus alone: the low-level share (C11) and another account of the person (C10). */
export async function bonusRules(
  warehouse: Warehouse,
  anchorId: string,
  share: Test | null,
  accounts: readonly Account[],
): Promise<Rule[]> {
  const takes = await takenBy(warehouse, literal(anchorId));
  const keeper = accounts.find(({ keeps }) => keeps);
  const found: Rule[] = [];
  if (share !== null && !share.holds) found.push(asRule('low_level_share', share, takes));
  if (takes.has('person_already_rewarded') && keeper !== undefined)
    found.push(asRule('person_already_rewarded', personTest(keeper), takes));
  return found;
}

function asRule(reason: string, test: Test, takes: Takes): Rule {
  return {
    reason,
    clause: test.clause,
    stands: true,
    counts: null,
    test,
    penalties: [],
    takes: takes.get(reason) ?? {},
  };
}

function personTest({ anchor_id, newcomer_certified_on, newcomer_bonus }: Account): Test {
  const values = { anchor: anchor_id, date: newcomer_certified_on ?? '', bonus: { money: newcomer_bonus } };
  return {
    clause: 'C10',
    test: 'person_id',
    value: phrase('person_rewarded', values),
    threshold: phrase('once_per_person'),
    holds: false,
    margin: null,
    change: phrase('no_bonus_of', { anchor: anchor_id }),
  };
}

/** What undoes all forfeits; one change does where one reason takes everything. */
export function undoing(rules: readonly Rule[]): Phrase | null {
  const taking = rules.filter(({ stands, takes }) => stands && Object.keys(takes).length > 0);
  return together(taking.map(({ test }) => test.change));
}
