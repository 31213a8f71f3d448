import { readFileSync, statSync } from 'node:fs';
import { SettleError } from '../core/errors.js';
import { jsonInHtml } from '../page/escape.js';
import { readPolicy } from '../policy/load-policy.js';
import { PROGRAM } from '../program/version.js';
import { PROGRAMMES, programmeFor } from '../programmes/registry.js';
import { PACKET_PLACE } from '../verify/packet/check-tree.js';
import { type PacketData, POLICY_TEXT, RUN_FACTS } from '../verify/packet/packet-data.js';
import { NoPacket, type ReadPacket, readPacket } from '../verify/packet/read-packet.js';
import type { Trusted } from '../verify/packet/trust.js';
import { type PacketReport, verifyPacket } from '../verify/packet/verify-packet.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { pageAround } from './packet-file.js';

/** What was found of a packet's file: its rows, and whether its page is this release's. */
export interface VerifiedFile extends PacketReport {
  /** `other_release`: it was written by another, and its page is not looked at. */
  page: 'this_release' | 'other_release' | 'differs';
  written_by: string;
  /** What the rows say and can't be recomputed from them, in words. */
  said: Wording[];
}

/** Verifies a packet by its file and what its reader has by another way. Throws `input` where it can't be read. */
export async function verifyFile(path: string, trusted: Trusted | undefined): Promise<VerifiedFile> {
  const read = readIn(path);
  const { data } = read;
  const programme = programmeIn(data, path);
  const verifySlice = await programme.sliceVerifier?.();
  if (verifySlice === undefined)
    throw unreadable(path, say('this release knows no rules {rules}', { rules: programme.name }));
  const report = await verifyPacket(data, trusted, verifySlice);
  const page = await pageOf(read, path);
  if (page === 'differs') {
    report.count += 1;
    report.differences.push({
      file: PACKET_PLACE,
      key: 'page',
      column: '',
      found: 'another page',
      expected: 'the page that this release writes around these rows',
    });
  }
  const { name, version } = data.program;
  const packets = await programme.packets?.();
  const said = report.facts.map((fact) => packets?.factSaid(fact) ?? fact.fact);
  return { ...report, page, written_by: `${name} ${version}`, said };
}

/** Bytes of a text that Node can hold. */
const LARGEST = 2 ** 28 * 1.9;

function readIn(path: string): ReadPacket {
  if (statSync(path).size > LARGEST) throw unreadable(path, say('it is larger than a packet can be'));
  try {
    return readPacket(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof NoPacket)) throw error;
    throw unreadable(path, REASONS[error.reason](error.place));
  }
}

const REASONS: Record<NoPacket['reason'], (place: string) => Wording> = {
  none: () => say('there is no packet in it'),
  two: () => say('there are two packets in it'),
  cut: () => say('the text of its packet is cut or damaged'),
  form: (place) => say('{place} is missing, unknown or of another form', { place }),
};

function unreadable(path: string, what: Wording): SettleError {
  return new SettleError('input', say('{path} is no packet that can be read: {what}', { path, what }), {
    file: path,
    mend: say(
      'Give the file as settle packet wrote it. Ask whoever sent it to send it again, if it was cut or changed on the way.',
    ),
  });
}

function programmeIn({ shared }: PacketData, path: string) {
  const facts = shared.files.find(({ file }) => file === RUN_FACTS)?.records ?? [];
  const rules = facts.find((record) => record.startsWith('rules,'))?.slice('rules,'.length);
  const programme = PROGRAMMES.find(({ name }) => name === rules);
  if (programme === undefined)
    throw unreadable(path, say('this release knows no rules {rules}', { rules: rules ?? '' }));
  return programme;
}

/** A page proves nothing, but people read it: it must show what the rows say. */
async function pageOf({ data, before, text, behind }: ReadPacket, path: string): Promise<VerifiedFile['page']> {
  const { name, version } = data.program;
  if (name !== PROGRAM.name || version !== PROGRAM.version) return 'other_release';
  if (text !== jsonInHtml(data)) return 'differs';
  const policyText = data.shared.files.find(({ file }) => file === POLICY_TEXT)?.records.join('\n') ?? '';
  try {
    const { policy } = readPolicy(Buffer.from(policyText), path);
    const packets = await programmeFor(policy).packets?.();
    const page = packets && pageAround(packets.page(data, policy), policy.rules);
    return page?.before === before && page.behind === behind ? 'this_release' : 'differs';
  } catch (error) {
    if (error instanceof SettleError) return 'differs'; // the policy can't be read, which is told too
    throw error;
  }
}
