/** What a page brings along for a browser: files below the root, one after the other as they are read. */
export const BROWSER = 'src/page/browser';
export const STYLES = ['base.css', 'parts.css', 'media.css'] as const;
export const SCRIPTS = ['text.js', 'cells.js', 'rows.js', 'table.js', 'start.js'] as const;
