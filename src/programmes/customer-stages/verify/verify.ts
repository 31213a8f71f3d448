import { Differences } from '../../../verify/differences.js';
import { checkSorted, compareList, compareTotals, type OpenedLists, openLists } from '../../../verify/lists/lists.js';
import type { VerifyOptions, VerifyReport } from '../../../verify/report.js';
import { type Known, STAGES, type Stage, stagesOf } from './judged.js';

/** The stranger: every customer's stages again, from the clauses and the folder's own inputs alone. */

const [LIST, FUNNEL] = ['stages.csv', 'funnel.csv'] as const;
const HEADERS = {
  [LIST]: 'customer_id,l1_plus,customer,potential,reached,handshake,intent,ordered,repeated,stage',
  [FUNNEL]: 'stage,customers,l1_plus',
  'inputs/customers.csv': 'customer_id,filed,follower,binned,l1_plus,active_at,source_file,source_line',
  'inputs/customer_visits.csv': 'visit_id,customer_id,kind,happened_at,source_file,source_line',
  'inputs/customer_contacts.csv': 'contact_id,customer_id,channel,sent_at,delivered,replied_at,source_file,source_line',
  'inputs/customer_orders.csv': 'order_id,customer_id,ordered_at,source_file,source_line',
} as const;

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
  for (const file of Object.keys(HEADERS)) if (file.startsWith('inputs/')) checkSorted(file, rows(file), differences);
  const known = new Map<string, Known>();
  const of = (id: string): Known => {
    const found = known.get(id) ?? { flags: new Set(), active: '', visits: [], contacts: [], orders: [] };
    known.set(id, found);
    return found;
  };
  for (const [id = '', filed, follower, binned, l1, active = ''] of rows('inputs/customers.csv')) {
    const customer = of(id);
    customer.active = active;
    for (const [name, flag] of Object.entries({ filed, follower, binned, l1 }))
      if (flag === 'Y') customer.flags.add(name);
  }
  for (const [, id = '', kind = '', at = ''] of rows('inputs/customer_visits.csv')) of(id).visits.push({ kind, at });
  for (const [, id = '', , at = '', delivered, replied = ''] of rows('inputs/customer_contacts.csv'))
    of(id).contacts.push({ at, delivered: delivered === 'Y', replied });
  for (const [, id = '', at = ''] of rows('inputs/customer_orders.csv')) of(id).orders.push(at);
  const stages = new Map<string, Set<Stage>>();
  for (const [id, customer] of known) {
    const found = stagesOf(customer, policy as never, manifest.as_of);
    if (found.has('customer') || found.has('potential') || found.has('reached')) stages.set(id, found);
  }
  const l1 = (id: string): boolean => known.get(id)?.flags.has('l1') === true;
  compareStages(stages, l1, rows, differences);
  const count = (stage: Stage): number => [...stages.values()].filter((found) => found.has(stage)).length;
  const potentialL1 = [...stages].filter(([id, found]) => found.has('potential') && l1(id)).length;
  compareTotals(
    manifest,
    {
      ...{
        customers: count('customer'),
        potential: count('potential'),
        potential_l1_plus: potentialL1,
        reached: count('reached'),
      },
      ...{ handshake: count('handshake'), intent: count('intent'), ordered: count('order'), repeated: count('repeat') },
    },
    differences,
  );
  const early = [...known.values()]
    .flatMap(({ contacts }) => contacts)
    .filter(({ at, replied }) => replied !== '' && replied < at).length;
  const told = rows('notices.csv').map(([code, , , , n]) => `${code} ${n}`);
  differences.compare('notices.csv', '', '', told.join('\n'), early === 0 ? '' : `contacts_unanswerable ${early}`);
  return stages.size;
}

function compareStages(
  stages: ReadonlyMap<string, Set<Stage>>,
  l1: (id: string) => boolean,
  rows: OpenedLists['rows'],
  differences: Differences,
): void {
  const flag = (is: boolean): string => (is ? 'Y' : 'N');
  const expected = [...stages.keys()].sort().map((id) => {
    const found = stages.get(id) ?? new Set<Stage>();
    const furthest = STAGES.findLast((stage) => found.has(stage)) ?? 'customer';
    return [id, flag(l1(id)), ...STAGES.map((stage) => flag(found.has(stage))), furthest];
  });
  const clauses: Record<string, string> = {
    customer: 'K1',
    potential: 'K2',
    reached: 'K3',
    handshake: 'K4',
    intent: 'K5',
    ordered: 'K6',
    repeated: 'K7',
  };
  compareList(
    LIST,
    { header: HEADERS[LIST], key: 1 },
    rows(LIST),
    expected,
    differences,
    (column) => clauses[column] ?? 'K2',
  );
  const funnel = STAGES.flatMap((stage) => {
    const ids = [...stages].filter(([, found]) => found.has(stage)).map(([id]) => id);
    return ids.length === 0 ? [] : [[stage, String(ids.length), String(ids.filter(l1).length)]];
  });
  compareList(FUNNEL, { header: HEADERS[FUNNEL], key: 1 }, rows(FUNNEL), funnel, differences, () => 'K2');
}
