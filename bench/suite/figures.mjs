// What is aimed at, and how its figure follows from samples. Every sample has a turn, and what is compared ran in the
// same one: figures are medians over the turns. A figure is undefined where what it needs was not measured.
import { median } from './timed.mjs';

/** `isBeside` where the earlier build is what the figure stands beside, and has none of its own. */
export const atMost = (most, unit, of) => ({ most, unit, of, isBeside: of === timesEarlier });
export const atLeast = (least, unit, of) => ({ least, unit, of });

function byTurn(mine, others, of) {
  if (mine === undefined || others === undefined) return undefined;
  return median(mine.map((sample, turn) => of(sample) / of(others[turn])));
}

/** Beside the floor of the same turn, by `cpu` or by `wall`. */
export const timesFloor = (by) => ({ mine, floor }) => byTurn(mine, floor, (sample) => sample[by]);

/** Beside another row of the same build, by processor. */
export const timesRow = (id) => ({ mine, row }) => byTurn(mine, row(id), ({ cpu }) => cpu);

/** Beside the earlier build, by processor. */
export function timesEarlier({ mine, earlier }) {
  return byTurn(mine, earlier, ({ cpu }) => cpu);
}

/** Sessions a second, by the clock. */
export const perSecond = ({ mine, sessions }) => sessions / median(mine.map(({ wall }) => wall));

export const wallSeconds = ({ mine }) => median(mine.map(({ wall }) => wall));

export const peakGiB = ({ mine }) => median(mine.map(({ peak }) => peak));

/** What a session costs beside one of another row of the same build, by processor. */
export const perSession = (id, share) => ({ mine, row }) => {
  const found = byTurn(mine, row(id), ({ cpu }) => cpu);
  return found === undefined ? undefined : found / share;
};

/** Whether what is aimed at is reached; undefined where nothing was measured. */
export function isMet({ most, least }, figure) {
  if (figure === undefined || Number.isNaN(figure)) return undefined;
  return most === undefined ? figure >= least : figure <= most;
}
