import { readFileSync, statSync } from 'node:fs';
import { SettleError } from '../core/errors.js';
import { writeNewFile } from '../disk/new-file.js';
import { printableLine } from '../text/terminal.js';
import { disputeId, disputeText, LONGEST_CLAIM } from '../verify/dispute/dispute.js';
import { type Disputed, disputeOf } from '../verify/dispute/dispute-of.js';
import type { PacketData } from '../verify/packet/packet-data.js';
import { NoPacket, readPacket } from '../verify/packet/read-packet.js';
import type { Language } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

export interface NewDispute extends Disputed {
  /** The file to write. */
  out?: string | undefined;
}

/** `settle dispute new PACKET`: writes what the packet's reader disputes into a small new file, without a warehouse. */
export function newDispute(
  packet: string,
  asked: NewDispute,
  language: Language | undefined,
): { answer: object; text: () => string } {
  const data = packetIn(packet);
  const dispute = disputeOf(data, asked);
  if ('wrong' in dispute) throw refusedFor(dispute.wrong, asked);
  const path = asked.out ?? `dispute-${disputeId(dispute)}.json`;
  writeNewFile(path, disputeText(dispute));
  const tell = tellIn(language);
  return {
    answer: { ...dispute, id: disputeId(dispute), file: path },
    text: () => `${tell('{path}: send it to whoever gave you the packet.', { path: printableLine(path) })}\n`,
  };
}

function packetIn(path: string): PacketData {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new SettleError('usage', say('there is no packet {path}', { path }), {
      file: path,
      mend: say('Give the file of a packet, as settle packet wrote it.'),
    });
  try {
    return readPacket(readFileSync(path, 'utf8')).data;
  } catch (error) {
    if (!(error instanceof NoPacket)) throw error;
    throw new SettleError('input', say('{path} is no packet that can be read', { path }), {
      file: path,
      mend: say('To see what is wrong: settle verify {path}', { path }),
    });
  }
}

/** In words, and what to give instead. */
function refusedFor(wrong: string, { session, anchor }: NewDispute): SettleError {
  if (wrong === 'which')
    return new SettleError('usage', say('a dispute is of one session, or of one day of an anchor'), {
      mend: say('Give --session ID, or --anchor ID with --date DATE.'),
    });
  if (wrong === 'session')
    return new SettleError('usage', say('the packet has no session {session}', { session: session ?? '' }), {
      mend: say('Give the anchor who streamed it too, with --anchor ID.'),
    });
  if (wrong === 'row')
    return new SettleError('usage', say('the packet has no such row of anchor {anchor}', { anchor: anchor ?? '' }), {
      mend: say('Give ids as the packet writes them.'),
    });
  return new SettleError('usage', say('{key} of the dispute is missing or of another form', { key: wrong }), {
    key: wrong,
    mend: say(
      'A claim has at most {LONGEST_CLAIM} characters, on one line or more, and says something; ids and dates are as in the packet.',
      { LONGEST_CLAIM },
    ),
  });
}
