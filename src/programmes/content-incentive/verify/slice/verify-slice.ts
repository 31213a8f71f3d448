import { decimal } from '../../../../core/money.js';
import type { Differences } from '../../../../verify/differences.js';
import { money } from '../../../../verify/figures.js';
import type { Slice, SliceFound, VerifySlice } from '../../../../verify/packet/slice.js';
import { HEADERS, OLDER_HEADERS, type OutputFile } from '../columns.js';
import { Control } from '../exports/control.js';
import { Ineligible, readIneligible } from '../exports/ineligible.js';
import { type AnchorRecord, type InputContext, readAnchors, readScarcity, Sources } from '../exports/inputs.js';
import { readPenalties } from '../exports/penalties.js';
import { Quarantine } from '../exports/quarantine.js';
import { Unsettled } from '../exports/unsettled.js';
import { Findings } from '../figures/findings.js';
import { PolicyFault } from '../figures/policy.js';
import { SessionCheck } from '../figures/sessions.js';
import { readTerms, type Terms } from '../figures/terms.js';
import { FURTHER_FILES } from '../further-files.js';
import { UnknownKinds } from '../notices/unknown-kinds.js';
import { alreadyRewarded, Cursor, SettlementWalk } from '../settlement.js';
import { checkAdjustments } from './slice-adjustments.js';
import { checkSliceNotices } from './slice-notices.js';
import { checkOwners } from './slice-owners.js';
import { byFirst, byLine, type RecordOrder, SliceRows } from './slice-rows.js';

const POLICY = 'policy.yaml';

/** Recomputes a unit's figures from its own rows alone, by the same clauses as a whole run's. */
export const verifySlice: VerifySlice = async (slice, differences) => {
  const terms = termsOf(slice, differences);
  if (terms === undefined) return { anchors: 0, sessions: 0, facts: [] };
  checkPeriod(slice, terms, differences);
  checkOwners(slice, differences);
  return new SliceCheck(slice, terms, differences).run();
};

function termsOf({ policy }: Slice, differences: Differences): Terms | undefined {
  try {
    return readTerms(policy);
  } catch (error) {
    if (!(error instanceof PolicyFault)) throw error;
    differences.add(POLICY, error.place, '', error.found, error.expected);
    return undefined;
  }
}

function checkPeriod({ facts }: Slice, terms: Terms, differences: Differences): void {
  const { id, programme, from, to } = terms;
  const asOf = facts.get('as_of') ?? '';
  const expected = {
    policy_id: id,
    period_from: from,
    period_to: to,
    ...(programme === undefined ? {} : { programme }),
  };
  for (const [name, value] of Object.entries(expected))
    differences.compare('run', name, '', facts.get(name) ?? '', value);
  if (asOf < from || asOf > to) differences.add('run', 'as_of', '', asOf, `${from} to ${to}`);
  if (!(facts.get('run_id') ?? '').startsWith(`${asOf}-`))
    differences.add('run', 'run_id', '', facts.get('run_id') ?? '', `an id that begins with ${asOf}`);
}

class SliceCheck {
  private readonly rows: SliceRows;
  private readonly asOf: string;
  private readonly context: InputContext;
  private readonly findings = new Findings();

  constructor(
    private readonly slice: Slice,
    private readonly terms: Terms,
    private readonly differences: Differences,
  ) {
    this.rows = new SliceRows(slice, differences);
    this.asOf = slice.facts.get('as_of') ?? terms.to;
    const [sources, kinds] = [new Sources(differences), new UnknownKinds(terms)];
    this.context = { terms, asOf: this.asOf, differences, sources, kinds };
  }

  async run(): Promise<SliceFound> {
    const { rows, context, differences } = this;
    const anchors = await this.read('inputs/anchors.csv', (each) => readAnchors(each, context));
    const control = new Control(context);
    if (rows.has('inputs/control.csv')) await this.read('inputs/control.csv', (each) => control.read(each), byFirst);
    const { walk, kept } = await this.walk(anchors, control);
    for (const [id, anchor] of anchors)
      if (!anchor.settled) differences.add('inputs/anchors.csv', id, '', 'a row', 'no row without a settlement');
    const waiting = await this.leftOut(anchors, control);
    for (const { file, header, read } of FURTHER_FILES)
      if (rows.has(file)) await read(rows.of(file, header), { input: context, anchors, waiting });
    if (rows.has('notices.csv')) checkSliceNotices(rows, { findings: this.findings, control }, differences);
    const due = checkAdjustments(rows, this.slice, differences);
    this.cover(walk, due);
    const { anchors: count, sessions } = walk.totals;
    return {
      anchors: count,
      sessions,
      facts: kept.map((anchor_id) => ({ fact: 'person_already_rewarded', anchor_id })),
    };
  }

