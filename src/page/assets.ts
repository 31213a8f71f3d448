import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from '../disk/package-folder.js';
import { BROWSER, SCRIPTS, STYLES } from './browser-files.js';

/** The page's own style and script, as they were when the program was put together; not there where it runs from the sources. */
declare const PAGE_STYLE: string | undefined;
declare const PAGE_SCRIPT: string | undefined;

const fromSources = (names: readonly string[]): string =>
  names.map((name) => readFileSync(join(PACKAGE, BROWSER, name), 'utf8')).join('');

export function pageStyle(): string {
  return typeof PAGE_STYLE === 'string' ? PAGE_STYLE : fromSources(STYLES);
}

export function pageScript(): string {
  return typeof PAGE_SCRIPT === 'string' ? PAGE_SCRIPT : fromSources(SCRIPTS);
}
