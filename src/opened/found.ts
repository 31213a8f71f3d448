import { readable } from '../core/money.js';
import { bothIn } from '../page/escape.js';
import type { Bilingual, PageText } from '../page/model.js';
import { tableHtml } from '../page/table.js';
import type { Difference } from '../verify/differences.js';
import { PACKET_PLACE } from '../verify/packet/check-tree.js';
import { DISPUTE_ROWS, type DisputeRow } from '../verify/packet/dispute-rows.js';
import type { NoPacket } from '../verify/packet/read-packet.js';
import type { PacketReport } from '../verify/packet/verify-packet.js';
import { inLanguage, type Wording } from '../words/said.js';
import { sayerOf } from '../words/sayer.js';
import { PACKETS_ZH } from '../words/zh/packets.js';
import { DISPUTE_HEADS } from './disputes.js';
import type { OpenedProgramme } from './programme.js';

/** What is told of packets alone: a page that everybody is given doesn't bring all words of the program along. */
const say = sayerOf(PACKETS_ZH);
const both = (text: Wording): Bilingual => [inLanguage(text, 'en'), inLanguage(text, 'zh')];

/** A report shows so many differences; all are counted. */
const SHOWN = 500;

/** What the check of a packet found, as HTML. */
export function foundSection(report: PacketReport, programme: OpenedProgramme): string {
  return report.count === 0 ? rightHtml(report, programme) : wrongHtml(report, programme);
}

function rightHtml(report: PacketReport, { factSaid }: OpenedProgramme): string {
  const { sessions, anchors, facts } = report;
  const counted = { sessions: readable(String(sessions)), anchors: readable(String(anchors)) };
  const lines = [
    both(say("Recomputed from the packet's own rows: {sessions} sessions, {anchors} anchors.", counted)),
    sealSaid(report),
    ...(report.signature === null ? [] : [signatureSaid(report)]),
    ...facts.map((fact) => both(factSaid(fact))),
  ];
  return verdict(RIGHT, lines);
}

function wrongHtml({ count, differences }: PacketReport, { placeSaid }: OpenedProgramme): string {
  // What people look for are figures; hashes say only that something below them is another.
  const isHash = ({ file }: Difference): boolean => file === PACKET_PLACE;
  const hashes = differences.filter(isHash).slice(0, SHOWN / 2);
  const figures = differences.filter((difference) => !isHash(difference)).slice(0, SHOWN - hashes.length);
  const shown = [...figures, ...hashes];
  const rows = shown.map((difference): PageText[] => {
    const { found, expected, clause } = difference;
    return [...placeOf(difference, placeSaid), found, expected, clause ?? ''];
  });
  const table = tableHtml({
    name: 'differences',
    caption: ['Each difference and its place', '每处不符及其位置'],
    columns: [
      { head: ['Where', '位置'], kind: 'text' },
      { head: ['Row', '行'], kind: 'text' },
      { head: ['Column', '列'], kind: 'text' },
      { head: ['In the packet', '包内所载'], kind: 'text' },
      { head: ['Should be', '应为'], kind: 'text' },
      { head: ['Clause', '条款'], kind: 'id' },
    ],
    rows,
  });
  const number = readable(String(count));
  const said: Bilingual = [
    count === 1 ? 'Not right: one difference.' : `Not right: ${number} differences.`,
    `不符：共 ${number} 处。`,
  ];
  return `${verdict(said, [DOUBT])}${table}${rows.length < count ? noteHtml(CUT) : ''}`;
}

/** File, row and column of a difference in words; what is of the packet itself has words here. */
export function placeOf(difference: Difference, placeSaid: OpenedProgramme['placeSaid']): PageText[] {
  const { file, key, column } = difference;
  if (file === DISPUTE_ROWS)
    return [['disputes', '异议与答复'], key, DISPUTE_HEADS[column as keyof DisputeRow] ?? column];
  if (file !== PACKET_PLACE) {
    const [place, head] = placeSaid(difference);
    return [place, key, head];
  }
  const anchor = key.startsWith(GROUP) ? key.slice(GROUP.length) : undefined;
  const row: PageText =
    anchor === undefined
      ? (PARTS[key] ?? key)
      : anchor === ''
        ? ['all rows of no anchor', '不属于主播的全部行']
        : [`all rows of ${anchor}`, `${anchor} 的全部行`];
  return [['the packet itself', '结算包本身'], row, COLUMNS[column] ?? column];
}

