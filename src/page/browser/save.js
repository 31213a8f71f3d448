// A table is saved as CSV, all of its rows, in the language that the page speaks.

/** A cell that a spreadsheet would take for a formula has an apostrophe in front, as in every file of a run. @param {string} text @param {string} kind */
function csvCell(text, kind) {
  const guarded = !isFigure(kind) && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
}

/** @param {Element} holder */
function addSaving(holder) {
  const table = /** @type {HTMLTableElement} */ (holder.querySelector('table'));
  const heads = [...table.querySelectorAll('thead th')].map((head) => ({ said: textOf(head), kind: head.className }));
  const kinds = heads.map(({ kind }) => kind);
  // Rows of the page itself are read while all of them stand there.
  const rows = holder.querySelector('script') === null ? rowsOf(holder, table, kinds) : undefined;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'save';
  button.textContent = 'CSV';
  button.addEventListener('click', () => {
    const lines = (rows ?? rowsOf(holder, table, kinds)).map(({ cells }) =>
      cells.map((cell, at) => csvCell(said(cell), kinds[at] ?? 'text')).join(','),
    );
    const text = [heads.map((head) => csvCell(said(head.said), 'text')).join(','), ...lines, ''].join('\r\n');
    download(`${fileName()}_${holder.id.replace('table-', '')}.csv`, text);
  });
  holder.querySelector('.caption')?.append(' ', button);
}

/** The page's own, without its ending. */
function fileName() {
  return decodeURIComponent(location.pathname.split('/').pop() ?? '').replace(/\.html$/, '');
}

/** Spreadsheets take a text for UTF-8 by the mark at its beginning. @param {string} name @param {string} text */
function download(name, text) {
  saveAs(name, new Blob(['\ufeff', text], { type: 'text/csv' }));
}

/** @param {string} name @param {Blob} content */
function saveAs(name, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
