import type { Rules } from './terms.js';

/** V1 to V7 over plain rows. */

export interface Publication {
  id: string;
  account: string;
  kind: string;
  at: string;
  picture: string;
  title: string;
  type: string;
}

export interface Picture {
  name: string;
  publication: string;
  use: string;
  at: string;
  text: boolean;
  watermark: boolean;
  generated: boolean;
}

/** Cells as they stand; blank where nothing was found out. */
export interface Measure {
  bytes: string;
  format: string;
  width: string;
  height: string;
  fault: string;
  terms: string;
  framePixels: string;
  edgePixels: string;
  offWhite: string;
  frame: string;
  insidePixels: string;
  insideOther: string;
}

export function faultsOfPublication({ kind, at, picture, title, type }: Publication, rules: Rules): string[] {
  if (!rules.kinds.includes(kind)) return [];
  const day = at.slice(0, 10);
  const both = rules.isOn('publication', 'needs_picture_and_title', day);
  const typed = rules.isOn('publication', 'needs_content_type', day);
  return [
    ...(both && picture === '' ? ['missing_picture'] : []),
    ...(both && title === '' ? ['missing_title'] : []),
    ...(typed && type === '' ? ['missing_content_type'] : []),
  ];
}

export function faultsOfPicture(picture: Picture, measure: Measure | undefined, rules: Rules): string[] {
  const day = picture.at.slice(0, 10);
  return [
    ...formFaults(measure, rules, day),
    ...(picture.use === 'main' ? mainFaults(picture, measure, rules, day) : []),
  ];
}

/** V3: format, size and dimensions, of every picture. */
function formFaults(measure: Measure | undefined, rules: Rules, day: string): string[] {
  const formats = rules.at('picture', 'formats', day) as string[] | undefined;
  const asked = ['formats', 'max_bytes', 'min_width', 'min_height', 'off_white', 'frame'];
  if (!asked.some((key) => rules.at('picture', key, day) !== undefined)) return [];
  if (measure === undefined) return ['not_measured'];
  const over = (cell: string, most: bigint | undefined): boolean =>
    cell !== '' && most !== undefined && BigInt(cell) > most;
  const under = (cell: string, least: bigint | undefined): boolean =>
    cell !== '' && least !== undefined && BigInt(cell) < least;
  return [
    ...(measure.terms === rules.measured ? [] : ['measured_otherwise']),
    ...(measure.fault === '' ? [] : [measure.fault]),
    ...(formats !== undefined && measure.format !== '' && !formats.includes(measure.format) ? ['format'] : []),
    ...(over(measure.bytes, rules.count('picture', 'max_bytes', day)) ? ['too_heavy'] : []),
    ...(under(measure.width, rules.count('picture', 'min_width', day)) ? ['too_narrow'] : []),
    ...(under(measure.height, rules.count('picture', 'min_height', day)) ? ['too_low'] : []),
  ];
}

/** V4 to V6, of main pictures. */
function mainFaults(picture: Picture, measure: Measure | undefined, rules: Rules, day: string): string[] {
  const pixels =
    measure !== undefined && measure.terms === rules.measured && measure.edgePixels !== '' ? measure : undefined;
  return [
    ...(pixels !== undefined && isOffWhite(pixels, rules.at('picture', 'off_white', day)) ? ['ground'] : []),
    ...(pixels !== undefined && isFramed(pixels, rules.at('picture', 'frame', day)) ? ['frame'] : []),
    ...(picture.text && rules.isOn('picture', 'no_text', day) ? ['text'] : []),
    ...(picture.watermark && rules.isOn('picture', 'no_watermark', day) ? ['watermark'] : []),
    ...(picture.generated && rules.isOn('picture', 'not_generated', day) ? ['generated'] : []),
  ];
}

type Share = { at_most?: number; at_least?: number; of: number } | undefined;

function isOffWhite({ offWhite, edgePixels }: Measure, limit: unknown): boolean {
  const share = limit as Share;
  return share !== undefined && BigInt(offWhite) * BigInt(share.of) > BigInt(share.at_most ?? 0) * BigInt(edgePixels);
}

function isFramed({ frame, framePixels, insidePixels, insideOther }: Measure, limit: unknown): boolean {
  const share = limit as Share;
  if (share === undefined || frame === '0' || BigInt(frame) > BigInt(framePixels) || insidePixels === '0') return false;
  return BigInt(insideOther) * BigInt(share.of) >= BigInt(share.at_least ?? 0) * BigInt(insidePixels);
}
