/**
 * How the rows of each kind of export reach an anchor's figures: said here, once. What a comparison settles again, what has
 * changed between two settlements, and what an explanation needs of the warehouse follow from it. Whoever adds a kind, or a
 * rule that looks at rows in a new way, says so here; test/rules/reach.test.ts changes every column and sees whether it is known.
 */

/** What an id leads to: an anchor itself, or whoever has to do with the agency, the session, the track. */
export type Hub = 'anchor' | 'agency' | 'session' | 'track';

export interface Reach {
  /** The table of its rows as they were read, and what names one of them. */
  table: string;
  key: readonly string[];
  /** The relation of the rows that stand, which a comparison replaces by the other side's; undefined of sessions, which go one by one. */
  stands: string | undefined;
  /** The relation of the rows as they are judged: its columns are compared, those that no figure depends on aside. */
  judged: string;
  aside: readonly string[];
  /** The relations of a comparison that say what differs. */
  changed: readonly string[];
  /** The columns of ids by which a row reaches anchors. */
  leads: Readonly<Record<string, Hub>>;
}

/** By kind, in the order in which a comparison replaces them. No figure depends on a file of agencies: it has names alone. */
export const REACH: Readonly<Record<'sessions' | 'penalties' | 'anchors' | 'scarcity' | 'ineligible', Reach>> = {
  sessions: {
    table: 'session_row',
    key: ['session_id'],
    stands: undefined,
    judged: 'period_row',
    aside: [],
    changed: ['leaving_session', 'entering_session'],
    leads: { anchor_id: 'anchor' },
  },
  penalties: {
    table: 'penalty_row',
    key: ['penalty_id'],
    stands: 'standing_penalty',
    judged: 'judged_penalty',
    aside: ['source_file', 'file_no', 'line', 'names_unknown_session'],
    changed: ['changed_penalty'],
    leads: { anchor_id: 'anchor', agency_id: 'agency', session_id: 'session' },
  },
  anchors: {
    table: 'anchor_row',
    key: ['anchor_id'],
    stands: 'standing_anchor',
    judged: 'standing_anchor',
    aside: ['nickname', 'source_file', 'line'],
    changed: ['changed_anchor'],
    leads: { anchor_id: 'anchor' },
  },
  scarcity: {
    table: 'scarcity_row',
    key: ['track', 'effective_from'],
    stands: 'standing_scarcity',
    judged: 'standing_scarcity',
    aside: ['source_file', 'line'],
    changed: ['changed_scarcity'],
    leads: { track: 'track' },
  },
  ineligible: {
    table: 'ineligible_row',
    key: ['anchor_id', 'from_time', 'cause', 'clause'],
    stands: 'standing_ineligible',
    judged: 'standing_ineligible',
    aside: ['source_file', 'file_no', 'line'],
    changed: ['changed_ineligible'],
    leads: { anchor_id: 'anchor' },
  },
};

/** Where it stands which anchors an id has to do with: a relation of the rules, and the table of the export that it is made of. */
export interface IdPlace {
  relation: string;
  table: string;
  column: string;
  /** Of the relation, the rows that count. */
  where?: string;
}

export const HUBS: Readonly<Record<Exclude<Hub, 'anchor'>, IdPlace>> = {
  agency: { relation: 'standing_anchor', table: 'anchor_row', column: 'agency_id' }, // C13
  session: { relation: 'period_row', table: 'session_row', column: 'session_id' }, // C3, C14
  track: { relation: 'period_row', table: 'session_row', column: 'track', where: 'own_scarcity_index IS NULL' }, // C6
};

/** Whoever is reached reaches the others of its person, of whom one alone keeps the newcomer bonus (C10). */
export const MATES: IdPlace = { relation: 'standing_anchor', table: 'anchor_row', column: 'person_id' };
