/** What a picture's first bytes say, before anything is decoded. */

export type Format = 'jpg' | 'png' | 'gif' | 'webp' | 'bmp' | 'tiff' | 'unknown';

const SIGNATURES: readonly [Format, readonly number[]][] = [
  ['jpg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['bmp', [0x42, 0x4d]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
];

/** The form by the content, whatever the name says. */
export function pictureFormat(data: Buffer): Format {
  if (data.toString('latin1', 0, 4) === 'RIFF' && data.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  return SIGNATURES.find(([, bytes]) => bytes.every((byte, at) => data[at] === byte))?.[0] ?? 'unknown';
}

export interface Size {
  width: number;
  height: number;
}

/** The size that the header of a JPG or PNG gives; undefined where it gives none. */
export function sizeOf(data: Buffer, format: Format): Size | undefined {
  const size = format === 'png' ? sizeOfPng(data) : format === 'jpg' ? sizeOfJpg(data) : undefined;
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
}

function sizeOfPng(data: Buffer): Size | undefined {
  if (data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

/** Markers that begin a frame (SOF0 to SOF15), but for those of tables that lie among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Markers that stand by themselves, without a length. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function sizeOfJpg(data: Buffer): Size | undefined {
  for (let at = 2; at + 9 <= data.length; ) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1] as number;
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else if (isFrame(marker)) return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    else at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}
