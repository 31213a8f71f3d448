/** The words of the contract that stand in tables, as the contract lists them; what a newcomer will look up. */

/** `punished:<kind>` for each kind that the sample policy lists. */
export const SESSION_REASONS = [
  'out_of_scope',
  'too_short',
  'not_settleable',
  'punished:idle',
  'punished:multi_stream',
  'punished:off_value',
  'punished:recorded',
  'punished:vulgar',
  'suspended',
  'replay_deleted',
  'opted_out',
  'frozen',
  'unadmitted_digital_host',
  'expelled',
];

/** `compliance_code:<code>` and the penalty rules by the sample policy's codes and ids. */
export const ANCHOR_REASONS = [
  'agency:agency-clustering',
  'compliance_code:red',
  'duplicate-account',
  'evasion-3',
  'expelled',
  'fake-trade-30d',
  'low_level_share',
  'out_of_scope',
  'person_already_rewarded',
  'vulgar-3',
];

export const QUARANTINE_CODES = [
  'missing',
  'bad_id',
  'bad_time',
  'bad_date',
  'bad_flag',
  'bad_number',
  'too_precise',
  'out_of_range',
  'bad_value',
  'ragged_row',
  'ends_before_start',
  'effective_exceeds_duration',
  'conflicting_duplicate',
  'unknown_anchor',
  'penalty_session_mismatch',
  'no_scarcity_index',
  'no_unit_price',
];
