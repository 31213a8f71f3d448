import type { Booker } from '../../../src/programmes/interface/book.js';

/** One sheet, of what the run is called. */
export const BOOKER: Booker = {
  title: ({ run_id }) => run_id,
  sheets: async ({ run_id, policy }) => [
    {
      name: 'Fees',
      title: [policy.id, run_id],
      columns: [{ head: 'Run', kind: 'id' }],
      rows: [[run_id]],
      filter: false,
    },
  ],
};
