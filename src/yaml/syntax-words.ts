/** What the parser's complaints mean to somebody who doesn't know YAML; the parser's own words stand beside them. */
const WORDS: Record<string, string> = {
  BAD_ALIAS: 'put quotes around a text that begins with *',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins an escape: write it twice, or use single quotes',
  BAD_INDENT:
    'the keys of one mapping, and the items of one list, must begin in the same column; or a bracket is not closed',
  BAD_SCALAR_START: 'put quotes around a text that begins with this character',
  BLOCK_AS_IMPLICIT_KEY: 'put quotes around a text that contains a colon and a space; write one key per line',
  BLOCK_IN_FLOW: 'inside { } and [ ] separate the values by commas, without indented lines',
  KEY_OVER_1024_CHARS: 'perhaps a quote is not closed',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'write a key on one line, followed by a colon; perhaps a quote is not closed',
  NON_STRING_KEY: 'a key must be a word',
  UNEXPECTED_TOKEN: 'something is out of place: look for a stray quote, bracket or comma',
};

/** Where the parser's words would mislead, these stand alone. */
const instead = (of: string): Record<string, string> => ({
  MULTIPLE_DOCS: 'found a second document; a file may hold only one: remove the line --- or ... and what follows it',
  RESOURCE_EXHAUSTION: `found values nested too deep; ${of} has at most 7 levels`,
  TAB_AS_INDENT: 'found a tab; indent with spaces',
  TAG_RESOLVE_FAILED: `found a YAML tag; tags are not allowed in ${of}: remove it`,
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
  return mark && `found the full-width mark ${mark}; type the half-width ${WIDE[mark]} instead`;
}
