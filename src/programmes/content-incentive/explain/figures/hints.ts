import type { Row } from '../../../../engine/duckdb/warehouse.js';
import { type Datum, type Phrase, phrase } from '../model.js';
import type { Sentence } from '../words/words-en.js';

/** What sql/quarantine has seen of a fault's cause, in words, and what fixes it. */

const SEEN: Record<string, Sentence> = {
  total_line: 'seen_total_line',
  header_line: 'seen_header_line',
  characters: 'seen_characters',
  excel_text: 'seen_excel_text',
  failed_formula: 'seen_failed_formula',
  formula: 'seen_formula',
  rounded_id: 'seen_rounded_id',
  number_id: 'seen_number_id',
  fraction_id: 'seen_fraction_id',
  apostrophe: 'seen_apostrophe',
  other_order: 'seen_other_order',
  serial_number: 'seen_serial_number',
  unix_time: 'seen_unix_time',
  no_clock: 'seen_no_clock',
  hour_24: 'seen_hour_24',
  twelve_hours: 'seen_twelve_hours',
  fraction: 'seen_fraction',
  no_such_day: 'seen_no_such_day',
  with_clock: 'seen_with_clock',
  separators: 'seen_separators',
  decimal_comma: 'seen_decimal_comma',
  exponent: 'seen_exponent',
  unit: 'seen_unit',
};

/** What of a fault's cause the cell or the row shows; null where nothing. */
export function seenIn({ hint, detail }: Row): Phrase | null {
  if (hint == null) return null;
  const sentence = SEEN[hint];
  if (sentence === undefined) throw new Error(`${hint} has no words`);
  return phrase(sentence, detail == null ? {} : { detail: detailOf(hint, detail) });
}

function detailOf(hint: string | null, detail: string): Datum {
  return hint === 'characters' ? { characters: detail } : detail;
}

/** What a cell is written without, by what is seen of it. */
const WITHOUT: Record<string, Sentence> = {
  separators: 'separators',
  unit: 'unit',
  fraction: 'fraction',
  exponent: 'exponent',
  apostrophe: 'apostrophe',
};

/** The form that a code's cells have. */
const FORMS: Record<string, string> = { bad_time: 'YYYY-MM-DD HH:MM:SS', bad_date: 'YYYY-MM-DD', bad_flag: 'Y/N' };

/** What has to be done about a fault of form; `column`: where one cell has it. */
export function fixOf({ hint, detail, code, header_width }: Row, column: Datum | undefined): Phrase {
  if (hint === 'total_line' || hint === 'header_line') return phrase('line_removed');
  if (column === undefined) return header_width == null ? phrase('row_mended') : cellsNeeded(header_width);
  if (hint === 'characters') return phrase('cell_without', { column, what: { characters: detail ?? '' } });
  if (hint === 'excel_text') return phrase('cell_without', { column, what: '="…"' });
  if (hint === 'rounded_id' || hint === 'number_id') return phrase('id_from_source', { column });
  if (hint === 'hour_24') return phrase('next_day', { column });
  const without = WITHOUT[hint ?? ''];
  if (without !== undefined) return phrase('cell_without', { column, what: phrase(without) });
  const form = ['no_such_day', 'failed_formula', 'formula'].includes(hint ?? '') ? undefined : FORMS[code ?? ''];
  if (form !== undefined) return phrase('cell_written', { column, form });
  return code === 'missing' ? phrase('cell_filled', { column }) : phrase('cell_mended', { column });
}

function cellsNeeded(headerWidth: string): Phrase {
  return phrase('row_of_cells', { cells: { count: Number(headerWidth), of: 'cell' } });
}
