/**
 * RFC 4180 as the contract has it, read character by character: an independent count of what a file holds. Quotes
 * open only at the start of a cell; LF and CRLF end a record; a lone CR is a character; a line of blank cells, or none, is no record.
 */
export interface CsvRecord {
  /** Where it starts; the header is line 1 unless empty lines stand before it. */
  line: number;
  cells: string[];
}

/** The records of a text, or undefined where their boundaries are uncertain. */
export function recordsOf(text: string): CsvRecord[] | undefined {
  const records: CsvRecord[] = [];
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  let cell = '';
  let state: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
  const endRecord = (): void => {
    const made = [...cells, cell];
    if (made.some((each) => !/^[ \t]*$/.test(each))) records.push({ line: start, cells: made });
    [cells, cell, state] = [[], '', 'start'];
    line += 1;
    start = line;
  };
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at += 1) {
    const char = text[at] as string;
    const crlf = char === '\r' && text[at + 1] === '\n';
    if (state === 'quoted') {
      if (char !== '"') {
        cell += char;
        if (char === '\n') line += 1;
      } else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else state = 'closed';
    } else if (char === '\n' || crlf) {
      if (crlf) at += 1;
      endRecord();
    } else if (char === ',') {
      cells.push(cell);
      [cell, state] = ['', 'start'];
    } else if (char === '"') {
      if (state !== 'start') return undefined;
      state = 'quoted';
    } else {
      if (state === 'closed') return undefined;
      cell += char;
      state = 'bare';
    }
  }
  if (state === 'quoted') return undefined;
  if (cells.length > 0 || state !== 'start') endRecord();
  return records;
}

/** Text of bytes, or undefined where they are no UTF-8, or hold a NUL. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Records below the header, or undefined where a file's text, quotes or header can't be taken. */
export function rowsIn(bytes: Uint8Array): CsvRecord[] | undefined {
  const text = textOf(bytes);
  const records = text === undefined ? undefined : recordsOf(text);
  const [header, ...rows] = records ?? [];
  return header === undefined || header.cells.at(-1)?.endsWith('\r') ? undefined : rows;
}
