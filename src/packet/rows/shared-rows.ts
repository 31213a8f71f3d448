import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { programmeOf } from '../../core/programme.js';
import type { Manifest } from '../../emit/manifest.js';
import { POLICY_TEXT, RUN_FACTS } from '../../verify/packet/packet-data.js';
import type { SharedRows } from '../tree/run-tree.js';
import { eachRecord } from './records.js';
import type { UnitShares } from './share-out.js';

/** What stands in everybody's packet: facts of the run, the headers of all files, files that concern everybody, the policy. */
export function sharedRows(
  dir: string,
  { manifest, rules }: { manifest: Manifest; rules: string },
  { headers }: Pick<UnitShares, 'headers'>,
  files: readonly string[],
): SharedRows {
  return [
    { file: RUN_FACTS, records: factsOf(manifest, rules).map(([name, value]) => record([name, value])) },
    ...[...headers].map(([file, header]) => ({ file, records: [header] })),
    ...files
      .filter((file) => existsSync(join(dir, file)))
      .map((file) => ({ file, records: recordsOf(join(dir, file)) })),
    { file: POLICY_TEXT, records: [readFileSync(join(dir, POLICY_TEXT), 'utf8')] },
  ];
}

function factsOf(manifest: Manifest, rules: string): [name: string, value: string][] {
  const { run_id, program, policy, period, as_of, restates } = manifest;
  return [
    ['run_id', run_id],
    ['programme', programmeOf(manifest)],
    ['rules', rules],
    ['policy_id', policy.id],
    ['policy_sha256', policy.sha256],
    ['period_from', period.from],
    ['period_to', period.to],
    ['as_of', as_of],
    ['revision', String((restates?.revision ?? 0) + 1)],
    ['restates', restates?.run_id ?? ''],
    ['program_version', program.version],
    ['program_build', program.build ?? ''],
  ];
}

function record(cells: string[]): string {
  return stringify([cells], { record_delimiter: '\n', quote_record_delimiter: true, eof: false });
}

function recordsOf(path: string): string[] {
  const records: string[] = [];
  eachRecord(path, (bytes, from, to) => records.push(bytes.toString('utf8', from, to)));
  return records;
}
