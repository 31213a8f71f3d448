import type { Pages } from '../../../src/programmes/interface/pages.js';

/** One section, of what the run is called. */
export const PAGES: Pages = {
  report: async ({ run_id, policy }) => ({
    title: policy.id,
    about: run_id,
    sections: [{ name: 'fees', title: ['Fees', '费用'], blocks: [{ note: run_id }] }],
  }),
  statement: async ({ run_id, policy }, { anchor }) => ({
    page: {
      title: policy.id,
      about: run_id,
      sections: [{ name: 'fee', title: ['Fee', '费用'], blocks: [{ note: anchor }] }],
    },
    status: null,
    total: '0.00',
  }),
  paid: async () => ({ sections: [], answer: {} }),
  agency: async ({ run_id, policy }, { agency }) => ({
    page: {
      title: policy.id,
      about: run_id,
      sections: [{ name: 'fee', title: ['Fee', '费用'], blocks: [{ note: agency }] }],
    },
    answer: { agency_id: agency },
  }),
};
