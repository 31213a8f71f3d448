/** The programme's name: its rooms below `src/programmes` and `sql`, and what a policy's `rules` may say. */
export const NAME = 'content-incentive';
