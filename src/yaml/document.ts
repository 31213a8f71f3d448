import {
  CST,
  type Document,
  isAlias,
  isDocument,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
} from 'yaml';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { type Finding, keyText, type Path, quoted } from './faults.js';
import { syntaxWords, wideMarkWords } from './syntax-words.js';

/** Where a value stands in the text and how a person would name it. */
export interface Place {
  offset: number;
  found: Wording;
}

/** A YAML text as plain values, with the place of each and what is wrong with the writing itself. */
export interface Read {
  value: unknown;
  /** By `keyText` of the path. */
  places: Map<string, Place>;
  /** Faults of YAML, by offset: what follows the first may be misread, so nothing else was checked. */
  syntax: { offset: number; message: Wording }[];
  /** Valid YAML that isn't allowed here: repeated keys, aliases, marks, tags. */
  findings: Finding[];
  lines: LineCounter;
}

/** A policy nests 7 deep, settings not at all; hostile nesting costs a parser memory by the square. */
const DEEPEST = 20;

/** Words and marks; the largest policy has some hundreds. Bounds the time that a hostile megabyte can take to some seconds. */
const MOST_LEXEMES = 100_000;

/** A whole number as YAML 1.2 and JSON agree on it: 0x1E, 3e1, 30.0 and 030 mean other things elsewhere. */
const PLAIN_NUMBER = /^(0|-?[1-9]\d*)$/;

/** `of`: what the text is, for the messages: a policy. */
export function readYaml(text: string, of: Wording): Read {
  const lines = new LineCounter();
  const nothing = { value: undefined, places: new Map(), findings: [], lines };
  const excess = tooMuch(text, of);
  if (excess !== undefined) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
    lines.lineStarts.unshift(0);
    return { ...nothing, syntax: [excess] };
  }
  // uniqueKeys: the parser's own check compares every key with every other. Repeats are found below.
  const doc = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const syntax = syntaxFaultsOf(doc, text, of);
  if (doc.directives.yaml.version !== '1.2') {
    syntax.push({ offset: 0, message: say('found a %YAML directive; remove it: {of} is always YAML 1.2', { of }) });
  }
  // An unknown directive is but a warning to the parser; tags, which it warns of too, are found below.
  for (const { pos, code } of doc.warnings) {
    if (code === 'BAD_DIRECTIVE') {
      syntax.push({
        offset: pos[0],
        message: say('found a line that begins with %; remove it: {of} has no directives', { of }),
      });
    }
  }
  if (syntax.length > 0) return { ...nothing, syntax };
  if (doc.contents === null || (isScalar(doc.contents) && doc.contents.source === '')) {
    return {
      ...nothing,
      syntax: [{ offset: 0, message: say('the file is empty; {of} needs keys with their values', { of }) }],
    };
  }
  const { places, findings } = survey(doc, of);
  return { value: doc.toJS(), places, findings, syntax, lines };
}

/** What the parser complains of. After a full-width mark hardly anything is what was meant, so it is the last fault to be told. */
function syntaxFaultsOf({ errors }: Document, text: string, of: Wording): Read['syntax'] {
  const faults: Read['syntax'] = [];
  for (const { pos, code, message } of errors) {
    const [offset] = pos;
    const wide = wideMarkWords(text, offset);
    faults.push({ offset, message: wide ?? syntaxWords(code, message, of) });
    if (wide !== undefined) break;
  }
  return faults;
}

/** What the lexer puts in between; the text doesn't hold them. */
const MARKERS = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** Looks at the words alone, before anything is built of them. */
function tooMuch(text: string, of: Wording): { offset: number; message: Wording } | undefined {
  let offset = 0;
  let lexemes = 0;
  let brackets = 0;
  let indicators = 0; // `- - -` and `? ? ?` nest within one line
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    if (type === 'flow-seq-start' || type === 'flow-map-start') brackets++;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') brackets = Math.max(0, brackets - 1);
    else if (type === 'newline') indicators = 0;
    else if (brackets === 0 && /-ind$/.test(type ?? '')) indicators++;
    if (brackets > DEEPEST || indicators > DEEPEST) {
      return {
        offset,
        message: say('found values nested more than {DEEPEST} deep; {of} has at most 7 levels', { DEEPEST, of }),
      };
    }
    if (++lexemes > MOST_LEXEMES) {
      return { offset, message: say('found more than 100,000 words and marks; {of} has a few hundred', { of }) };
    }
    if (!MARKERS.has(lexeme)) offset += lexeme.length;
  }
  return undefined;
}

