import { INELIGIBLE } from '../exports/kinds.js';
import { listing } from '../listing/listing.js';
import type { Listing } from '../listing/lists.js';
import { DIGITAL_EXPORTS } from './exports.js';
import { DIGITAL_NOTICES, namedKinds } from './notices.js';
import { DIGITAL_NAME, DIGITAL_POLICY } from './policy.js';
import { ADMISSIONS, DIGITAL_CODES, DIGITAL_FED, DIGITAL_FREEZES } from './words.js';

const query = (name: string): string => `${DIGITAL_NAME}/emit/${name}.sql`;

/** Digital humans as hosts (rulebook, D1 to D6). */
export const DIGITAL_LISTING: Listing = {
  name: DIGITAL_NAME,
  title: ['digital hosts', '数字人直播'],
  kinds: DIGITAL_EXPORTS,
  policy: DIGITAL_POLICY,
  lists: [ADMISSIONS, DIGITAL_FREEZES, DIGITAL_FED],
  further: [
    { file: 'inputs/digital_admissions.csv', query: query('inputs_admissions') },
    { file: 'inputs/digital_sessions.csv', query: query('inputs_sessions') },
    { file: 'inputs/digital_suppliers.csv', query: query('inputs_suppliers') },
    { file: 'inputs/live_accounts.csv', query: query('inputs_accounts') },
  ],
  codes: DIGITAL_CODES,
  counts: [
    { total: 'digital_sessions', words: ['Digital sessions', '数字人场次'] },
    { total: 'unadmitted', words: ['  not admitted', '  未准入'] },
    { total: 'stopped', words: ['  stopped', '  关停'] },
    { total: 'accounts_frozen', words: ['Accounts frozen', '冻结的账号'] },
  ],
  notices: { codes: DIGITAL_NOTICES, tables: namedKinds },
  feeds: { file: DIGITAL_FED.file, kind: INELIGIBLE },
  verifier: async () => (await import('./verify/verify.js')).verifyRun,
};

export const DIGITAL_HOSTS = listing(DIGITAL_LISTING);
