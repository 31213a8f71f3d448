import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { decimal, fixed, ZERO } from '../../../src/core/money.js';
import { Differences } from '../../../src/verify/differences.js';
import { sha256 } from '../../../src/verify/folder.js';
import type { VerifyRun } from '../../../src/verify/report.js';

/** The stranger: every fee again from the clauses and the run folder alone. */

const cells = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')); // no cell of these needs quotes

export const verifyFees: VerifyRun = async (runDir, { most = 100 } = {}) => {
  const differences = new Differences(most);
  const file = (name: string): string => join(runDir, name);
  const manifest = JSON.parse(readFileSync(file('manifest.json'), 'utf8'));
  const { fee } = parse(readFileSync(file('policy.yaml'), 'utf8'));
  for (const output of manifest.outputs) {
    const found = existsSync(file(output.file)) ? sha256(readFileSync(file(output.file))) : 'nothing';
    if (found !== output.sha256) differences.add('manifest.json', output.file, 'sha256', output.sha256, found);
  }
  const totals = new Map<string, { sessions: number; valid: number; total: typeof ZERO }>();
  const fees = cells(file('fees.csv'));
  for (const [anchor = '', , session = '', seconds = '', settleable, valid = '', paid = ''] of fees) {
    const counts = settleable === 'Y' && BigInt(seconds) >= BigInt(fee.min_minutes) * 60n;
    const due = counts ? decimal(fee.per_session) : ZERO;
    if (valid !== (counts ? 'Y' : 'N')) differences.add('fees.csv', session, 'valid', valid, counts ? 'Y' : 'N', 'F1');
    if (paid !== fixed(due, 2)) differences.add('fees.csv', session, 'fee', paid, fixed(due, 2), 'F2');
    const sum = totals.get(anchor) ?? { sessions: 0, valid: 0, total: ZERO };
    const [sessions, valids] = [sum.sessions + 1, sum.valid + (counts ? 1 : 0)];
    totals.set(anchor, { sessions, valid: valids, total: sum.total.plus(due) });
  }
  const rows = cells(file('settlement.csv'));
  const expected = [...totals].map(([anchor, { sessions, valid, total }]) =>
    [anchor, sessions, valid, fixed(total, 2)].join(),
  );
  const found = rows.map(([, , anchor, , ...figures]) => [anchor, ...figures].join());
  for (const line of expected)
    if (!found.includes(line)) differences.add('settlement.csv', line, '', 'nothing', line, 'F2');
  for (const line of found)
    if (!expected.includes(line)) differences.add('settlement.csv', line, '', line, 'nothing', 'F2');
  const all = fixed(
    [...totals.values()].reduce((sum, { total }) => sum.plus(total), ZERO),
    2,
  );
  if (manifest.totals.total !== all) differences.add('manifest.json', 'totals', 'total', manifest.totals.total, all);
  const { list, count } = differences;
  return {
    run_id: manifest.run_id,
    anchors: rows.length,
    sessions: fees.length,
    statements: 0,
    differences: list,
    count,
  };
};
