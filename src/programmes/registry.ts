import type { Kind } from '../exports/column-types.js';
import { CONTENT_INCENTIVE } from './content-incentive/programme.js';
import { CUSTOMER_STAGES } from './customer-stages/programme.js';
import { DIGITAL_HOSTS } from './digital-hosts/programme.js';
import { PAYEES } from './exports/kinds.js';
import type { Policy } from './interface/policy.js';
import type { Programme } from './interface/programme.js';
import { PENALTY_POINTS } from './penalty-points/programme.js';
import { PUBLISHING } from './publishing/programme.js';
import { TOOL_COUPONS } from './tool-coupons/programme.js';

/** Every programme that the engine settles by; the first is that of policies that name none. */
export const PROGRAMMES: Programme[] = [];

/** Every kind of export that some programme reads, and the one that payments read whatever the programme. */
export const KINDS: Kind[] = [];

/** Registers a programme. Kinds that programmes share are one. */
export function register(programme: Programme): void {
  PROGRAMMES.push(programme);
  for (const kind of programme.kinds) if (!KINDS.includes(kind)) KINDS.push(kind);
}

register(CONTENT_INCENTIVE);
register(PENALTY_POINTS);
register(DIGITAL_HOSTS);
register(TOOL_COUPONS);
register(PUBLISHING);
register(CUSTOMER_STAGES);
KINDS.push(PAYEES);

/** The programme by whose rules a policy settles. */
export function programmeFor({ rules }: Pick<Policy, 'rules'>): Programme {
  return PROGRAMMES.find(({ name }) => name === rules) as Programme;
}
