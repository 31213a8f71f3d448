import { bothIn, textIn } from '../page/escape.js';
import type { PageSection, PageText } from '../page/model.js';
import { sectionHtml } from '../page/section.js';
import { disputeId, disputeText } from '../verify/dispute/dispute.js';
import { type Disputed, disputeOf } from '../verify/dispute/dispute-of.js';
import type { PacketData } from '../verify/packet/packet-data.js';
import { NoPacket, readPacketText } from '../verify/packet/read-packet.js';
import { type PacketReport, verifyPacket } from '../verify/packet/verify-packet.js';
import { disputesSection } from './disputes.js';
import { beside, brokenOff, foundSection, unreadable } from './found.js';
import type { OpenedProgramme } from './programme.js';
import { tableBook } from './table-book.js';

/** What the page's script is given to show; every text of it is HTML in both languages. */
export interface OpenedPage {
  titles: { en: string; zh: string };
  heading: string;
  about: string;
  contents: string;
  main: string;
  anchors: readonly (readonly [id: string, name: string])[];
}

/** How a check ended; `wrong` where anything differs, `broken` where it could not be done. */
export interface CheckedPacket {
  state: 'right' | 'wrong' | 'broken';
  html: string;
}

/** What a packet's own page does with it: the same verification as the command's, and all its rows for people to read. */
export function openedBy(programme: OpenedProgramme) {
  return {
    /** The packet, or why it can't be read as HTML. `elements`: how many elements of a packet the page has. */
    read(text: string, elements: number): { data: PacketData } | { fault: string } {
      try {
        if (elements > 1) throw new NoPacket('two');
        return { data: readPacketText(text) };
      } catch (error) {
        return { fault: unreadable(error instanceof NoPacket ? error : new NoPacket('cut')) };
      }
    },

    page(data: PacketData): OpenedPage {
      const { title, about, sections } = programme.page(data);
      const made = [...sections, () => disputesSection(data)].flatMap(madeOr);
      const anchors = programme.anchors(data);
      return {
        titles: { en: textIn('en', title), zh: textIn('zh', title) },
        heading: bothIn('span', title),
        about: bothIn('span', about),
        contents: [CHECK, ...made, ...(anchors.length === 0 ? [] : OFFERED)].map(entryHtml).join(''),
        main: made.map(sectionHtml).join('\n'),
        anchors,
      };
    },

    /** What stands below every result. */
    beside,

    statement(data: PacketData, anchor: string): string {
      return madeOr(() => programme.statement(data, anchor), 0)
        .map(sectionHtml)
        .join('\n');
    },

    /** The file of a dispute, as `settle dispute new` writes it; undefined where what the reader filled in is none. */
    dispute(data: PacketData, asked: Disputed): { name: string; text: string } | undefined {
      const dispute = disputeOf(data, asked);
      if ('wrong' in dispute) return undefined;
      return { name: `dispute-${disputeId(dispute)}.json`, text: disputeText(dispute) };
    },

    /** Tables of the page as a workbook. */
    book: tableBook,

    /** Verifies it; `pasted` is what the reader has by another way, a root or a key's fingerprint; '' where that is nothing. */
    async check(data: PacketData, pasted: string): Promise<CheckedPacket> {
      const key = pasted.startsWith('SHA256:') ? 'fingerprint' : 'root';
      let report: PacketReport;
      try {
        report = await verifyPacket(data, pasted === '' ? undefined : { [key]: pasted }, programme.verifySlice);
      } catch (error) {
        return { state: 'broken', html: brokenOff(String(error)) };
      }
      return { state: report.count === 0 ? 'right' : 'wrong', html: foundSection(report, programme) };
    },
  };
}

/** Sections that stand in the page already. */
const CHECK = { name: 'check', title: ['Check', '核对'] } as const;
const OFFERED = [
  { name: 'anchor', title: ['Statement of one anchor', '单个主播对账单'] },
  { name: 'dispute', title: ['Dispute', '提出异议'] },
] as const;

function entryHtml({ name, title }: Pick<PageSection, 'name' | 'title'>): string {
  return `<li><a href="#${name}">${bothIn('span', title)}</a></li>`;
}

/** Sections, or a note where cells that somebody changed can't be shown. */
function madeOr(make: () => readonly PageSection[], at: number): readonly PageSection[] {
  try {
    const sections = make();
    // Sums are made with the HTML, which fails there too.
    for (const section of sections) sectionHtml(section);
    return sections;
  } catch {
    return [{ name: `unshown-${at}`, title: UNSHOWN[0], blocks: [{ note: UNSHOWN[1] }] }];
  }
}

const UNSHOWN: readonly [PageText, PageText] = [
  ['Not shown', '无法显示'],
  [
    'Rows of this part have another form than any release writes, and can’t be shown.',
    '此部分的行格式与任何版本写出的都不同，无法显示。',
  ],
];