  private async read<T>(
    file: OutputFile,
    read: (rows: ReturnType<SliceRows['of']>) => T | Promise<T>,
    order?: RecordOrder,
  ): Promise<T> {
    const older = OLDER_HEADERS[file];
    const [written] = this.slice.shared(file) ?? [];
    const rows = this.rows.of(file, older !== undefined && written === older ? older : HEADERS[file], order);
    const result = await read(rows);
    rows.finish();
    return result;
  }

  /** Every anchor's sessions, days and settlement. Gives those whose newcomer bonus an account of somebody else keeps. */
  private async walk(
    anchors: Map<string, AnchorRecord>,
    control: Control,
  ): Promise<{ walk: SettlementWalk; kept: string[] }> {
    const { rows, context, terms, asOf, differences, findings } = this;
    const penalties = await this.read('inputs/penalties.csv', (each) => readPenalties(each, context, anchors), byFirst);
    const held = terms.asksIneligible
      ? await this.read('inputs/ineligible.csv', (each) => readIneligible(each, context, anchors))
      : new Ineligible();
    const scarcity = await readScarcity(rows.shared('inputs/scarcity.csv', HEADERS['inputs/scarcity.csv']), context);
    const sessions = new Set<string>();
    const walk = new SettlementWalk({
      ...{
        terms,
        asOf,
        anchors,
        penalties,
        control,
        findings,
        ineligible: held,
        differences,
        statements: undefined,
        amongOthers: true,
      },
      sessions: new Cursor(rows.of('sessions.csv', HEADERS['sessions.csv']), 1),
      days: new Cursor(rows.of('days.csv', HEADERS['days.csv']), 0),
      settlement: new Cursor(rows.of('settlement.csv', HEADERS['settlement.csv']), 2),
      sessionCheck: new SessionCheck(terms, asOf, penalties, scarcity, held, differences),
      onSession: (id) => {
        if (sessions.has(id)) differences.add('sessions.csv', id, 'session_id', 'another row', 'each session once');
        sessions.add(id);
      },
      onBreath: () => undefined,
    });
    await walk.run();
    const rewarded = alreadyRewarded(walk.waiting);
    const kept = walk.waiting.filter(({ anchorId, saysRewarded }) => saysRewarded === true && !rewarded.has(anchorId));
    walk.complete(new Set([...rewarded, ...kept.map(({ anchorId }) => anchorId)]));
    return { walk, kept: kept.map(({ anchorId }) => anchorId) };
  }

  /** quarantine.csv and unsettled.csv beside it; gives the agencies of the latter. */
  private async leftOut(anchors: ReadonlyMap<string, AnchorRecord>, control: Control): Promise<Set<string>> {
    const { differences, context, terms, asOf } = this;
    const quarantine = new Quarantine('quarantine.csv', context.sources, anchors, differences);
    const of = { from: terms.from, asOf, anchors, named: control.ofSession };
    if (!this.rows.has('unsettled.csv')) return new Set();
    return this.read(
      'unsettled.csv',
      async (rows) => {
        const check = new Unsettled(rows, of, differences);
        quarantine.onSession = (row) => check.take(row);
        await this.read('quarantine.csv', (each) => quarantine.read(each), byLine);
        check.end();
        return check.agencies;
      },
      byLine,
    );
  }

  /** What the cover says follows from the rows. */
  private cover({ totals }: SettlementWalk, adjusted: string | undefined): void {
    const { cover } = this.slice;
    const total = money(totals.total);
    const due = adjusted ?? total;
    const expected = { total, closed_before: money(decimal(total).minus(decimal(due))), due };
    for (const [name, value] of Object.entries(expected))
      this.differences.compare('packet', 'cover', name, cover[name as keyof typeof cover], value);
  }
}
