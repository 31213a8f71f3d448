import { join } from 'node:path';
import { CUSTOMER_STAGES, STAGES_LISTING } from '../../src/programmes/customer-stages/programme.js';
import { DIGITAL_HOSTS, DIGITAL_LISTING } from '../../src/programmes/digital-hosts/programme.js';
import type { Programme } from '../../src/programmes/interface/programme.js';
import type { Listing } from '../../src/programmes/listing/lists.js';
import { PENALTY_POINTS, POINTS_LISTING } from '../../src/programmes/penalty-points/programme.js';
import { PUBLISHING, PUBLISHING_LISTING } from '../../src/programmes/publishing/programme.js';
import { COUPONS_LISTING, TOOL_COUPONS } from '../../src/programmes/tool-coupons/programme.js';
import { SAMPLES } from './workspace.js';

/** A programme besides the incentive, with a policy and a month of the samples, and how its clauses are numbered. */
export interface OtherProgramme {
  programme: Programme;
  own: Listing;
  policy: string;
  exports: string;
  clauses: readonly string[];
}

const clauses = (letter: string, last: number): string[] =>
  Array.from({ length: last }, (_, at) => `${letter}${at + 1}`);

export const OTHERS: readonly OtherProgramme[] = [
  {
    programme: PENALTY_POINTS,
    own: POINTS_LISTING,
    policy: join(SAMPLES, 'penalty-points/policy-2023-11.yaml'),
    exports: join(SAMPLES, 'penalty-points/2023-11'),
    clauses: clauses('P', 6),
  },
  {
    programme: DIGITAL_HOSTS,
    own: DIGITAL_LISTING,
    policy: join(SAMPLES, 'digital-hosts/policy-2023-12.yaml'),
    exports: join(SAMPLES, 'digital-hosts/2023-12'),
    clauses: clauses('D', 6),
  },
  {
    programme: TOOL_COUPONS,
    own: COUPONS_LISTING,
    policy: join(SAMPLES, 'tool-coupons/policy-2022-09.yaml'),
    exports: join(SAMPLES, 'tool-coupons/2022-09'),
    clauses: clauses('T', 3),
  },
  {
    programme: PUBLISHING,
    own: PUBLISHING_LISTING,
    policy: join(SAMPLES, 'publishing/policy-2024-03.yaml'),
    exports: join(SAMPLES, 'publishing/2024-03'),
    clauses: clauses('V', 7),
  },
  {
    programme: CUSTOMER_STAGES,
    own: STAGES_LISTING,
    policy: join(SAMPLES, 'customer-stages/policy-2022-09.yaml'),
    exports: join(SAMPLES, 'customer-stages/2022-09'),
    clauses: clauses('K', 7),
  },
];
