import { dirname, join } from 'node:path';
import { type FoundClose, lastRevisions } from '../close/close-file.js';
import { SettleError } from '../core/errors.js';
import { haveDaysInCommon, type ProgrammePeriod, programmeOf } from '../core/programme.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { Policy } from '../programmes/interface/policy.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';

/** A policy's days and programme, and whether it names the programme itself. */
export interface Claim extends ProgrammePeriod {
  isNamed: boolean;
}

export function claimOf({ id, programme, programmeIsNamed, period }: Policy): Claim {
  return { policy: { id }, programme, period, isNamed: programmeIsNamed };
}

/**
 * Days that another programme has closed are settled besides where both policies name their programme, and have ids of their
 * own; else the policy may be the closed one, by another id or with a slip in its programme, and would pay the days again (exit 2). A closed policy is the one of the last
 * revision, as it lies in the run's folder.
 */
export async function refuseOtherProgramme(claim: Claim, closes: readonly FoundClose[]): Promise<void> {
  const mine = programmeOf(claim);
  const others = lastRevisions(closes).filter(
    ({ close }) => programmeOf(close) !== mine && haveDaysInCommon(close, claim),
  );
  for (const other of others) {
    const isNamed = claim.isNamed && (await namesProgramme(other));
    if (!isNamed || other.close.policy.id === claim.policy.id) throw refusal(claim, other);
  }
}

async function namesProgramme({ path, close }: FoundClose): Promise<boolean> {
  const file = join(dirname(path), 'policy.yaml');
  const { policy, sha256 } = await loadPolicy(file);
  if (sha256 === close.policy.sha256) return policy.programmeIsNamed;
  throw new SettleError(
    'differs',
    say('{file} is not the policy that {from} to {to} was closed by', {
      file,
      from: close.period.from,
      to: close.period.to,
    }),
    {
      file,
      mend: say('Put the run folder back from a backup; a closed one is never changed.'),
    },
  );
}

function refusal(claim: Claim, { close }: FoundClose): SettleError {
  const [mine, theirs] = [programmeOf(claim), programmeOf(close)];
  const days = say('{from} to {to}', close.period);
  const besides = besidesOf(claim, close, { mine, theirs, days });
  return new SettleError(
    'policy',
    say(
      '{days} is closed by {id} of the programme {theirs}, and {other} of the programme {mine} would pay days of it again',
      { days, id: close.policy.id, theirs, other: claim.policy.id, mine },
    ),
    {
      closed: { close_no: close.close_no, policy_id: close.policy.id, run_id: close.run_id },
      mend: say(
        'Where it is the same programme: add "programme: {theirs}" to {id}, and it adjusts what was closed. {besides}.',
        { theirs, id: claim.policy.id, besides },
      ),
    },
  );
}

/** What to do where both are paid. */
function besidesOf(
  claim: Claim,
  close: FoundClose['close'],
  { mine, theirs, days }: { mine: string; theirs: string; days: Wording },
): Wording {
  if (close.policy.id === claim.policy.id)
    return say('Where it is another programme that is paid besides: give its policy an id of its own');
  return claim.isNamed
    ? say(
        'Where it is another programme that is paid besides: add "programme: {theirs}" to the policy {policy}, settle and close that period again with it',
        { theirs, policy: close.policy.id },
      )
    : say(
        'Where it is another programme that is paid besides: add "programme: {mine}" to {policy}; the policy that {days} was closed by must name its programme too',
        { mine, policy: claim.policy.id, days },
      );
}
