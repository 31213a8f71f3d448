import type { Said, Wording } from '../words/said.js';
import { say } from '../words/say.js';

/** What the parser's complaints mean to somebody who doesn't know YAML; the parser's own words stand beside them. */
const WORDS: Record<string, Said> = {
  BAD_ALIAS: say('put quotes around a text that begins with *'),
  BAD_DQ_ESCAPE: say('a backslash in double quotes begins an escape: write it twice, or use single quotes'),
  BAD_INDENT: say(
    'the keys of one mapping, and the items of one list, must begin in the same column; or a bracket is not closed',
  ),
  BAD_SCALAR_START: say('put quotes around a text that begins with this character'),
  BLOCK_AS_IMPLICIT_KEY: say('put quotes around a text that contains a colon and a space; write one key per line'),
  BLOCK_IN_FLOW: say('inside { } and [ ] separate the values by commas, without indented lines'),
  KEY_OVER_1024_CHARS: say('perhaps a quote is not closed'),
  MISSING_CHAR: say('a quote, bracket, comma or colon is missing'),
  MULTILINE_IMPLICIT_KEY: say('write a key on one line, followed by a colon; perhaps a quote is not closed'),
  NON_STRING_KEY: say('a key must be a word'),
  UNEXPECTED_TOKEN: say('something is out of place: look for a stray quote, bracket or comma'),
};

/** Where the parser's words would mislead, these stand alone. */
const instead = (of: Wording): Record<string, Said> => ({
  MULTIPLE_DOCS: say(
    'found a second document; a file may hold only one: remove the line --- or ... and what follows it',
  ),
  RESOURCE_EXHAUSTION: say('found values nested too deep; {of} has at most 7 levels', { of }),
  TAB_AS_INDENT: say('found a tab; indent with spaces'),
  TAG_RESOLVE_FAILED: say('found a YAML tag; tags are not allowed in {of}: remove it', { of }),
});

/** One line: what the parser found and what would be right. */
export function syntaxWords(code: string, message: string, of: Wording): Said {
  const alone = instead(of)[code];
  if (alone !== undefined) return alone;
  const parser = message.replace(/\s+/g, ' ').slice(0, 200);
  const words = WORDS[code];
  return words === undefined
    ? say('this is not YAML ({parser})', { parser })
    : say('this is not YAML ({parser}); {words}', { parser, words });
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
export function wideMarkWords(text: string, offset: number): Said | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = ''] = text.slice(start).split('\n', 1);
  const mark = WIDE_MARK.exec(line.replace(/"[^"]*"|'[^']*'| #.*/g, ''))?.[0];
  return mark === undefined
    ? undefined
    : say('found the full-width mark {mark}; type the half-width {half} instead', { mark, half: WIDE[mark] as string });
}
