import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from '../disk/package-folder.js';
import { BROWSER, BUNDLES, PACKET_STYLES, SCRIPTS, STYLES } from './browser-files.js';

/** The page's own style and script, as they were when the program was put together; not there where it runs from the sources. */
declare const PAGE_STYLE: string | undefined;
declare const PACKET_STYLE: string | undefined;
declare const PAGE_SCRIPT: string | undefined;

const fromSources = (names: readonly string[]): string =>
  names.map((name) => readFileSync(join(PACKAGE, BROWSER, name), 'utf8')).join('');

export function pageStyle(): string {
  return typeof PAGE_STYLE === 'string' ? PAGE_STYLE : fromSources(STYLES);
}

export function pageScript(): string {
  return typeof PAGE_SCRIPT === 'string' ? PAGE_SCRIPT : fromSources(SCRIPTS);
}

/** What a page brings along: the texts of its one style and its one script. */
export interface PageAssets {
  style: string;
  script: string;
}

export function pageAssets(): PageAssets {
  return { style: pageStyle(), script: pageScript() };
}

/** The same of a packet's page: its script, which is bundled when the program is put together, holds the programme's verifier. */
export function packetAssets(programme: string): PageAssets {
  const known = ofPackets.get(programme);
  if (known !== undefined) return known;
  const style = typeof PACKET_STYLE === 'string' ? PACKET_STYLE : fromSources(PACKET_STYLES);
  const assets = { style, script: readFileSync(join(PACKAGE, BUNDLES, `${programme}.js`), 'utf8') };
  ofPackets.set(programme, assets);
  return assets;
}

const ofPackets = new Map<string, PageAssets>();

/** The SHA-256 of the script in the pages of packets, by programme: it stands in no other file that a reader could trust. */
export function packetScripts(): Record<string, string> {
  const folder = join(PACKAGE, BUNDLES);
  const names = readdirSync(folder).sort();
  return Object.fromEntries(
    names.map((name) => [
      name.replace(/\.js$/, ''),
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}
