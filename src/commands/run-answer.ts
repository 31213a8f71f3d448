import type { RunResult } from './run.js';

/** What a run answers as JSON: its manifest and where it is (contract), and that it is provisional while it is. */
export function runAnswer({ manifest, runDir, provisional }: RunResult): object {
  return { ...manifest, run_dir: runDir, ...(provisional ? { provisional } : {}) };
}
