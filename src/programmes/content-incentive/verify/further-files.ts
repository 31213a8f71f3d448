import type { Rows } from '../../../verify/rows.js';
import { SOURCE } from './columns.js';
import { readAgencies, type Surroundings } from './exports/named-agencies.js';

/** A file of the run folder from which no figure follows, with what is looked at in it. */
interface FurtherFile {
  file: string;
  header: string;
  read: (rows: Rows, surroundings: Surroundings) => Promise<void>;
}

/** In the order in which they are read, once all figures have been. */
export const FURTHER_FILES: readonly FurtherFile[] = [
  { file: 'inputs/agencies.csv', header: `agency_id,name,${SOURCE}`, read: readAgencies },
];