const GROUP = 'groups ';
const PARTS: Readonly<Record<string, PageText>> = {
  cover: ['cover', '应付'],
  close: ['close', '关账'],
  proof: ['path to the root', '至根值的路径'],
  shared: ['rows of everybody’s packet', '各结算包共有的行'],
  'shared.proof': ['path to the root, of everybody’s rows', '共有行至根值的路径'],
  unit: ['agency or anchor', '机构或主播'],
  signature: ['signature of the close', '关账的签名'],
};
const COLUMNS: Readonly<Record<string, PageText>> = {
  root: ['hash', '校验值'],
  path: ['hash', '校验值'],
  total: ['Total of the period', '本期应付合计'],
  closed_before: ['Closed before', '此前已关账'],
  due: ['Due now', '本次应付'],
  revision: ['Revision', '版次'],
  origin: ['Run', '批次'],
  key: ['key', '密钥'],
  form: ['form', '格式'],
  namespace: ['purpose', '用途'],
  text: ['what is signed', '所签内容'],
};

/** A key that comes with what it signed says nothing of whose it is. */
function signatureSaid({ seal, signature }: PacketReport): Bilingual {
  const { key = '', type = '' } = signature ?? {};
  return seal === 'signed'
    ? [
        `The close is signed with the key that you gave: ${key} (${type}).`,
        `关账已用你给出的密钥签名：${key}（${type}）。`,
      ]
    : [
        `The close is signed with the key ${key} (${type}). A key that comes inside the file shows only that the file agrees with itself: do you have this fingerprint from whoever pays you, by another way (a contract, a letter, their own site)? Compare it below.`,
        `关账已用密钥 ${key}（${type}）签名。随文件而来的密钥只说明文件自身一致：这个指纹你是否已从付款方另行获知（合同、函件、其官网）？请在下方核对。`,
      ];
}

function sealSaid({ seal, root, provisional }: PacketReport): Bilingual {
  if (seal === 'trusted') return both(say('Its rows hang on the root that you gave: {root}', { root: root ?? '' }));
  if (seal === 'signed')
    return [`Its rows hang on the root that was signed: ${root}`, `其各行归入已签名的根值：${root}`];
  if (seal === 'consistent')
    return [
      `Its rows hang on the root that stands in it: ${root}. That shows only that the packet agrees with itself. Compare the root below.`,
      `其各行归入包内的根值：${root}。这只说明结算包自身一致，请在下方核对根值。`,
    ];
  return both(
    provisional
      ? say('Provisional: the run is not closed. The packet bears no seal, and another may say something else.')
      : say('It bears no seal: the run was closed by a release that made none.'),
  );
}

/** Why the packet can't be read. */
export function unreadable({ reason, place }: NoPacket): string {
  const why = {
    none: say('there is no packet in it'),
    two: say('there are two packets in it'),
    cut: say('the text of its packet is cut or damaged'),
    form: say('{place} is missing, unknown or of another form', { place }),
  }[reason];
  const [english, chinese] = both(why);
  return verdict(
    [`This is no packet that can be read: ${english}.`, `这不是可读的结算包：${chinese}。`],
    [
      both(
        say(
          'Give the file as settle packet wrote it. Ask whoever sent it to send it again, if it was cut or changed on the way.',
        ),
      ),
    ],
  );
}

/** The check could not be done. */
export function brokenOff(error: string): string {
  return verdict(
    [`Not checked: the check broke off (${error}).`, `未核对：核对中断（${error}）。`],
    [
      [
        'Nothing below was recomputed. Open the file in another browser, or run settle verify.',
        '下列内容均未重新计算。请换一个浏览器打开，或运行 settle verify。',
      ],
    ],
  );
}

function verdict(said: PageText, lines: readonly PageText[]): string {
  return `<p class="verdict">${bothIn('span', said)}</p>${lines.map(noteHtml).join('')}`;
}

const noteHtml = (text: PageText): string => `<p>${bothIn('span', text)}</p>`;

const RIGHT: Bilingual = ['Every amount is right.', '每笔金额都正确。'];
const DOUBT: Bilingual = [
  'Somebody changed this file, or it was damaged. Don’t rely on what stands below; ask for the packet again.',
  '文件被改动或损坏。请勿以下列内容为准，并请对方重新发送。',
];
const CUT: Bilingual = [
  'There are more; settle verify --json names all of them.',
  '还有更多；settle verify --json 会列出全部。',
];

/** What stands below every result. */
export function beside(): string {
  const [english, chinese] = both(
    say(
      "What a packet doesn't show: whether every session that took place was exported (compare the control desk's own list), rows of which nobody knows whose they are, and what other agencies' rows do to yours.",
    ),
  );
  return [[english, chinese] as const, OWN_SCRIPT].map(noteHtml).join('');
}

const OWN_SCRIPT: Bilingual = [
  'This page checked itself, on your computer and without any connection. Its own script proves nothing against whoever sent it: if you doubt it, run settle verify from a copy of the program that you trust, or a verifier of your own (docs/packet.md).',
  '本页在你的电脑上自行核对，未连接任何网络。页面自带的脚本不能证明发送方无误：如有疑问，请用可信来源的程序运行 settle verify，或使用自己的核对程序（docs/packet.md）。',
];
