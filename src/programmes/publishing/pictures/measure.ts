import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { type EdgeMeasures, type MeasureTerms, measureEdge } from './edge.js';
import { type Format, pictureFormat, type Size, sizeOf } from './header.js';
import { pixelsOfJpg, pixelsOfPng } from './pixels.js';

/** Why a picture couldn't be measured. */
export type MeasureFault = 'not_a_file' | 'too_large_to_read' | 'empty_file' | 'unreadable' | 'too_many_pixels';

/** What is known of a picture: all of it whole numbers, and nothing where it couldn't be found out. */
export interface Measured extends Partial<Size>, Partial<EdgeMeasures> {
  sha256?: string;
  bytes?: number;
  format?: Format;
  fault?: MeasureFault;
}

/** Measures a picture. What is none, or can't be read or decoded, is a fault and no failure; links aren't followed. */
export async function measure(path: string, terms: MeasureTerms): Promise<Measured> {
  const read = readPicture(path, terms);
  if ('fault' in read) return read;
  const { data } = read;
  const bytes = data.length;
  if (bytes === 0) return { bytes, fault: 'empty_file' };
  const format = pictureFormat(data);
  const known = { sha256: createHash('sha256').update(data).digest('hex'), bytes, format };
  if (format !== 'jpg' && format !== 'png') return known;
  const size = sizeOf(data, format);
  if (size === undefined) return { ...known, fault: 'unreadable' };
  if (size.width * size.height > terms.max_pixels) return { ...known, ...size, fault: 'too_many_pixels' };
  try {
    const pixels = format === 'png' ? pixelsOfPng(data) : await pixelsOfJpg(data);
    // A decoder that gives another size than the header has turned the picture, or was fooled.
    if (pixels.width * pixels.height !== size.width * size.height) return { ...known, ...size, fault: 'unreadable' };
    return { ...known, width: pixels.width, height: pixels.height, ...measureEdge(pixels, terms) };
  } catch {
    return { ...known, ...size, fault: 'unreadable' };
  }
}

function readPicture(
  path: string,
  { max_bytes }: MeasureTerms,
): { data: Buffer } | { fault: MeasureFault; bytes?: number } {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return { fault: 'not_a_file' };
  }
  try {
    const { size } = fstatSync(file);
    if (!fstatSync(file).isFile()) return { fault: 'not_a_file' };
    return size > max_bytes ? { bytes: size, fault: 'too_large_to_read' } : { data: readFileSync(file) };
  } catch {
    return { fault: 'unreadable' };
  } finally {
    closeSync(file);
  }
}
