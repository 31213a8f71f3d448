import type { Differences } from '../differences.js';
import { byteOrder, isId } from '../forms.js';
import { PACKET_PLACE } from './check-tree.js';
import { type PacketData, POLICY_TEXT, RUN_FACTS } from './packet-data.js';

/** The order of groups and of files in them, and that none is blank or stands twice. */
export function checkGroups({ unit, groups, shared }: PacketData, differences: Differences): void {
  const add = (key: string, found: string, expected: string): void =>
    differences.add(PACKET_PLACE, key, '', found, expected);
  if (!isId(unit.id)) add('unit', unit.id, 'an id');
  const files = shared.files.map(({ file }) => file);
  if (files[0] !== RUN_FACTS || files.at(-1) !== POLICY_TEXT || new Set(files).size < files.length)
    add('shared', files.join(), `${RUN_FACTS}, each file once, ${POLICY_TEXT}`);
  for (const { file, records } of shared.files)
    if (records.length === 0) add('shared', file, 'no file without a header');
  const known = files.slice(1, -1);
  let before: string | undefined;
  for (const { anchor, files: rows } of groups) {
    const isOwn = unit.kind === 'anchor' ? anchor === unit.id : anchor === '' || isId(anchor);
    if (!isOwn) add(`groups ${anchor}`, anchor, unit.kind === 'anchor' ? unit.id : 'an id or blank');
    if (before !== undefined && byteOrder(before, anchor) >= 0)
      add(`groups ${anchor}`, `after ${before}`, 'each once, sorted');
    before = anchor;
    const places = rows.map(({ file }) => known.indexOf(file));
    if (places.some((place, at) => place < 0 || (at > 0 && place <= (places[at - 1] as number))))
      add(`groups ${anchor}`, rows.map(({ file }) => file).join(), 'known files, each once, in their order');
    if (rows.length === 0 || rows.some(({ records }) => records.length === 0))
      add(`groups ${anchor}`, 'no row', 'rows');
  }
  if (groups.length === 0) add('groups', 'none', 'rows of somebody');
}
