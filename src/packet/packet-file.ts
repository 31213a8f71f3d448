import { packetAssets } from '../page/assets.js';
import { jsonInHtml } from '../page/escape.js';
import { pageParts } from '../page/html.js';
import type { Page } from '../page/model.js';
import { PACKET_ELEMENT, type PacketData, type PacketFileRows } from '../verify/packet/packet-data.js';
import { ANCHOR, CHECK, DISPUTE, SAVE } from './opened-html.js';
import type { RowReader } from './rows/row-reader.js';
import type { Piece } from './rows/share-out.js';

/** The page around a packet's text. */
export function pageAround(page: Page, programme: string): { before: string; behind: string } {
  const [read, run] = pageParts(page, {
    before: `${CHECK}${SAVE}<div id="rows">`,
    behind: `</div>${ANCHOR}${DISPUTE}`,
    assets: packetAssets(programme),
  });
  return {
    before: `${read}\n<script type="application/json" id="${PACKET_ELEMENT}">`,
    behind: `</script>${run}`,
  };
}

/** All of a packet but its groups, which are as long as the month. */
export type PacketHead = Omit<PacketData, 'groups'>;

/** A packet's text, piece by piece: JSON without blanks, its keys in the order of `PacketData`, no `<` in it. */
export function* packetText(
  head: PacketHead,
  groups: readonly { anchor: string; root: string | null; pieces: readonly Piece[] }[],
  reader: RowReader,
): Generator<string> {
  yield `${jsonInHtml(head).slice(0, -1)},"groups":[`;
  for (const [at, { anchor, root, pieces }] of groups.entries()) {
    yield `${at === 0 ? '' : ','}${jsonInHtml({ anchor, root }).slice(0, -1)},"files":[`;
    let open = '';
    for (const piece of pieces) {
      const file = reader.nameOf(piece);
      let text = '';
      if (file !== open) text = `${open === '' ? '' : ']},'}{"file":${jsonInHtml(file)},"records":[`;
      let first = file !== open;
      open = file;
      reader.each(piece, (bytes, from, to) => {
        text += `${first ? '' : ','}${recordInHtml(bytes.toString('utf8', from, to))}`;
        first = false;
      });
      yield text;
    }
    yield ']}]}';
  }
  yield ']}';
}

/** What JSON or a page would write otherwise than it is; nearly no record holds any of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const WRITTEN_OTHERWISE = /["\\<\u0000-\u001f\ud800-\udfff]/;

function recordInHtml(record: string): string {
  return WRITTEN_OTHERWISE.test(record) ? jsonInHtml(record) : `"${record}"`;
}

/** The records of some files, as they are read before a packet is written. */
export function recordsOfFiles(
  groups: readonly { pieces: readonly Piece[] }[],
  files: readonly string[],
  reader: RowReader,
): Map<string, PacketFileRows['records']> {
  const records = new Map<string, string[]>(files.map((file) => [file, []]));
  for (const { pieces } of groups)
    for (const piece of pieces) {
      const found = records.get(reader.nameOf(piece));
      if (found !== undefined) reader.each(piece, (bytes, from, to) => found.push(bytes.toString('utf8', from, to)));
    }
  return records;
}
