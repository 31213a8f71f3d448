import { literal, type Row, type Warehouse } from '../../../../engine/duckdb/warehouse.js';
import { expelledRule } from '../ineligible.js';
import { type Account, type Penalty, type Phrase, phrase, type Rule, type Test, term, together } from '../model.js';
import { flag, text, wholeIn } from './cells.js';
import { asPenalty } from './penalties.js';
import { revoked } from './sessions.js';

/** The parts that each reason takes, with their amounts. */
export type Takes = Map<string, Record<string, string>>;

/** C12 to C14: every rule that may take rewards away, those that don't stand too. */
export async function readRules(warehouse: Warehouse, anchorId: string, takes: Takes): Promise<Rule[]> {
  const anchor = literal(anchorId);
  const [code] = await warehouse.rows(`SELECT a.compliance_code, r.anchor_id IS NOT NULL AS stands
    FROM standing_anchor AS a JOIN anchor_scope AS s ON s.anchor_id = a.anchor_id
    LEFT JOIN anchor_reason AS r ON r.anchor_id = a.anchor_id AND r.reason = 'compliance_code:' || a.compliance_code WHERE a.anchor_id = ${anchor} AND s.in_scope`);
  if (code === undefined) return []; // out of scope, nothing is left to take
  const rules = await warehouse.rows(`SELECT r.*, x.reason IS NOT NULL AS stands, k.kinds
    FROM (SELECT p.*, CASE WHEN p.counts_of = 'agency' THEN 'agency:' || p.rule_id ELSE p.rule_id END AS name FROM policy_penalty_rule AS p) AS r
    JOIN (SELECT rule_id, string_agg(kind, ', ' ORDER BY kind) AS kinds FROM policy_penalty_rule_kind GROUP BY rule_id) AS k
      ON k.rule_id = r.rule_id
    LEFT JOIN anchor_reason AS x ON x.anchor_id = ${anchor} AND x.reason = r.name ORDER BY r.name`);
  const penalties = await penaltiesByRule(warehouse, anchor);
  return [
    await codeRule(warehouse, code, takes),
    ...rules.map((row) => penaltyRule(row, penalties.get(text(row, 'rule_id')) ?? [], takes)),
    ...(await expelledRule(warehouse, anchorId, takes)),
  ];
}

/** What each reason takes: the parts with their amounts, zero ones left out. */
export async function readTakes(warehouse: Warehouse, anchorId: string): Promise<Takes> {
  const rows = await warehouse.rows(`SELECT f.reason, f.part, p.earned
    FROM forfeit AS f JOIN policy_part AS o ON o.part = f.part
    JOIN anchor_settlement AS s ON s.anchor_id = f.anchor_id
    LEFT JOIN anchor_part AS p ON p.anchor_id = f.anchor_id AND p.part = f.part AND p.earned <> 0
    WHERE f.anchor_id = ${literal(anchorId)} ORDER BY f.reason, o.place`);
  const takes: Takes = new Map();
  for (const row of rows) {
    const taken = row.earned == null ? {} : { [text(row, 'part')]: row.earned };
    takes.set(text(row, 'reason'), { ...takes.get(text(row, 'reason')), ...taken });
  }
  return takes;
}

async function codeRule(warehouse: Warehouse, row: Row, takes: Takes): Promise<Rule> {
  const codes = await warehouse.rows('SELECT compliance_code FROM policy_compliance_code ORDER BY compliance_code');
  const value = text(row, 'compliance_code');
  const stands = flag(row, 'stands');
  const listed = codes.map((each) => text(each, 'compliance_code'));
  const reason = stands ? `compliance_code:${value}` : 'compliance_code';
  const test: Test = {
    clause: 'C12',
    test: 'compliance_code',
    value: term(value, 'compliance'),
    threshold: phrase('none_of', { list: { terms: listed, of: 'compliance' } }),
    holds: !stands,
    margin: null,
    change: stands ? phrase('other_code', { code: term(value, 'compliance') }) : null,
  };
  return { reason, clause: 'C12', stands, counts: null, test, penalties: [], takes: takes.get(reason) ?? {} };
}

function penaltyRule(row: Row, penalties: Penalty[], takes: Takes): Rule {
  const counting = penalties.filter(({ counts }) => counts);
  const stands = flag(row, 'stands');
  const reason = text(row, 'name');
  const least = wholeIn(row, 'at_least');
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
  const kinds = { terms: text(row, 'kinds').split(', '), of: 'kind' } as const;
  const counts = phrase('penalties_of', { kinds, from: text(row, 'counted_from'), to: text(row, 'counted_to') });
  return { reason, clause, stands, counts, test, penalties, takes: takes.get(reason) ?? {} };
}

