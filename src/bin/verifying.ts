import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';
import { common } from './flags.js';
import type { Act } from './outcome.js';
import { READING } from './session.js';

interface VerifyFlags {
  all?: boolean;
  out?: string;
  root?: string;
  close?: string;
  allowedSigners?: string;
  signer?: string;
  verifyTime?: string;
}

export function addVerify(settle: Command, act: Act): void {
  common(settle.command('verify'))
    .description(
      "recompute every figure of a run folder, or of an agency's packet, from its own rows and show what differs",
    )
    .argument('[run]', 'the run folder, the id of the run, "closed" or "latest"; or the file of a packet')
    .option('--all', 'every run folder below --out, with all closes, their chain, and what stands beside the runs')
    .option('--out <dir>', 'where run folders are (default: out)')
    .option('--root <hex>', 'of a packet: the root that you have by another way')
    .option('--close <file>', 'of a packet: the close.json of its run, that you have by another way')
    .option('--allowed-signers <file>', "refuse what isn't signed by a key of this list, as ssh-keygen(1) has it")
    .option('--signer <name>', 'with --allowed-signers: who must have signed (default: anybody of the list)')
    .option('--verify-time <time>', 'with --allowed-signers: when the key must be valid, in Beijing (default: now)')
    .action((run: string | undefined, flags: VerifyFlags) =>
      act(async (context) => {
        const asked = whatToVerify(run, flags);
        const { verify, verifyAll, verifyPacketFile } = await import('../commands/verify.js');
        const { signersAsked } = await import('../closing/signers.js');
        const signers = signersAsked(flags, context.clock());
        if (asked !== undefined && statSync(asked, { throwIfNoEntry: false })?.isFile() === true)
          return verifyPacketFile(asked, { ...flags, signers }, context);
        refuseTrust(flags);
        const { folderNamed } = await import('../runs/which-runs.js');
        if (asked === undefined) return verifyAll(flags.out ?? 'out', context, signers);
        return verify(await folderNamed(asked, () => runsFolder(flags)), context, signers);
      }, READING),
    );
}

/** A run or a packet, or undefined: with --all all runs. */
function whatToVerify(run: string | undefined, { all }: VerifyFlags): string | undefined {
  const mend = say('Give a run, or --all to verify every run below --out.');
  if (all === true && run !== undefined)
    throw new SettleError('usage', say('a run folder and --all were both given'), { mend });
  if (all !== true && run === undefined)
    throw new SettleError('usage', say("missing required argument '{name}'", { name: 'run' }), { mend });
  return run;
}

/** Flags of a packet alone. */
function refuseTrust({ root, close }: VerifyFlags): void {
  if (root === undefined && close === undefined) return;
  const flag = root === undefined ? '--close' : '--root';
  throw new SettleError('usage', say('{flag} was given without a packet', { flag }), {
    mend: say('Give the file of a packet, as settle packet wrote it.'),
  });
}

/** Settings are read only where a word needs them: what is verified may lie anywhere. */
async function runsFolder({ out }: VerifyFlags): Promise<string> {
  const { readSettings } = await import('../settings/settings.js');
  return out ?? (await readSettings(undefined, process.env)).flags.out ?? 'out';
}
