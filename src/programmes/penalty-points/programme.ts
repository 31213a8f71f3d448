import { INELIGIBLE } from '../exports/kinds.js';
import { listing } from '../listing/listing.js';
import type { Listing } from '../listing/lists.js';
import { POINTS_EXPORTS } from './exports.js';
import { POINTS_NOTICES } from './notices.js';
import { POINTS_NAME, POINTS_POLICY } from './policy.js';
import { FED, FREEZES, POINTS, POINTS_CODES, VIEWERS } from './words.js';

const query = (name: string): string => `${POINTS_NAME}/emit/${name}.sql`;

/** Penalty points of anchors and viewers (rulebook, P1 to P6). */
export const POINTS_LISTING: Listing = {
  name: POINTS_NAME,
  title: ['penalty points', '违规扣分'],
  kinds: POINTS_EXPORTS,
  policy: POINTS_POLICY,
  lists: [POINTS, FREEZES, VIEWERS, FED],
  further: [
    { file: 'inputs/viewer_violations.csv', query: query('inputs_viewer_violations') },
    { file: 'inputs/violations.csv', query: query('inputs_violations') },
  ],
  codes: POINTS_CODES,
  counts: [
    { total: 'violations', words: ['Violations that count', '生效的违规'] },
    { total: 'freezes', words: ['  freezes', '  冻结'] },
    { total: 'expulsions', words: ['  expulsions', '  清退'] },
    { total: 'viewers_closed', words: ['Viewers without comments', '已关闭评论的用户'] },
  ],
  notices: { codes: POINTS_NOTICES, tables: () => ({}) },
  feeds: { file: FED.file, kind: INELIGIBLE },
  verifier: async () => (await import('./verify/verify.js')).verifyRun,
};

export const PENALTY_POINTS = listing(POINTS_LISTING);
