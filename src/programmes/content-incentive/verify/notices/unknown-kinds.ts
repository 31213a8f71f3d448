import type { Terms } from '../figures/terms.js';

/** Kinds of accounts and of penalties that the run's inputs show and that nobody knows. */

/** The contract's own words ("Inputs"). */
const PENALTY_KINDS = new Set([
  ...['recorded', 'idle', 'multi_stream', 'vulgar', 'off_value', 'fake_trade', 'duplicate_account'],
  'agency_clustering',
]);
const ACCOUNT_KINDS = ['content', '内容型'];

export class UnknownKinds {
  /** How many anchors of inputs/anchors.csv have each kind that is none of the policy's. */
  readonly ofAccounts = new Map<string, number>();
  /** How many lines of inputs/penalties.csv have each kind that neither the policy nor the contract names. */
  readonly ofPenalties = new Map<string, number>();

  constructor(private readonly terms: Terms) {}

  account(kind: string): void {
    if (!this.knowsAccount(kind)) count(this.ofAccounts, kind);
  }

  penalty(kind: string): void {
    if (!this.knowsPenalty(kind)) count(this.ofPenalties, kind);
  }

  knowsAccount(kind: string): boolean {
    return this.terms.accountKinds.has(kind);
  }

  knowsPenalty(kind: string): boolean {
    return this.terms.penaltyKinds.has(kind) || PENALTY_KINDS.has(kind);
  }

  /** Whether an account's kind contains a known one, or is a part of one; one that another policy may name is that one itself. */
  isNearlyKnown(kind: string): boolean {
    const known = [...this.terms.accountKinds, ...ACCOUNT_KINDS];
    return known.some((one) => one !== kind && (one.includes(kind) || kind.includes(one)));
  }
}

function count(kinds: Map<string, number>, kind: string): void {
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
}
