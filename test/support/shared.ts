import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder that all test files of one call see. */
    shared: string;
  }
}

/** Before the first test: makes the folder that all test files see; after the last it is taken away. */
export default function share(project: TestProject): () => void {
  const shared = realpathSync(mkdtempSync(join(tmpdir(), 'settlement-tests-')));
  project.provide('shared', shared);
  return () => rmSync(shared, { recursive: true, force: true });
}
