// Tables are saved as CSV or as a workbook, all of their rows, in the language that the page speaks.

/**
 * A table as it is shown, without marks between thousands.
 * @typedef {{ name: string, caption: string, columns: { head: string, kind: string, total: boolean }[], rows: string[][] }} SavedTable
 */

/** A cell that a spreadsheet would take for a formula has an apostrophe in front, as in every file of a run. @param {string} text @param {string} kind */
function csvCell(text, kind) {
  const guarded = !isFigure(kind) && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
}

/** How the tables of the page are saved, while they stand in it. @type {WeakMap<Element, () => SavedTable>} */
const savedTables = new WeakMap();

/** @param {Element} holder @param {(tables: SavedTable[], name: string) => void} saveBook */
function addSaving(holder, saveBook) {
  const table = /** @type {HTMLTableElement} */ (holder.querySelector('table'));
  const caption = textOf(/** @type {Element} */ (holder.querySelector('.caption')));
  const section = textOf(holder.closest('section')?.querySelector('h2') ?? holder);
  const sums = [...(table.tFoot?.rows[0]?.cells ?? [])].map((cell) => cell.hasAttribute('data-total'));
  const heads = [...table.querySelectorAll('thead th')].map((head, at) => ({
    said: textOf(head),
    kind: head.className,
    total: sums[at] === true,
  }));
  const kinds = heads.map(({ kind }) => kind);
  // Rows of the page itself are read while all of them stand there.
  const rows = holder.querySelector('script') === null ? rowsOf(holder, table, kinds) : undefined;
  const saved = () => ({
    name: said(section),
    caption: said(caption),
    columns: heads.map(({ said: head, kind, total }) => ({ head: said(head), kind, total })),
    rows: (rows ?? rowsOf(holder, table, kinds)).map(({ cells }) => cells.map(said)),
  });
  savedTables.set(holder, saved);
  const name = () => `${fileName()}_${holder.id.replace('table-', '')}`;
  addButton(holder, 'CSV', () => saveCsv(saved(), name()));
  addButton(holder, 'XLSX', () => saveBook([saved()], name()));
}

/** @param {Element} holder @param {string} label @param {() => void} act */
function addButton(holder, label, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'save';
  button.textContent = label;
  button.addEventListener('click', act);
  holder.querySelector('.caption')?.append(' ', button);
}

/** Spreadsheets take a text for UTF-8 by the mark at its beginning. @param {SavedTable} table @param {string} name */
function saveCsv({ columns, rows }, name) {
  const lines = rows.map((cells) => cells.map((cell, at) => csvCell(cell, columns[at]?.kind ?? 'text')).join(','));
  const text = [columns.map(({ head }) => csvCell(head, 'text')).join(','), ...lines, ''].join('\r\n');
  saveAs(`${name}.csv`, new Blob(['\ufeff', text], { type: 'text/csv' }));
}

/** The page's own, without its ending. */
function fileName() {
  return decodeURIComponent(location.pathname.split('/').pop() ?? '').replace(/\.html$/, '');
}

/** @param {string} name @param {Blob} content */
function saveAs(name, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
