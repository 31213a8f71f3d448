import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { MeasuredPictures, PictureCheck } from '../../interface/pictures.js';
import type { Policy } from '../../interface/policy.js';
import type { PublishingPolicy } from '../policy.js';
import { PUBLISHING_CODES } from '../words.js';
import type { Measured } from './measure.js';
import { measureAll } from './measure-all.js';

/** The largest count that an export's column holds. */
const MOST_COUNTED = 999_999_999;

export const PICTURE_CHECK: PictureCheck = {
  list: 'pictures.csv',
  faultSaid: (fault) => PUBLISHING_CODES[fault]?.words ?? [fault, fault],
  measure: async (folder, policy: Policy, on, onDone): Promise<MeasuredPictures> => {
    const { measure: terms } = policy as PublishingPolicy;
    const names = picturesBelow(folder);
    const paths = names.map((name) => join(folder, name));
    const found = await measureAll(paths, terms, (done) => onDone(done, paths.length));
    const shown = names.map(named);
    const { tolerance, edge_px, frame_px: frame_most_px } = terms;
    const measures = found.map((measured, at) => {
      const { bytes = 0, ...others } = measured;
      return { picture: shown[at], ...others, ...bytesOf(measured, bytes), tolerance, edge_px, frame_most_px };
    });
    const pictures = shown.map((picture) => ({ picture, picture_use: 'main', published_at: `${on} 00:00:00` }));
    return {
      pictures: names.length,
      measures: { name: 'picture_measures.csv', csv: stringify(measures, { header: true, columns: COLUMNS }) },
      asPublished: {
        'pictures.csv': stringify(pictures, { header: true, columns: ['picture', 'picture_use', 'published_at'] }),
      },
    };
  },
};

const COLUMNS = [
  ...['picture', 'sha256', 'bytes', 'format', 'width', 'height', 'fault', 'tolerance', 'edge_px', 'frame_most_px'],
  ...['edge_pixels', 'edge_off_white', 'edge_darkest', 'frame_px', 'inside_pixels', 'inside_other'],
];

function bytesOf(measured: Measured, bytes: number): { bytes?: number } {
  return measured.bytes === undefined ? {} : { bytes: Math.min(bytes, MOST_COUNTED) };
}

/** Every entry below a folder that is no folder, in byte order; links as they are; what begins with a dot is left alone. */
function picturesBelow(folder: string, below = ''): string[] {
  const entries = readdirSync(join(folder, below), { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  const names = entries.flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? picturesBelow(folder, path) : [path];
  });
  return below === '' ? names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))) : names;
}

/** A name as a cell can hold it: without characters that are no text. */
function named(path: string): string {
  return path.replace(/\p{Cc}/gu, '?').trim();
}
