// The rows of a table: those of the page, or the data beside them where there are more.

/** @typedef {{ cells: Said[], element?: HTMLTableRowElement, words?: string, keys: Map<number, bigint | null> }} Row */

/** @param {Element} holder @param {HTMLTableElement} table @param {string[]} kinds @returns {Row[]} */
function rowsOf(holder, table, kinds) {
  const data = holder.querySelector('script[type="application/json"]');
  if (data !== null) {
    const { rows, words } = JSON.parse(data.textContent ?? '');
    return rows.map((/** @type {(string | number)[]} */ row) => ({
      cells: row.map((cell) => (typeof cell === 'number' ? words[cell] : cell)),
      keys: new Map(),
    }));
  }
  return [...(table.tBodies[0]?.rows ?? [])].map((element) => ({
    cells: [...element.cells].map((cell, at) => {
      const text = textOf(cell);
      return typeof text === 'string' && isFigure(kinds[at] ?? '') ? text.replace(/[,%]/g, '') : text;
    }),
    element,
    keys: new Map(),
  }));
}

/** @param {Row} row @param {string[]} kinds */
function elementOf(row, kinds) {
  if (row.element === undefined) {
    const element = document.createElement('tr');
    element.append(...row.cells.map((text, at) => cellOf(kinds[at] ?? 'text', text, at === 0)));
    row.element = element;
  }
  return row.element;
}

/** @param {Row} row @param {number} at */
function keyOf(row, at) {
  if (!row.keys.has(at)) row.keys.set(at, wholeOf(row.cells[at] ?? ''));
  return row.keys.get(at) ?? null;
}

/** Blank cells stand last either way. @param {Row} a @param {Row} b @param {number} at @param {string} kind @param {1 | -1} way */
function compared(a, b, at, kind, way) {
  if (isFigure(kind)) {
    const [one, other] = [keyOf(a, at), keyOf(b, at)];
    if (one === other) return 0;
    if (one === null || other === null) return one === null ? 1 : -1;
    return one < other ? -way : way;
  }
  const [one, other] = [said(a.cells[at] ?? ''), said(b.cells[at] ?? '')];
  if (one === other) return 0;
  if (one === '' || other === '') return one === '' ? 1 : -1;
  return one < other ? -way : way;
}

/** In either language; of figures with and without marks between thousands. @param {Row} row @param {string} word */
function hasWord(row, word) {
  row.words ??= row.cells.flat().join('\n').toLowerCase();
  return row.words.includes(word) || row.words.includes(word.replace(/,/g, ''));
}
