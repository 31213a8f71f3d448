import { COLUMNS } from './columns.js';
import type { Entry } from './entry.js';
import { FILES } from './files.js';
import { IDS } from './ids.js';
import { NIGHTS } from './nights.js';
import { ROWS } from './rows.js';
import { WORKBOOKS } from './workbooks.js';

/** All of them; in two parts, each of which is tried in a process of its own. */
export const PARTS = { exports: [...COLUMNS, ...FILES, ...WORKBOOKS], meanings: [...IDS, ...ROWS, ...NIGHTS] };
export const ENTRIES: readonly Entry[] = [...PARTS.exports, ...PARTS.meanings];

/** By code, the entry that is tried to be closed: the first in which it is told. */
export const CLOSED: ReadonlyMap<string, Entry> = new Map(
  ENTRIES.toReversed().flatMap((entry) => entry.told.map(({ code }) => [code, entry])),
);
