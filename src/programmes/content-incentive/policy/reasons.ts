import { PART_NAMES, type Part } from './parts.js';

/** What can stand against an anchor by a rule of the programme's own; which parts a penalty rule takes is the policy's. */
interface AnchorReason {
  /** The SQL rule that finds it. */
  rule: string;
  takes: readonly Part[];
}

export const ANCHOR_REASONS: readonly AnchorReason[] = [
  { rule: 'compliance_code', takes: PART_NAMES }, // C12
  { rule: 'low_level_share', takes: ['attendance_bonus'] }, // C11
  { rule: 'once_per_person', takes: ['newcomer_bonus'] }, // C10
];
