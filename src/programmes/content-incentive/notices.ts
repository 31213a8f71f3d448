import { type Table, table } from '../../engine/table.js';
import { ACCOUNT_KINDS, PENALTY_KINDS } from '../exports/words.js';
import type { NoticeCode } from '../interface/notices.js';
import type { IncentivePolicy } from './policy/to-policy.js';
import { OWN_NOTICES_ZH } from './words/notices.js';

/** Codes of the contract that only this programme knows (contract, "Notices"). */
export const OWN_NOTICES: Readonly<Record<string, NoticeCode>> = {
  track_unused: {
    scope: 'rows',
    severity: 'info',
    fix: 'Write the track in the scarcity table as the sessions do, and run again.',
    chinese: OWN_NOTICES_ZH.track_unused,
  },
  index_overdue: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Put the newer scarcity table among the exports, if there is one, and run again.',
    chinese: OWN_NOTICES_ZH.index_overdue,
  },
  ineligible_no_session: {
    scope: 'rows',
    severity: 'attention',
    fix: 'Give the start of the session that is meant as the sessions export has it, and run again.',
    chinese: OWN_NOTICES_ZH.ineligible_no_session,
  },
  ineligible_ignored: {
    scope: 'place',
    severity: 'attention',
    fix: "List the cause under the policy's valid_session.ineligible and run again; or accept it, if these sessions are to be paid.",
    chinese: OWN_NOTICES_ZH.ineligible_ignored,
  },
};

/** The words that the policy or the contract names: `named_penalty_kind`, `named_account_kind`. */
export function noticeTables(policy: IncentivePolicy): Record<string, Table> {
  const accounts = [...new Set([...policy.scope.account_kinds, ...Object.entries(ACCOUNT_KINDS).flat()])];
  return {
    named_penalty_kind: table(
      { kind: 'VARCHAR' },
      [...penaltyKinds(policy)].map((kind) => ({ kind })),
    ),
    named_account_kind: table(
      { account_kind: 'VARCHAR' },
      accounts.map((account_kind) => ({ account_kind })),
    ),
  };
}

/** Every penalty kind that the policy names on any of its days, or the contract. */
function penaltyKinds({ valid_session, disqualification }: IncentivePolicy): Set<string> {
  const dated = valid_session.invalidating_penalties.flatMap(({ value }) => value);
  return new Set([
    ...Object.keys(PENALTY_KINDS),
    ...dated,
    ...disqualification.penalties.flatMap(({ kinds }) => kinds),
  ]);
}
