import type { Command } from 'commander';
import type { CloseOptions } from '../commands/close.js';
import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';
import { common, ofDatabase, ofWarehouse } from './flags.js';
import type { Act } from './outcome.js';
import { REVIEWING } from './paying.js';
import { RESTORING, SIGNING } from './session.js';

type Flags = Omit<CloseOptions, 'by'> & { by?: string; restore?: boolean; review?: boolean };

/** `settle close`, and what is done to closes besides. */
export function addClose(settle: Command, act: Act): void {
  const close = common(settle.command('close'))
    .description('close a period with the run that it is paid by; with --restore, write closes that are missing')
    .argument('[run]', 'the id of the run, its folder, "closed" or "latest"')
    .option('--by <name>', 'who closes it')
    .option('--note <text>', 'a remark to keep with the close')
    .option('--accept-quarantine <sha256>', 'the sha256 of quarantine.csv: accept that its rows are not paid');
  close
    .option('--new-packet-secret', 'the secret of packets is lost for good: make another')
    .option('--restore', 'write closes and payments that stand in the folder or in the warehouse alone into the other')
    .option(
      '--sign <key>',
      'sign the close with this OpenSSH key, by ssh-keygen; without --by, a run that is closed already',
    )
    .option('--review', 'say that another person than who closed it has looked at the close of the run');
  ofDatabase(ofWarehouse(close)).action((run: string | undefined, flags: Flags) =>
    act(async (context) => {
      if (flags.restore === true) {
        refuseBeside(run, flags);
        return (await import('../closing/restore.js')).restoreCloses(flags, context);
      }
      if (flags.review === true) {
        refuseAccepting(flags);
        return (await import('../paying/review.js')).reviewClose(...lackingNothing(run, flags), context);
      }
      if (flags.sign !== undefined && flags.by === undefined && run !== undefined) {
        const { sign } = flags;
        refuseOfClose(flags);
        return (await import('../closing/sign-closed.js')).signClosed(run, { ...flags, sign }, context);
      }
      return (await import('../commands/close.js')).close(...lackingNothing(run, flags), context);
    }, stopOf(flags)),
  );
}

function stopOf({ restore, review, sign, by }: Flags) {
  if (restore === true) return RESTORING;
  if (review === true) return REVIEWING;
  return sign !== undefined && by === undefined ? SIGNING : undefined;
}

/** What is kept with a close, and can't be added to one. */
function refuseOfClose(flags: { note?: unknown; acceptQuarantine?: unknown; newPacketSecret?: unknown }): void {
  const given = {
    '--note': flags.note,
    '--accept-quarantine': flags.acceptQuarantine,
    '--new-packet-secret': flags.newPacketSecret,
  };
  const one = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (one === undefined) return;
  throw new SettleError('usage', say('{one} was given without --by', { one }), {
    mend: say(
      'To close and sign: settle close RUN --by NAME --sign KEY. To sign what is closed already, give --sign alone.',
    ),
  });
}

/** What a close needs. */
function lackingNothing(run: string | undefined, flags: { by?: string; out: string }): [string, CloseOptions] {
  const { by } = flags;
  if (run !== undefined && by !== undefined) return [run, { ...flags, by }];
  const what =
    run === undefined
      ? say("missing required argument '{name}'", { name: 'run' })
      : say("required option '{flag}' not specified", { flag: '--by <name>' });
  throw new SettleError('usage', what, { mend: say('See {command} --help.', { command: 'settle close' }) });
}

/** A review seals nothing, so it accepts nothing. */
function refuseAccepting({ acceptQuarantine, sign }: { acceptQuarantine?: unknown; sign?: unknown }): void {
  if (sign !== undefined)
    throw new SettleError('usage', say('--review and --sign were both given'), {
      mend: say('Sign the close first, or later: settle close RUN --sign KEY.'),
    });
  if (acceptQuarantine === undefined) return;
  throw new SettleError('usage', say('--review and --accept-quarantine were both given'), {
    mend: say('Whoever closes the run accepts its rows; a review says that the close was looked at.'),
  });
}

/** What a restore has no use for. */
function refuseBeside(
  run: string | undefined,
  flags: { by?: string; note?: unknown; acceptQuarantine?: unknown; sign?: unknown; review?: unknown },
): void {
  const given = Object.entries({
    run,
    '--by': flags.by,
    '--note': flags.note,
    '--accept-quarantine': flags.acceptQuarantine,
    '--sign': flags.sign,
    '--review': flags.review,
  });
  const [one] = given.filter(([, value]) => value !== undefined).map(([name]) => name);
  if (one === undefined) return;
  throw new SettleError(
    'usage',
    say('--restore and {one} were both given', { one: one === 'run' ? say('a run') : one }),
    {
      mend: say('Restore first: settle close --restore. Then close the run.'),
    },
  );
}
