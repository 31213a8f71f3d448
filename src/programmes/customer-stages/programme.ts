import { listing } from '../listing/listing.js';
import type { Listing } from '../listing/lists.js';
import { STAGE_EXPORTS } from './exports.js';
import { STAGE_NOTICES } from './notices.js';
import { STAGES_NAME, STAGES_POLICY } from './policy.js';
import { FUNNEL_LIST, STAGE_CODES, STAGE_LIST } from './words.js';

const query = (name: string): string => `${STAGES_NAME}/emit/${name}.sql`;

/** The stages of customers (rulebook, K1 to K7). */
export const STAGES_LISTING: Listing = {
  name: STAGES_NAME,
  title: ['stages of customers', '客户阶段'],
  kinds: STAGE_EXPORTS,
  policy: STAGES_POLICY,
  lists: [STAGE_LIST, FUNNEL_LIST],
  further: [
    { file: 'inputs/customer_contacts.csv', query: query('inputs_contacts') },
    { file: 'inputs/customer_orders.csv', query: query('inputs_orders') },
    { file: 'inputs/customer_visits.csv', query: query('inputs_visits') },
    { file: 'inputs/customers.csv', query: query('inputs_customers') },
  ],
  codes: STAGE_CODES,
  counts: [
    { total: 'customers', words: ['Customers', '客户总数'] },
    { total: 'potential', words: ['Potential', '潜客'] },
    { total: 'potential_l1_plus', words: ['  of them L1+', '  其中 L1+'] },
    { total: 'reached', words: ['Reached', '触达'] },
    { total: 'handshake', words: ['Handshake', '握手'] },
    { total: 'intent', words: ['Intent', '意向'] },
    { total: 'ordered', words: ['Order', '订单'] },
    { total: 'repeated', words: ['Repeat', '复购'] },
  ],
  notices: { codes: STAGE_NOTICES, tables: () => ({}) },
  verifier: async () => (await import('./verify/verify.js')).verifyRun,
};

export const CUSTOMER_STAGES = listing(STAGES_LISTING);
