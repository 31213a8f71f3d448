import { inflateSync } from 'node:zlib';
import { default as decodeJpg, init } from '@jsquash/jpeg/decode.js';
import { convertIndexedToRgb, decode as decodePng } from 'fast-png';
import { decoderBytes } from './decoder-bytes.js';
import type { Size } from './header.js';

/** The decoded pixels of a picture. */
export interface Pixels extends Size {
  /** Whole numbers from 0 to `full`, channel by channel. */
  data: ArrayLike<number>;
  /** 1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha. */
  channels: number;
  /** What a channel of white has. */
  full: number;
}

/** Node has it, and its types don't. */
declare const WebAssembly: { Module: new (bytes: Uint8Array) => object };

/** The decoder of JPG takes a module and where it prints, which its types don't say. */
const startDecoder = init as unknown as (module: object, options: object) => Promise<void>;

let ready: Promise<void> | undefined;

/** A JPG as red, green, blue and alpha. Throws where it can't be decoded, or ends before it is over. */
export async function pixelsOfJpg(data: Buffer): Promise<Pixels> {
  if (data.lastIndexOf(END_OF_JPG) < 0) throw new RangeError('cut off');
  ready ??= startDecoder(new WebAssembly.Module(decoderBytes()), SILENT);
  try {
    await ready;
    const { width, height, data: pixels } = await decodeJpg(new Uint8Array(data).buffer);
    return { width, height, data: pixels, channels: 4, full: 255 };
  } catch (error) {
    ready = undefined; // what has failed once isn't trusted with the next picture
    throw error;
  }
}

const END_OF_JPG = Buffer.from([0xff, 0xd9]);
const SILENT = { print: () => undefined, printErr: () => undefined };

/** A PNG in its own channels; a palette as the colours that it stands for. Throws where it can't be decoded. */
export function pixelsOfPng(data: Buffer): Pixels {
  refuseSwollen(data);
  const decoded = decodePng(data);
  const { width, height, depth, palette } = decoded;
  if (palette !== undefined) {
    return { width, height, data: convertIndexedToRgb(decoded), channels: palette[0]?.length ?? 3, full: 255 };
  }
  const full = 2 ** depth - 1;
  if (depth >= 8) return { width, height, data: decoded.data, channels: decoded.channels, full };
  return { width, height, data: unpacked(decoded.data, width, height, depth), channels: decoded.channels, full };
}

/** Grey of fewer than 8 bits has several pixels in a byte; each line begins with a byte of its own. */
function unpacked(data: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const line = Math.ceil((width * depth) / 8);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const bit = x * depth;
      const byte = data[y * line + (bit >> 3)] ?? 0;
      pixels[y * width + x] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
    }
  return pixels;
}

/** A few bytes may unpack to any number: more than the header's size needs is refused before it takes room. */
function refuseSwollen(data: Buffer): void {
  const parts: Buffer[] = [];
  for (let at = 8; at + 12 <= data.length; ) {
    const length = data.readUInt32BE(at);
    if (data.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(data.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [width, height, depth, kind] = [data.readUInt32BE(16), data.readUInt32BE(20), data[24] ?? 8, data[25] ?? 6];
  const channels = [1, 1, 3, 1, 2, 1, 4][kind] ?? 4;
  const lines = Math.ceil((width * channels * depth) / 8) + 1;
  const interlaced = data[28] === 0 ? 0 : 2 * (width + height) * channels * 2 + 64; // seven passes, each line rounded up
  inflateSync(Buffer.concat(parts), { maxOutputLength: lines * height + interlaced + height * 2 });
}
