/** What a page brings along for a browser: files below the root, one after the other as they are read. */
export const BROWSER = 'src/page/browser';
export const STYLES = ['base.css', 'parts.css', 'media.css'] as const;
const COMMON = ['text.js', 'cells.js', 'rows.js', 'table.js'] as const;
export const SCRIPTS = [...COMMON, 'start.js'] as const;
/** The same of a packet's page, behind the bundle of its programme. */
export const PACKET_SCRIPTS = [...COMMON, 'save.js', 'packet.js'] as const;
export const PACKET_STYLES = [...STYLES, 'packet.css'] as const;
/** What the build writes beside the docs: the hash of each bundle, for whoever has a packet and not the program. */
export const HASHES = 'docs/packet-scripts.sha256';
/** Where bundles for browsers lie, below the root. */
export const BUNDLES = 'dist/browser';
