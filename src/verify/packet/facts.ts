import { readRecords, recordText } from '../csv.js';
import type { Differences } from '../differences.js';
import { isDay, isWhole } from '../forms.js';
import { PACKET_PLACE } from './check-tree.js';
import { sha256Hex } from './hashes.js';
import { type PacketData, POLICY_TEXT, RUN_FACTS } from './packet-data.js';

/** The facts of a run in their order, and the form of each. */
const FACTS: Readonly<Record<string, (value: string) => boolean>> = {
  run_id: (value) => /^\d{4}-\d{2}-\d{2}-[0-9a-f]{16}$/.test(value),
  programme: (value) => value !== '',
  rules: (value) => value !== '',
  policy_id: (value) => value !== '',
  policy_sha256: (value) => /^[0-9a-f]{64}$/.test(value),
  period_from: isDay,
  period_to: isDay,
  as_of: isDay,
  revision: (value) => isWhole(value) && value !== '0',
  restates: () => true,
  program_version: (value) => value !== '',
  program_build: () => true,
};

/** The cells of a record, which must be written as the outputs write it. */
export function cellsOfRecord(record: string): string[] {
  if (!/["\r]/.test(record)) return record.split(',');
  const { records } = readRecords(`${record}\n`, 1);
  return records[0]?.record ?? [record];
}

/** The facts of the run, by name; what isn't as it should be is reported. */
export function readFacts({ shared, close }: PacketData, differences: Differences): Map<string, string> {
  const records = shared.files.find(({ file }) => file === RUN_FACTS)?.records ?? [];
  const facts = new Map<string, string>();
  const names = Object.keys(FACTS);
  for (const [at, record] of records.entries()) {
    const [name = '', value = '', ...more] = cellsOfRecord(record);
    if (recordText([name, value]) !== record || more.length > 0 || name !== names[at])
      differences.add(RUN_FACTS, name, '', record, `${names[at] ?? 'no more'} and its value`);
    facts.set(name, value);
    if (FACTS[name]?.(value) === false) differences.add(RUN_FACTS, name, '', value, 'another form');
  }
  for (const name of names.slice(records.length)) differences.add(RUN_FACTS, name, '', 'nothing', 'a value');
  const policy = shared.files.find(({ file }) => file === POLICY_TEXT)?.records.join('\n') ?? '';
  differences.compare(RUN_FACTS, 'policy_sha256', '', facts.get('policy_sha256') ?? '', sha256Hex(policy));
  if (close !== null)
    differences.compare(PACKET_PLACE, 'close', 'revision', String(close.revision), facts.get('revision') ?? '');
  return facts;
}
