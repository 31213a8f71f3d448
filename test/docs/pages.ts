import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { lexer, type Token, type Tokens, walkTokens } from 'marked';
import { REPOSITORY } from '../support/workspace.js';

/** The pages that people read, as GitHub would show them. */

export interface Page {
  /** From the root of the repository. */
  path: string;
  text: string;
  tokens: Token[];
  /** What an anchor may name. */
  slugs: string[];
  links: string[];
  /** Fenced blocks. */
  blocks: { lang: string; text: string }[];
  /** Code within a line. */
  spans: string[];
}

/** Not the build's, not the tests' own notes. */
const LEFT_OUT = /^(node_modules|dist|out|test|\.git)(\/|$)/;

function pathsBelow(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (LEFT_OUT.test(path)) return [];
    if (entry.isDirectory()) return pathsBelow(path);
    return entry.isFile() && path.endsWith('.md') ? [path] : [];
  });
}

function read(path: string): Page {
  const text = readFileSync(join(REPOSITORY, path), 'utf8').replaceAll('\r\n', '\n');
  const found: Page = { path, text, tokens: lexer(text), slugs: [], links: [], blocks: [], spans: [] };
  const slugger = new GithubSlugger();
  walkTokens(found.tokens, (token) => {
    if (token.type === 'heading') found.slugs.push(slugger.slug(plain(token.tokens ?? [])));
    if (token.type === 'link' || token.type === 'image') found.links.push(token.href as string);
    if (token.type === 'code') found.blocks.push({ lang: (token.lang as string) ?? '', text: token.text as string });
    if (token.type === 'codespan') found.spans.push(token.text as string);
  });
  return found;
}

/** What is seen of a heading. */
function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token) => ('tokens' in token && token.tokens ? plain(token.tokens) : (token as Tokens.Text).text))
    .join('');
}

export const PAGES: readonly Page[] = pathsBelow('').sort().map(read);

export function page(path: string): Page {
  const found = PAGES.find((each) => each.path === path);
  if (found === undefined) throw new Error(`there is no page ${path}`);
  return found;
}

/** What stands below a heading, up to the next one of its rank; nothing where there is no such heading. */
export function section({ tokens }: Page, heading: string): Token[] {
  const isIt = (token: Token): boolean => token.type === 'heading' && plain(token.tokens ?? []) === heading;
  const from = tokens.findIndex(isIt);
  if (from < 0) return [];
  const { depth } = tokens[from] as Tokens.Heading;
  const to = tokens.findIndex((token, at) => at > from && token.type === 'heading' && token.depth <= depth);
  return tokens.slice(from + 1, to < 0 ? undefined : to);
}

/** Up to the next heading of any rank. */
export function ownPart(whole: readonly Token[]): Token[] {
  const to = whole.findIndex((token) => token.type === 'heading');
  return whole.slice(0, to < 0 ? undefined : to);
}

/** The rows of all tables, each cell as its tokens. */
export function rows(tokens: readonly Token[]): Token[][][] {
  return tokens
    .filter((token): token is Tokens.Table => token.type === 'table')
    .flatMap((table) => table.rows.map((row) => row.map((cell) => cell.tokens)));
}

/** The code within some tokens. */
export function codeIn(tokens: readonly Token[]): string[] {
  const found: string[] = [];
  walkTokens([...tokens], (token) => {
    if (token.type === 'codespan') found.push(token.text as string);
  });
  return found;
}

export function linksIn(tokens: readonly Token[]): string[] {
  const found: string[] = [];
  walkTokens([...tokens], (token) => {
    if (token.type === 'link') found.push(token.href as string);
  });
  return found;
}

/** The code of the first cells of the tables below a heading: what a reference page lists. */
export function listed(path: string, heading: string, column = 0): string[] {
  return rows(section(page(path), heading)).flatMap((row) => codeIn(row[column] ?? []));
}

/** The text of a cell as people see it. */
export function shown(cell: readonly Token[]): string {
  return plain(cell).trim();
}
