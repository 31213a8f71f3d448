import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { closeAccepted } from '../support/accepting.js';
import { SAMPLE_POLICY, SAMPLES, settle, temporaryFolder } from '../support/workspace.js';

/** The sample month: closed, and settled again with what came late. */
export interface ShownMonth {
  folder: string;
  out: string;
  closed: string;
  restated: string;
  leave: () => void;
}

export async function shownMonth(): Promise<ShownMonth> {
  const folder = temporaryFolder();
  const out = join(folder, 'out');
  const place = { policy: SAMPLE_POLICY, out, warehouse: join(folder, 'w.duckdb') };
  const { runDir: closed } = await settle({ ...place, input: join(SAMPLES, '2023-11') });
  await closeAccepted(closed, { ...place, by: '王莉' });
  const { runDir: restated } = await settle({ ...place, input: join(SAMPLES, '2023-11-late') });
  return { folder, out, closed, restated, leave: () => rmSync(folder, { recursive: true, force: true }) };
}
