import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { closeIn } from '../close/close-file.js';
import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { disputesShown } from '../packet/rows/dispute-rows.js';
import { type UnitRows, unitKey } from '../packet/rows/share-out.js';
import { runShares, treeOf } from '../packet/run-shares.js';
import { packetClose, refuseOtherRoot, secretOf } from '../packet/sealed.js';
import { type PacketRun, writePackets } from '../packet/write-packets.js';
import { PROGRAM } from '../program/version.js';
import type { Packets } from '../programmes/interface/packets.js';
import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';
import { refuseWithinRun } from '../runs/shown/place.js';
import { shownRun } from '../runs/shown/shown-run.js';
import { say, tellIn } from '../words/say.js';

export interface PacketOptions {
  /** Where run folders are. */
  runs: string;
  agency?: string | undefined;
  anchor?: string | undefined;
  all?: boolean | undefined;
  /** The folder for the packets. */
  out?: string | undefined;
}

/** `settle packet RUN`: what an agency, or an anchor without one, is given: its rows, with the proof that they are all. */
export async function packet(
  run: string,
  options: PacketOptions,
  context: Context,
): Promise<{ answer: object; text: () => string }> {
  refuseUnclear(options);
  const { shown, manifest } = await shownRun(options.runs, run);
  const packets = await packetsOf(shown.policy);
  const folder = folderFor(options.out);
  context.progress('write', 'packets', 0, 0);
  const [closed] = closeIn(shown.dir);
  const out = dirname(dirname(shown.dir));
  const disputes = disputesShown(out, manifest, closed?.close);
  const made = runShares(shown.dir, { manifest, rules: shown.policy.rules, disputes }, packets);
  try {
    const units = unitsAsked(made.shares.units, options, manifest.run_id);
    const program = { name: PROGRAM.name, version: PROGRAM.version };
    const head: PacketRun = {
      ...made,
      program,
      packets,
      policy: shown.policy,
      close: packetClose(closed),
      tree: undefined,
    };
    const breathe = async (done: number, total: number): Promise<void> => {
      context.progress('write', 'packets', done, total);
      if (done % BREATH === 0) await pause();
    };
    if (closed?.close.packets !== undefined) {
      head.tree = await treeOf(made, secretOf(out), breathe);
      refuseOtherRoot(head.tree, closed.close, out);
    }
    mkdirSync(folder, { recursive: true });
    const files = await writePackets(head, units, folder, breathe);
    const seal = closed?.close.packets?.root ?? null;
    return {
      answer: { run_id: manifest.run_id, run_dir: shown.dir, root: seal, files },
      text: () => textOf(files, head, context),
    };
  } finally {
    made.reader.close();
  }
}

/** Units between two breaths. */
const BREATH = 16;

function refuseUnclear({ agency, anchor, all }: PacketOptions): void {
  const asked = [agency, anchor, all === true ? '' : undefined].filter((each) => each !== undefined);
  if (asked.length === 1) return;
  throw new SettleError(
    'usage',
    asked.length === 0 ? say("it isn't said whose packet") : say('one packet and others were asked for at once'),
    {
      mend: say('Give --agency ID, or --anchor ID of an anchor without an agency, or --all.'),
    },
  );
}

async function packetsOf(policy: Policy): Promise<Packets> {
  const packets = await programmeFor(policy).packets?.();
  if (packets !== undefined) return packets;
  throw new SettleError('usage', say('there are no packets by the rules {rules}', { rules: policy.rules }));
}

/** Where packets go: never within a run folder. */
function folderFor(out: string | undefined): string {
  const folder = resolve(out ?? '.');
  refuseWithinRun(folder, folder);
  return folder;
}

function unitsAsked(
  units: ReadonlyMap<string, UnitRows>,
  { agency, anchor, all }: PacketOptions,
  run: string,
): UnitRows[] {
  if (all === true) return [...units].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rows]) => rows);
  const key =
    agency === undefined ? unitKey({ kind: 'anchor', id: anchor ?? '' }) : unitKey({ kind: 'agency', id: agency });
  const found = units.get(key);
  if (found !== undefined) return [found];
  const said =
    agency === undefined
      ? say('run {run} has no anchor {anchor} without an agency', { run, anchor: anchor ?? '' })
      : say('run {run} has no row of agency {agency}', { run, agency });
  throw new SettleError('usage', said, {
    mend: say("Give an id as the exports write it. An anchor of an agency is in the agency's packet."),
  });
}

function textOf(files: readonly string[], { close, tree }: PacketRun, { language }: Context): string {
  const tell = tellIn(language);
  const seal =
    tree !== undefined
      ? tell('Their rows hang on the root {root}. Tell it to their readers by another way than the packet.', {
          root: close?.root ?? '',
        })
      : close === null
        ? tell('Provisional: the run is not closed, and the packet bears no seal.')
        : tell('They bear no seal: the run was closed by a release that made none.');
  return `${[...files, seal].join('\n')}\n`;
}
