import type { Explainer } from '../../interface/explainer.js';
import type { Listing } from '../lists.js';
import { nobodyIsPaid } from './refusals.js';

/** Anchors have no amount here; who or what the rows are about is explained by `subject` of the pages. */
export function explainerOf(own: Pick<Listing, 'name'>): Explainer {
  const refuse = async (): Promise<never> => {
    throw nobodyIsPaid(own);
  };
  return { wanted: [], narrow: refuse, explain: refuse };
}
