import { PARTS } from './entries.js';
import { tryAll } from './tried.js';

/** Exports that are plausible and wrong: headers, and files that lie there otherwise than they were meant. */
tryAll(PARTS.exports);
