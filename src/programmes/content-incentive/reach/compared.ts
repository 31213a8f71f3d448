import { HUBS, type IdPlace, MATES, REACH, type Reach } from './reach.js';

/** The steps of a comparison that follow from how rows reach figures, each as the text of a step's file. */
export function comparedSteps(): string[] {
  const replaced = Object.entries(REACH).filter(([, { stands }]) => stands !== undefined);
  return [
    ...replaced.map(([, reach]) => changedStep(reach)),
    ...replaced.map(([kind, { stands }]) => standingStep(kind, stands as string)),
    affectedStep(),
  ];
}

const both = (relation: string): string[] => [`a_${relation}`, `b_${relation}`];

/** Rows that A and B have not alike. */
function changedStep({ judged, aside, changed }: Reach): string {
  const [a, b] = both(judged).map((relation) => `SELECT * EXCLUDE (${aside.join(', ')}) FROM ${relation}`);
  return `-- what: rows that A and B have not alike, or judge not alike      grain: one row a key and side
-- reads: ${both(judged).join(', ')}      writes: ${changed.join()} (table)
-- why: where none is changed, nothing has to be settled again for the kind.
SELECT * FROM (${a} EXCEPT ${b})
UNION ALL BY NAME
SELECT * FROM (${b} EXCEPT ${a})`;
}

/** Rows of A, or those of B where that is done. */
function standingStep(kind: string, stands: string): string {
  return `-- what: the rows of A, or those of B where that is done      grain: that of the rows
-- reads: ${both(stands).join(', ')}, done_cause      writes: ${stands} (table)
-- why: each step of a comparison replaces one kind of input and settles again, by the same rules.
SELECT a.* FROM a_${stands} AS a WHERE '${kind}' NOT IN (SELECT d.cause FROM done_cause AS d)
UNION ALL BY NAME
SELECT b.* FROM b_${stands} AS b WHERE '${kind}' IN (SELECT d.cause FROM done_cause AS d)`;
}

/** The anchors that changed rows reach, and the others of their persons. */
function affectedStep(): string {
  const places = [...Object.values(HUBS), MATES].map(({ relation }) => relation);
  const reads = [...Object.values(REACH).flatMap(({ changed }) => changed), ...[...new Set(places)].flatMap(both)];
  return `-- what: the anchors whose figures anything but the policy can have changed      grain: anchor_id
-- reads: ${reads.join(', ')}      writes: affected_anchor (table)
-- why: only these are settled again.
WITH reached AS (
${Object.values(REACH).flatMap(reachedBy).join('\nUNION\n')}
),
mate AS (${both(MATES.relation)
    .map((side) => `SELECT anchor_id, ${MATES.column} AS id FROM ${side}`)
    .join(' UNION ')})
SELECT anchor_id FROM reached
UNION
SELECT m.anchor_id FROM mate AS m WHERE m.id IN (SELECT o.id FROM mate AS o JOIN reached AS r ON r.anchor_id = o.anchor_id)`;
}

function reachedBy({ changed, leads }: Reach): string[] {
  return changed.flatMap((relation) =>
    Object.entries(leads).flatMap(([column, hub]) => {
      if (hub === 'anchor') return `SELECT c.${column} FROM ${relation} AS c WHERE c.${column} IS NOT NULL`;
      const ids = `SELECT c.${column} FROM ${relation} AS c`;
      return both(HUBS[hub].relation).map((side) => haveToDo(HUBS[hub], side, ids));
    }),
  );
}

/** Which anchors have to do with some ids, on one side. */
function haveToDo({ column, where }: IdPlace, side: string, ids: string): string {
  return `SELECT h.anchor_id FROM ${side} AS h WHERE h.${column} IN (${ids})${where === undefined ? '' : ` AND h.${where}`}`;
}
