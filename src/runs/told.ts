import type { Manifest } from '../emit/manifest.js';
import type { Warehouse } from '../engine/duckdb/warehouse.js';
import { readAccepted } from '../notices/accepted.js';
import type { Notice } from '../notices/notice.js';
import { openOf } from '../notices/open.js';
import { noticesIn } from '../notices/read-notices.js';

/** The attention notices of a run and of the place, with whether somebody has accepted them. */
export interface Attention {
  run: AskedNotice[];
  place: AskedNotice[];
}

export interface AskedNotice extends Notice {
  accepted: boolean;
}

/** What people are to look at after a run. */
export async function attentionOf(
  warehouse: Warehouse,
  out: string,
  runDir: string,
  place: readonly Notice[],
): Promise<Attention> {
  const accepted = await readAccepted(warehouse, out);
  const asked = (notices: readonly Notice[]): AskedNotice[] => {
    const open = new Set(openOf({ notices, rows: [] }, accepted).notices);
    const attention = notices.filter(({ severity }) => severity === 'attention');
    return attention.map((notice) => ({ ...notice, accepted: !open.has(notice) }));
  };
  return { run: asked(noticesIn(runDir) ?? []), place: asked(place) };
}

/** Those that nobody has accepted. */
export function openIn({ run, place }: Attention): { run: AskedNotice[]; place: AskedNotice[] } {
  const isOpen = ({ accepted }: AskedNotice): boolean => !accepted;
  return { run: run.filter(isOpen), place: place.filter(isOpen) };
}

/** Lines that say how to accept what is open; none where nothing is. */
export function acceptLines({ run, place }: Attention, { run_id }: Pick<Manifest, 'run_id'>): string[] {
  return [
    ...(run.length > 0 ? [`settle accept ${run_id} --by NAME --all`] : []),
    ...(place.length > 0 ? ['settle accept --place --by NAME --all'] : []),
  ];
}
