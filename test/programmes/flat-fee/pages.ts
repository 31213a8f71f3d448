import type { Pages } from '../../../src/programmes/interface/pages.js';

/** One section, of what the run is called. */
export const PAGES: Pages = {
  report: async ({ run_id, policy }) => ({
    title: policy.id,
    about: run_id,
    sections: [{ name: 'fees', title: ['Fees', '费用'], blocks: [{ note: run_id }] }],
  }),
};
