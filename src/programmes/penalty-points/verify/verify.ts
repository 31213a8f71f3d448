import { Differences } from '../../../verify/differences.js';
import { byteOrder } from '../../../verify/forms.js';
import { checkSorted, compareList, compareTotals, type OpenedLists, openLists } from '../../../verify/lists/lists.js';
import type { VerifyOptions, VerifyReport } from '../../../verify/report.js';
import { fedBy, judgeViewers, judgeViolations, measuresOf, type Verdict, type Violation } from './judged.js';
import { termsOf } from './terms.js';

/** The stranger: every violation counted again, from the clauses and the folder's own inputs alone. */

const HEADERS = {
  'points.csv': 'violation_id,anchor_id,violated_at,points,severe,status,points_before,points_after,threshold,measures',
  'freezes.csv': 'violation_id,clause,anchor_id,measure,level,from,to',
  'viewers.csv': 'viewer_id,violations,severe,comments,closed_at,violation_id',
  'ineligible.csv': 'anchor_id,from,to,cause,clause',
  'inputs/violations.csv': 'violation_id,anchor_id,violated_at,points,severe,status,source_file,source_line',
  'inputs/viewer_violations.csv': 'violation_id,viewer_id,violated_at,severe,status,source_file,source_line',
} as const;
type File = keyof typeof HEADERS;

export async function verifyRun(runDir: string, { most = 100 }: VerifyOptions = {}): Promise<VerifyReport> {
  const differences = new Differences(most);
  const files = Object.entries(HEADERS).map(([file, header]) => ({ file, header }));
  const opened = openLists(runDir, files, differences);
  const rows = opened === undefined ? 0 : check(opened, differences);
  const { list, count } = differences;
  const none = { anchors: 0, sessions: 0, statements: 0 };
  return { run_id: opened?.manifest.run_id ?? '', ...none, rows, differences: list, count };
}

function check({ manifest, policy, rows }: OpenedLists, differences: Differences): number {
  const terms = termsOf(policy, manifest.as_of, differences);
  if (terms === undefined) return 0;
  for (const file of ['inputs/violations.csv', 'inputs/viewer_violations.csv'])
    checkSorted(file, rows(file), differences);
  const violations = rows('inputs/violations.csv').map(
    ([id = '', who = '', at = '', points = '', severe, status]): Violation => ({
      ...{ id, who, at, points: Number(points) },
      ...{ severe: severe === 'Y', upheld: status === 'upheld' },
    }),
  );
  const ofViewers = rows('inputs/viewer_violations.csv').map(
    ([id = '', who = '', at = '', severe, status]): Violation => ({
      ...{ id, who, at, points: 0 },
      ...{ severe: severe === 'Y', upheld: status === 'upheld' },
    }),
  );
  for (const { id, at } of [...violations, ...ofViewers])
    if (at.slice(0, 10) > terms.to) differences.add('inputs', id, '', at, `up to ${terms.to}`);
  const verdicts = judgeViolations(violations, terms);
  const measures = measuresOf(verdicts);
  const viewers = judgeViewers(ofViewers, terms);
  const hold = (file: File, key: number, expected: readonly string[][]): void => {
    const due = expected.toSorted(byCells);
    compareList(file, { header: HEADERS[file], key }, rows(file), due, differences, () => CLAUSES[file] ?? 'P1');
  };
  hold('points.csv', 1, verdicts.map(pointsRow));
  hold(
    'freezes.csv',
    2,
    measures.map((each) => [each.violation, each.clause, each.anchor, each.measure, each.level, each.from, each.to]),
  );
  hold('viewers.csv', 1, viewers);
  holdFed(rows('ineligible.csv'), fedBy(measures), differences);
  holdNotices(rows('notices.csv'), verdicts, differences);
  const expulsions = measures.filter(({ measure }) => measure === 'expel').length;
  compareTotals(
    manifest,
    {
      violations: verdicts.filter(({ violation }) => violation.upheld).length,
      freezes: measures.length - expulsions,
      expulsions,
      viewers_closed: viewers.filter(([, , , comments]) => comments === 'closed').length,
    },
    differences,
  );
  return verdicts.length + ofViewers.length;
}

const CLAUSES: Partial<Record<File, string>> = { 'points.csv': 'P1', 'freezes.csv': 'P2', 'viewers.csv': 'P5' };

function byCells(a: readonly string[], b: readonly string[]): number {
  const orders = a.map((cell, at) => byteOrder(cell, b[at] ?? ''));
  return orders.find((order) => order !== 0) ?? 0;
}

function pointsRow({ violation, sums, passed, expelledBySevere }: Verdict): string[] {
  const measures = new Set([passed?.measure ?? '', expelledBySevere ? 'expel' : ''].filter((each) => each !== ''));
  return [
    ...[violation.id, violation.who, violation.at, String(violation.points), violation.severe ? 'Y' : 'N'],
    violation.upheld ? 'upheld' : 'revoked',
    ...(sums === undefined ? ['', ''] : [String(sums.before), String(sums.after)]),
    ...[passed === undefined ? '' : String(passed.points), [...measures].join(';')],
  ];
}

/** The rows have no name of their own: they are held against each other in their order. */
function holdFed(found: readonly (readonly string[])[], fed: readonly string[][], differences: Differences): void {
  const order = (a: readonly string[], b: readonly string[]): number => {
    const key = ([anchor = '', from = '', , cause = '', clause = '']: readonly string[]) => [
      anchor,
      from,
      cause,
      clause,
    ];
    return byCells(key(a), key(b));
  };
  const text = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join()).join('\n');
  differences.compare('ineligible.csv', '', '', text(found), text(fed.toSorted(order)), 'P6');
}

/** An upheld violation that carries nothing is told. */
function holdNotices(
  found: readonly (readonly string[])[],
  verdicts: readonly Verdict[],
  differences: Differences,
): void {
  const due = verdicts
    .filter(({ violation: { upheld, points, severe } }) => upheld && points === 0 && !severe)
    .map(({ violation }) => violation.id)
    .sort(byteOrder)
    .map((id) => `violation_without_points ${id}`);
  const told = found.map(([code, , , subject]) => `${code} ${subject}`);
  differences.compare('notices.csv', '', '', told.join('\n'), due.join('\n'));
}
