/** Columns whose cells may hold characters beyond ASCII; in every other such a character breaks the column's form. */
const TEXT_COLUMNS = new Set([
  ...[
    'nickname',
    'name',
    'account_kind',
    'track',
    'file',
    'source_file',
    'subject',
    'value',
    'message',
    'needs',
    'needs_zh',
  ],
]);

/** Text columns of few texts, which stand in many rows each. */
const REPEATED = new Set(['account_kind', 'track', 'file', 'source_file']);

/** The places of the text columns in a header: those of few texts, and those whose texts mostly stand in one row. */
export interface TextPlaces {
  repeated: readonly number[];
  single: readonly number[];
}

export function textPlaces(header: string): TextPlaces {
  const columns = header.split(',');
  const places = columns.flatMap((column, place) => (TEXT_COLUMNS.has(column) ? [place] : []));
  const isRepeated = (place: number): boolean => REPEATED.has(columns[place] ?? '');
  return { repeated: places.filter(isRepeated), single: places.filter((place) => !isRepeated(place)) };
}
