import type { Row, Warehouse } from '../engine/duckdb/warehouse.js';
import type { Programme } from '../programmes/interface/programme.js';
import { causesOf } from './causes.js';

/** From an amount of A to that of B by causes that add up to the difference. Amounts are CNY, as text. */
export interface Waterfall {
  a: string;
  b: string;
  delta: string;
  /** By cause, in the order of substitution; of an anchor those alone that change something. */
  causes: Record<string, string>;
  /** What the policy's part is made of, by key; where the policy changes something. */
  policy_keys?: Record<string, string>;
}

export interface AnchorWaterfall extends Waterfall {
  anchor_id: string;
  /** Null where it is independent. */
  agency_id: string | null;
}

/** What a group of amounts came to in both settlements; `by` is a column, or a constant for all of them. */
const sums = (by: string): string => `
  SELECT ${by} AS of, CAST(SUM(a) AS DECIMAL(38, 2)) AS a, CAST(SUM(b) AS DECIMAL(38, 2)) AS b, CAST(SUM(b) - SUM(a) AS DECIMAL(38, 2)) AS delta
  FROM (SELECT anchor_id, amount AS a, 0 AS b FROM a_amount UNION ALL SELECT anchor_id, 0, amount FROM b_amount)`;

/** What a group's causes come to, in their order; the policy is one of them, and its keys are told apart besides. */
const caused = (by: string): string => `
  SELECT ${by} AS of, c.shown AS cause, CAST(SUM(l.amount) AS DECIMAL(38, 2)) AS amount
  FROM cause_line AS l JOIN comparison_cause AS c ON c.cause = l.cause
  GROUP BY ALL HAVING SUM(l.amount) <> 0 ORDER BY of, min(c.place)`;
const byKey = (by: string): string => `
  SELECT ${by} AS of, split_part(l.cause, ':', 2) AS cause, CAST(SUM(l.amount) AS DECIMAL(38, 2)) AS amount
  FROM cause_line AS l JOIN comparison_cause AS c ON c.cause = l.cause
  WHERE c.shown <> c.cause GROUP BY ALL HAVING SUM(l.amount) <> 0 ORDER BY of, min(c.place)`;

const ALL = "''";
const EACH = 'l.anchor_id';

/** The whole difference, cause by cause. */
export async function readTotal(warehouse: Warehouse, programme: Programme): Promise<Waterfall> {
  const sum = await warehouse.one(
    `SELECT coalesce(a, 0) AS a, coalesce(b, 0) AS b, coalesce(delta, 0) AS delta FROM (${sums(ALL)})`,
  );
  const found = amounts(await warehouse.rows(caused(ALL)));
  const causes = Object.fromEntries(causesOf(programme).map((cause) => [cause, found[cause] ?? '0.00']));
  return waterfall(sum, causes, amounts(await warehouse.rows(byKey(ALL))));
}

/** The anchors whose amounts anything has changed, the largest difference first. */
export async function readAnchors(warehouse: Warehouse): Promise<AnchorWaterfall[]> {
  const rows = await warehouse.rows(`
    SELECT s.*, CASE WHEN b.anchor_id IS NULL THEN a.agency_id ELSE b.agency_id END AS agency_id
    FROM (${sums('anchor_id')} WHERE anchor_id IN (SELECT anchor_id FROM cause_line) GROUP BY anchor_id) AS s
    LEFT JOIN a_anchor AS a ON a.anchor_id = s.of LEFT JOIN b_anchor AS b ON b.anchor_id = s.of
    ORDER BY abs(s.delta) DESC, s.of`);
  const causes = grouped(await warehouse.rows(caused(EACH)));
  const keys = grouped(await warehouse.rows(byKey(EACH)));
  return rows.map((row) => {
    const [id, none] = [row.of as string, [] as Row[]];
    const found = waterfall(row, amounts(causes.get(id) ?? none), amounts(keys.get(id) ?? none));
    return { anchor_id: id, agency_id: row.agency_id ?? null, ...found };
  });
}

/** What each agency's anchors gain or lose together, an anchor that goes from one to another with all that it has; null are the independent ones. */
export async function readAgencies(
  warehouse: Warehouse,
): Promise<{ agency_id: string | null; delta: string; anchors: number }[]> {
  const rows = await warehouse.rows(`WITH
    each_part AS (
      SELECT m.anchor_id, a.agency_id, m.settlement_date, m.part, m.amount AS a, 0 AS b FROM a_amount AS m LEFT JOIN a_anchor AS a ON a.anchor_id = m.anchor_id
      UNION ALL
      SELECT m.anchor_id, b.agency_id, m.settlement_date, m.part, 0, m.amount FROM b_amount AS m LEFT JOIN b_anchor AS b ON b.anchor_id = m.anchor_id),
    differing AS (
      SELECT anchor_id, agency_id, SUM(b) - SUM(a) AS delta FROM each_part
      GROUP BY anchor_id, agency_id, settlement_date, part HAVING SUM(a) <> SUM(b))
    SELECT agency_id, CAST(SUM(delta) AS DECIMAL(38, 2)) AS delta, count(DISTINCT anchor_id) AS anchors
    FROM differing GROUP BY agency_id HAVING SUM(delta) <> 0 ORDER BY delta DESC, agency_id`);
  return rows.map(({ agency_id, delta, anchors }) => ({
    agency_id: agency_id ?? null,
    delta: delta as string,
    anchors: Number(anchors),
  }));
}

function waterfall({ a, b, delta }: Row, causes: Record<string, string>, keys: Record<string, string>): Waterfall {
  const exact = { a: a as string, b: b as string, delta: delta as string };
  return { ...exact, causes, ...(Object.keys(keys).length > 0 ? { policy_keys: keys } : {}) };
}

function amounts(rows: readonly Row[]): Record<string, string> {
  return Object.fromEntries(rows.map(({ cause, amount }) => [cause, amount as string]));
}

function grouped(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.of as string);
    if (group === undefined) groups.set(row.of as string, [row]);
    else group.push(row);
  }
  return groups;
}
