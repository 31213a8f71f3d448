import type { Difference } from './differences.js';

/** What a second implementation found in a run folder. */
export interface VerifyReport {
  run_id: string;
  anchors: number;
  sessions: number;
  statements: number;
  /** Of a programme that pays nobody: the rows that were judged again; there are no anchors, sessions and statements then. */
  rows?: number;
  differences: Difference[];
  /** All that were found; the list is cut at `most`. */
  count: number;
}

export interface VerifyOptions {
  most?: number;
  onProgress?: (step: string, done: number, total: number) => void;
}

/** A second implementation: it recomputes every figure of a run folder from the folder's own files. */
export type VerifyRun = (runDir: string, options?: VerifyOptions) => Promise<VerifyReport>;
