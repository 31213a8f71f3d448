/** What the parser's complaints mean to somebody who doesn't know YAML; the parser's own words stand beside them. */
const WORDS: Record<string, string> = {
  BAD_ALIAS: 'a text that begins with * is written in quotes',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins an escape: write it twice, or use single quotes',
  BAD_INDENT:
    'the keys of one mapping, and the items of one list, begin in the same column; or a bracket is not closed',
  BAD_SCALAR_START: 'a text that begins with this character is written in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a text that holds a colon and a space is written in quotes; one key stands on a line',
  BLOCK_IN_FLOW: 'within { } and [ ] values are written in one piece, separated by commas',
  KEY_OVER_1024_CHARS: 'a quote may not be closed',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line, followed by a colon; a quote may not be closed',
  NON_STRING_KEY: 'a key is a word',
  UNEXPECTED_TOKEN: 'something stands where it has no place: look for a stray quote, bracket or comma',
};

/** Where the parser's words would mislead, these stand alone. */
const instead = (of: string): Record<string, string> => ({
  MULTIPLE_DOCS: 'found a second document; a file holds one alone: leave out the line --- or ... and what follows it',
  RESOURCE_EXHAUSTION: `found values nested too deep; ${of} nests 7 deep at most`,
  TAB_AS_INDENT: 'found a tab; indent with spaces',
  TAG_RESOLVE_FAILED: `found a YAML tag; tags are not used in ${of}: leave it out`,
});

/** One line: what the parser found and what would be right. */
export function syntaxWords(code: string, message: string, of: string): string {
  const alone = instead(of)[code];
  if (alone !== undefined) return alone;
  const parser = message.replace(/\s+/g, ' ').slice(0, 200);
  const words = WORDS[code];
  return words === undefined ? `this is not YAML (${parser})` : `this is not YAML (${parser}); ${words}`;
}

/** Marks of a Chinese keyboard, and those that YAML knows. */
const WIDE: Record<string, string> = {
  '：': ':',
  '，': ',',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '【': '[',
  '】': ']',
};
const WIDE_MARK = new RegExp(`[${Object.keys(WIDE).join('')}]`);

/** Of a line that the parser complains of; undefined where no such mark stands outside quotes and comments. */
export function wideMarkWords(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = ''] = text.slice(start).split('\n', 1);
  const mark = WIDE_MARK.exec(line.replace(/"[^"]*"|'[^']*'| #.*/g, ''))?.[0];
  return mark && `found the mark ${mark} of a Chinese keyboard; YAML knows the half-width ${WIDE[mark]} alone`;
}
