import type { z } from 'zod';
import { type Table, table } from '../../engine/table.js';
import type { Finding } from '../../yaml/faults.js';
import { list, mapping as mappingOf, whole, word } from '../../yaml/leaves.js';
import type { Policy, PolicyReader } from '../interface/policy.js';
import { datedFaults, dated as datedValue, type InForce, inForce } from '../listing/dated.js';
import { aboutKeys, aboutOf, exportWord, periodFaults, truth } from '../listing/policy.js';
import { saidBoth } from '../listing/said.js';
import type { MeasureTerms } from './pictures/edge.js';

export const PUBLISHING_NAME = 'publishing';

const ONLY_DATED = saidBoth([
  'only a value directly under publication or picture can be dated',
  '只有 publication、picture 下的直接值可按日期区分',
]);
const mapping = <S extends z.ZodRawShape>(shape: S) => mappingOf(shape, ONLY_DATED);

/** A value, or dated ones (V7). */
const dated = <T extends z.ZodType>(value: T) => datedValue(value, ONLY_DATED);

const pixels = saidBoth(['pixels', '像素']);
const share = mapping({
  at_least: whole(pixels, 1, 1_000_000).optional(),
  at_most: whole(pixels, 0, 1_000_000).optional(),
  of: whole(pixels, 1, 1_000_000),
});

export const publishingShape = mapping({
  ...aboutKeys(PUBLISHING_NAME, mapping),
  publication: mapping({
    kinds: list(exportWord, saidBoth(['kinds', '类型']), 'some'),
    needs_picture_and_title: dated(truth), // V1
    needs_content_type: dated(truth), // V2
  }),
  picture: mapping({
    formats: dated(list(word(['jpg', 'png', 'gif', 'webp', 'bmp', 'tiff']), saidBoth(['formats', '格式']), 'some')), // V3
    max_bytes: dated(whole(saidBoth(['bytes', '字节']), 1, 1_000_000_000)), // V3
    min_width: dated(whole(pixels, 1, 100_000)), // V3
    min_height: dated(whole(pixels, 1, 100_000)), // V3
    off_white: dated(share), // V4
    frame: dated(share), // V5
    no_text: dated(truth), // V5
    no_watermark: dated(truth), // V5
    not_generated: dated(truth), // V6
  }),
  measure: mapping({
    tolerance: whole(saidBoth(['steps of a channel', '通道级数']), 0, 255), // V4, V5
    edge_px: whole(pixels, 1, 1_000), // V4
    frame_px: whole(pixels, 0, 1_000), // V5
    max_pixels: whole(pixels, 1, 1_000_000_000),
    max_bytes: whole(saidBoth(['bytes', '字节']), 1, 1_000_000_000),
  }),
});
type PublishingShape = z.output<typeof publishingShape>;

export interface PublishingPolicy extends Policy {
  kinds: string[];
  rules: string;
  terms: Record<string, InForce[]>;
  measure: MeasureTerms;
}

/** Rules as whole numbers: true is 1; of a share its two parts are two rules. */
function numbersOf(name: string, value: unknown): [string, number][] {
  if (typeof value === 'boolean') return [[name, value ? 1 : 0]];
  if (typeof value === 'number') return [[name, value]];
  const { at_least, at_most, of } = value as { at_least?: number; at_most?: number; of: number };
  return [
    [`${name}_limit`, at_most ?? at_least ?? 0],
    [`${name}_of`, of],
  ];
}

export const PUBLISHING_POLICY: PolicyReader = {
  shape: publishingShape,
  sense: (value) => [...periodFaults(value), ...datedFaults(value, ['publication', 'picture']), ...shareFaults(value)],
  policyOf: ({ publication, picture, measure, ...read }: PublishingShape): Omit<PublishingPolicy, 'rules'> => {
    const { kinds, clause: _clause, note: _note, ...ofPublication } = publication as Record<string, unknown>;
    const { clause: _of, note: _what, ...ofPicture } = picture as Record<string, unknown>;
    const terms = Object.entries({ ...ofPublication, ...ofPicture }).map(([name, value]) => [name, inForce(value)]);
    const { tolerance, edge_px, frame_px, max_pixels, max_bytes } = measure;
    return {
      ...aboutOf(read),
      kinds: kinds as string[],
      terms: Object.fromEntries(terms),
      measure: { tolerance, edge_px, frame_px, max_pixels, max_bytes },
    };
  },
  tables: ({ kinds, terms, measure }: PublishingPolicy): Record<string, Table> => {
    const { formats = [], ...others } = terms;
    const rules = Object.entries(others).flatMap(([name, entries]) =>
      entries.flatMap(({ from, before, value }) =>
        numbersOf(name, value).map(([rule, number]) => ({ rule, from_date: from, before_date: before, value: number })),
      ),
    );
    return {
      policy_publication_kind: table(
        { kind: 'VARCHAR' },
        [...new Set(kinds)].map((kind) => ({ kind })),
      ),
      policy_publishing: table({ rule: 'VARCHAR', from_date: 'DATE', before_date: 'DATE', value: 'BIGINT' }, rules),
      policy_picture_format: table(
        { format: 'VARCHAR', from_date: 'DATE', before_date: 'DATE' },
        formats.flatMap(({ from, before, value }) =>
          [...new Set(value as string[])].map((format) => ({ format, from_date: from, before_date: before })),
        ),
      ),
      policy_measure: table({ tolerance: 'INTEGER', edge_px: 'INTEGER', frame_px: 'INTEGER' }, [
        { tolerance: measure.tolerance, edge_px: measure.edge_px, frame_px: measure.frame_px },
      ]),
    };
  },
  sections: ['publication', 'picture', 'measure'],
  onlyDated: ONLY_DATED,
};

type Sections = Record<string, Record<string, { dated?: unknown }> | undefined>;

/** A ground says at most how much is off white, a frame at least how much within it is of another colour. */
function shareFaults(value: unknown): Finding[] {
  const picture = ((value ?? {}) as Sections).picture ?? {};
  const needed = { off_white: 'at_most', frame: 'at_least' } as const;
  return Object.entries(needed).flatMap(([key, wanted]) => {
    const entries = Array.isArray(picture[key]?.dated) ? (picture[key]?.dated as { value?: unknown }[]) : undefined;
    const values =
      entries === undefined
        ? [{ at: [], value: picture[key] as unknown }]
        : entries.map((entry, at) => ({ at: ['dated', at, 'value'], value: entry?.value }));
    return values.flatMap(({ at, value: each }) => {
      if (typeof each !== 'object' || each === null) return [];
      const keys = Object.keys(each).filter((name) => name === 'at_least' || name === 'at_most');
      if (keys.length === 1 && keys[0] === wanted) return [];
      return [
        {
          path: ['picture', key, ...at],
          found: keys.join(', '),
          expected: saidBoth([`expected the keys ${wanted} and of`, `应有 ${wanted} 和 of 两个键`]),
        },
      ];
    });
  });
}