/**
 * Goes once over the document: notes every place, and takes out what must not reach the values. An alias becomes
 * nothing, so that no alias is ever expanded; of a repeated key the first stands.
 */
function survey(doc: Document, of: Wording): { places: Map<string, Place>; findings: Finding[] } {
  const places = new Map<string, Place>();
  const findings: Finding[] = [];
  const paths = new Map<unknown, Path>();
  visit(doc, {
    Pair(_, pair, ancestors) {
      const path = [...(paths.get(ancestors.at(-1)) ?? []), keyOf(pair)];
      paths.set(pair, path);
      const key = keyText(path);
      if (path.at(-1) === '__proto__') {
        // Not left to the schema: copying objects drops this key in silence.
        findings.push({
          path,
          offset: offsetOf(pair.key),
          unknownKey: true,
          expected: say('remove it: {of} has no such key', { of }),
        });
        return visit.REMOVE;
      }
      if (places.has(key)) {
        const expected = say('a mapping may have each key once: remove one of them');
        findings.push({ path, offset: offsetOf(pair.key), found: say('the key a second time'), expected });
        return visit.REMOVE;
      }
      const own = isScalar(pair.value) && pair.value.value !== null;
      const offset = offsetOf(own ? pair.value : pair.key);
      places.set(key, { offset, found: describe(pair.value as Node | null) });
      return undefined;
    },
    Node(step, node, ancestors) {
      const parent = ancestors.at(-1);
      const base = isDocument(parent) ? [] : (paths.get(parent) ?? []);
      const path = isSeq(parent) && typeof step === 'number' ? [...base, step] : base;
      if (step !== 'key') {
        paths.set(node, path);
        const key = keyText(path);
        if (!isPair(parent) && !places.has(key)) places.set(key, { offset: offsetOf(node), found: describe(node) });
      }
      findings.push(...unwanted(node, path, of));
      if (isAlias(node)) return new Scalar(null);
      if (isScalar(node) && typeof node.value === 'number' && !PLAIN_NUMBER.test(node.source ?? '')) node.value = NaN;
      return undefined;
    },
  });
  return { places, findings };
}

function unwanted(node: Node, path: Path, of: Wording): Finding[] {
  if (isAlias(node)) {
    const found = say('the alias {alias}', { alias: quoted(`*${node.source}`) });
    return [{ path, found, expected: say('aliases are not allowed in {of}: write the value out', { of }) }];
  }
  const findings: Finding[] = [];
  if (node.anchor !== undefined) {
    const found = say('the YAML mark {mark}', { mark: quoted(`&${node.anchor}`) });
    findings.push({ path, found, expected: say('marks for aliases are not allowed in {of}: remove it', { of }) });
  }
  if (node.tag !== undefined) {
    findings.push({
      path,
      found: say('the YAML tag {tag}', { tag: quoted(node.tag) }),
      expected: say('tags are not allowed in {of}: remove it', { of }),
    });
  }
  return findings;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

/** A value in words, numbers as the file writes them. */
function describe(node: Node | null): Wording {
  if (isMap(node)) return say('a mapping');
  if (isSeq(node)) return say(node.items.length === 0 ? 'an empty list' : 'a list');
  if (!isScalar(node) || node.value === null) return say('no value');
  if (typeof node.value === 'string')
    return node.value === '' ? say('an empty text') : say('the text {text}', { text: quoted(node.value) });
  const written = (node.source ?? String(node.value)).slice(0, 60);
  return say(typeof node.value === 'number' ? 'the number {written}' : 'the value {written}', { written });
}