function penaltyMargin(count: number, least: number): Phrase {
  if (count === least) return phrase('just_enough');
  if (count > least) return phrase('penalties_over', { over: { count: count - least, of: 'penalty' } });
  return phrase('penalties_short', { short: { count: least - count, of: 'more_penalty' } });
}

/** For each rule the penalties of its kinds on the anchor or its agency, by time, whether they count or not. */
async function penaltiesByRule(warehouse: Warehouse, anchor: string): Promise<Map<string, Penalty[]>> {
  const rows = await warehouse.rows(`SELECT p.*, r.rule_id, r.counted_from, r.counted_to,
      u.penalized_on IS NOT NULL AND u.penalized_on BETWEEN r.counted_from AND r.counted_to AS counts
    FROM judged_penalty AS p
    JOIN policy_penalty_rule_kind AS k ON k.kind = p.kind
    JOIN policy_penalty_rule AS r ON r.rule_id = k.rule_id
    JOIN standing_anchor AS a ON a.anchor_id = ${anchor}
      AND CASE WHEN r.counts_of = 'agency' THEN a.agency_id = p.agency_id ELSE a.anchor_id = p.anchor_id END
    LEFT JOIN upheld_penalty AS u ON u.penalty_id = p.penalty_id
    ORDER BY p.penalized_at, p.penalty_id`);
  const byRule = new Map<string, Penalty[]>();
  for (const row of rows) {
    const rule = text(row, 'rule_id');
    const otherwise = phrase('outside_days', { from: text(row, 'counted_from'), to: text(row, 'counted_to') });
    byRule.set(rule, [...(byRule.get(rule) ?? []), asPenalty(row, otherwise)]);
  }
  return byRule;
}

/** C10: the person's accounts that earn a newcomer bonus no rule of C12 and C13 takes, in the order in which one is paid. */
export async function readAccounts(warehouse: Warehouse, anchorId: string): Promise<OwnedAccount[]> {
  const rows =
    await warehouse.rows(`SELECT a.anchor_id, a.agency_id, a.newcomer_certified_on, b.amount, t.anchor_id IS NULL AS keeps
    FROM standing_anchor AS own
    JOIN standing_anchor AS a ON a.person_id = own.person_id
    JOIN newcomer_bonus AS b ON b.anchor_id = a.anchor_id
    LEFT JOIN (SELECT DISTINCT anchor_id FROM forfeit WHERE part = 'newcomer_bonus') AS t ON t.anchor_id = a.anchor_id
    WHERE own.anchor_id = ${literal(anchorId)} AND b.amount > 0 ORDER BY a.newcomer_certified_on, a.anchor_id`);
  return rows.map((row) => ({
    anchor_id: text(row, 'anchor_id'),
    agency_id: row.agency_id ?? null,
    newcomer_certified_on: row.newcomer_certified_on ?? null,
    newcomer_bonus: text(row, 'amount'),
    keeps: flag(row, 'keeps'),
  }));
}

/** The two reasons that take a bonus alone: the low-level share (C11) and another account of the person (C10). */
export function bonusRules(
  share: Test | null,
  accounts: readonly OwnedAccount[],
  takes: Takes,
  isShown: MayBeNamed,
): Rule[] {
  const keeper = accounts.find(({ keeps }) => keeps);
  const found: Rule[] = [];
  if (share !== null && !share.holds) found.push(asRule('low_level_share', share, takes));
  if (takes.has('person_already_rewarded') && keeper !== undefined)
    found.push(asRule('person_already_rewarded', isShown(keeper) ? personTest(keeper) : ELSEWHERE, takes));
  return found;
}

/** An account and whose it is. */
export type OwnedAccount = Account & { agency_id: string | null };

/** Whether an account may be named to whoever reads the explanation. */
export type MayBeNamed = (account: OwnedAccount) => boolean;

/** The same of an account that is somebody else's: that it keeps the bonus, and nothing more. */
const ELSEWHERE: Test = {
  clause: 'C10',
  test: 'person_id',
  value: phrase('person_rewarded_elsewhere'),
  threshold: phrase('once_per_person'),
  holds: false,
  margin: null,
  change: phrase('other_person'),
};

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
