import { counted, flagCell, idCell, type Kind, time, words } from '../../exports/column-types.js';
import { optional, required } from '../../exports/columns.js';
import { PENALTY_STATUSES } from '../exports/words.js';

/** P1, P4: what an anchor did wrong, and how many points that carries. */
const VIOLATIONS: Kind = {
  name: 'violations',
  meant: /violation|扣分/,
  master: false,
  table: 'violation_row',
  key: ['violation_id'],
  columns: [
    required('violation_id', '违规ID', idCell),
    required('anchor_id', '主播ID', idCell),
    required('violated_at', '违规时间', time),
    required('points', '扣分', counted),
    optional('severe', '情节严重', flagCell, 'no violation counts as severe', 'false'),
    optional('status', '违规状态', words(PENALTY_STATUSES), 'every violation counts as upheld', "'upheld'"),
  ],
  checks: [],
};

/** P5: what a viewer did wrong. */
const VIEWER_VIOLATIONS: Kind = {
  name: 'viewer_violations',
  meant: /viewer|用户违规|评论违规/,
  master: false,
  table: 'viewer_violation_row',
  key: ['violation_id'],
  columns: [
    required('violation_id', '违规ID', idCell),
    required('viewer_id', '用户ID', idCell),
    required('violated_at', '违规时间', time),
    optional('severe', '情节严重', flagCell, 'no violation counts as severe', 'false'),
    optional('status', '违规状态', words(PENALTY_STATUSES), 'every violation counts as upheld', "'upheld'"),
  ],
  checks: [],
};

/** The exports that the programme reads. */
export const POINTS_EXPORTS: readonly Kind[] = [VIOLATIONS, VIEWER_VIOLATIONS];
