import { type Amount, ZERO } from '../../../../core/money.js';
import { dayNumber, daysLater } from '../../../../verify/calendar.js';
import { shareHolds } from '../../../../verify/figures.js';
import type { AnchorRecord } from '../exports/inputs.js';
import type { Penalties } from '../exports/penalties.js';
import { eachPart, PART_NAMES, type Part } from '../parts.js';
import type { AnchorDays, BonusCount, DaySums } from './days.js';
import type { Terms, Tier } from './terms.js';

/** C9: the dates of the newcomer window; it exists where the certification lies in the period, up to the evaluation. */
export function newcomerWindow(
  anchor: AnchorRecord,
  terms: Terms,
  asOf: string,
): { from: string; to: string } | undefined {
  const { certifiedOn } = anchor;
  if (!anchor.inScope || certifiedOn < terms.from || certifiedOn > asOf) return undefined;
  // A date that is none is reported where it is read.
  if (dayNumber(certifiedOn) < 0) return undefined;
  return { from: certifiedOn, to: daysLater(certifiedOn, terms.newcomer.windowDays) };
}

/** C10, C11: the best-paying tier whose conditions all hold. */
function bonus(tiers: readonly Tier[], count: BonusCount): Amount {
  let best = ZERO;
  for (const tier of tiers) {
    const earned = count.validDays >= tier.validDays && count.validSeconds >= tier.validSeconds;
    if (earned && tier.amount.greaterThan(best)) best = tier.amount;
  }
  return best;
}

/** What is earned, withheld, taken and paid, CNY: of an anchor, or of all of them (C7, C8, C10 to C12). */
export interface Amounts {
  gross: Amount;
  withheld: Amount;
  /** Part by part, taken away again or not. */
  earned: Readonly<Record<Part, Amount>>;
  forfeited: Amount;
  total: Amount;
}

/** An anchor's figures, as the clauses give them. */
export interface AnchorFigures extends Amounts {
  status: 'payable' | 'disqualified' | 'out_of_scope';
  validSessions: number;
  validSeconds: number;
  validDays: number;
  reasons: string;
}

/** C7 to C13 for one anchor; only C10's "once per person" waits for the person's other anchors. */
export class AnchorSettlement {
  private readonly reasons: string[] = [];
  private readonly taken = new Set<Part>();
  private earned: Record<Part, Amount>;
  private status: AnchorFigures['status'] = 'payable';

  constructor(
    anchorId: string,
    private readonly anchor: AnchorRecord,
    days: AnchorDays,
    private readonly sums: DaySums,
    terms: Terms,
    penalties: Penalties,
    isExpelled: boolean,
  ) {
    this.earned = {
      watch_time: sums.gross.minus(sums.withheld),
      attendance_bonus: bonus(terms.tiers.attendance_bonus, days.bonusCount('attendance')),
      newcomer_bonus: bonus(terms.tiers.newcomer_bonus, days.bonusCount('newcomer')),
    };
    if (!anchor.inScope) {
      this.outOfScope();
      return;
    }
    if (!days.hasNewcomerWindow) this.earned.newcomer_bonus = ZERO;
    this.disqualify(anchorId, terms, penalties, isExpelled);
    this.lowLevelShare(days, terms);
  }

  /** C10: whether the anchor stands in line for its person's one newcomer bonus. */
  get earnsNewcomer(): boolean {
    return this.earned.newcomer_bonus.greaterThan(0) && !this.taken.has('newcomer_bonus');
  }

  /** The anchor's figures, once it is known whether another anchor of the person keeps the newcomer bonus. */
  figures(personAlreadyRewarded: boolean): AnchorFigures {
    if (personAlreadyRewarded) this.take('person_already_rewarded', ['newcomer_bonus']);
    const { earned } = this;
    const forfeited = [...this.taken].reduce((sum, part) => sum.plus(earned[part]), ZERO);
    return {
      status: this.status,
      ...this.sums,
      earned,
      forfeited,
      total: PART_NAMES.reduce((sum, part) => sum.plus(earned[part]), ZERO).minus(forfeited),
      reasons: [...new Set(this.reasons)].sort().join(';'),
    };
  }

  private take(reason: string, parts: readonly Part[]): void {
    this.reasons.push(reason);
    for (const part of parts) this.taken.add(part);
  }

  /** C1: listed, paid nothing, and no other reason is looked for. Such an anchor has no valid session. */
  private outOfScope(): void {
    this.status = 'out_of_scope';
    this.reasons.push('out_of_scope');
    this.earned = eachPart(() => ZERO);
  }

  /** C12, C13, P6: a reason stands even where there is nothing to take. */
  private disqualify(anchorId: string, terms: Terms, penalties: Penalties, isExpelled: boolean): void {
    const { complianceCode, agency } = this.anchor;
    if (terms.complianceCodes.has(complianceCode)) this.take(`compliance_code:${complianceCode}`, PART_NAMES);
    for (const rule of penalties.rulesThatHold(anchorId, agency)) {
      this.take(rule.of === 'agency' ? `agency:${rule.id}` : rule.id, rule.forfeits);
    }
    if (isExpelled && terms.expelledForfeits !== undefined) this.take('expelled', terms.expelledForfeits);
    if (this.reasons.length > 0) this.status = 'disqualified';
  }

  /** C11: the share of no session at all never holds, and there must be a bonus to forfeit. */
  private lowLevelShare(days: AnchorDays, terms: Terms): void {
    const { op, share } = terms.attendance.lowLevel;
    if (this.earned.attendance_bonus.isZero() || days.counted === 0) return;
    if (shareHolds(days.low, days.counted, op, share)) this.take('low_level_share', ['attendance_bonus']);
  }
}
