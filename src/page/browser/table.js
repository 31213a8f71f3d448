// A table that sorts by its heads, finds rows by their words and turns over, so many rows at once.

const ROWS = 50;
/** So many rows are printed; of a longer table those that are shown. */
const PRINTED = 2000;
/** A table of so few rows needs no search. */
const FEW = 7;

class LiveTable {
  /** @type {Row[]} */
  #all = [];
  /** @type {Row[]} */
  #found = [];
  #isRead = false;
  #from = 0;
  /** How many rows stand there at once. */
  #shown = ROWS;
  #column = -1;
  /** @type {1 | -1} */
  #way = 1;
  #input = document.createElement('input');
  #count = document.createElement('output');
  #previous = this.#button(() => this.#turn(-ROWS));
  #next = this.#button(() => this.#turn(ROWS));

  /** @param {Element} holder */
  constructor(holder) {
    this.holder = holder;
    this.table = /** @type {HTMLTableElement} */ (holder.querySelector('table'));
    this.caption = /** @type {Element} */ (holder.querySelector('.caption'));
    this.length = Number(this.table.dataset.rows);
    this.heads = /** @type {HTMLTableCellElement[]} */ ([...this.table.querySelectorAll('thead th')]);
    this.kinds = this.heads.map((head) => head.className);
    if (this.length < 2) return;
    this.#makeTools();
    for (const [at, head] of this.heads.entries()) this.#makeHead(head, at);
    if (this.length > ROWS) {
      window.addEventListener('beforeprint', () => this.#print(PRINTED));
      window.addEventListener('afterprint', () => this.#print(ROWS));
    }
    onLanguage.push(() => (this.#column >= 0 && !isFigure(this.kindOf(this.#column)) ? this.#look() : this.#label()));
  }

  /** @param {number} at */
  kindOf(at) {
    return this.kinds[at] ?? 'text';
  }

  #makeTools() {
    const tools = document.createElement('div');
    tools.className = 'tools';
    this.#input.type = 'search';
    this.#input.addEventListener('input', () => this.#look());
    tools.append(this.#input, this.#count, this.#previous, this.#next);
    if (this.length > FEW) this.caption.after(tools);
  }

  /** @param {() => void} act */
  #button(act) {
    const button = document.createElement('button');
    button.type = 'button';
    button.addEventListener('click', act);
    return button;
  }

  /** @param {HTMLTableCellElement} head @param {number} at */
  #makeHead(head, at) {
    const button = this.#button(() => {
      // Figures are looked at from the largest first.
      if (this.#column === at) this.#way = this.#way === 1 ? -1 : 1;
      else this.#way = isFigure(this.kindOf(at)) ? -1 : 1;
      this.#column = at;
      for (const each of this.heads) each.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', this.#way === 1 ? 'ascending' : 'descending');
      this.#look();
    });
    button.append(...head.childNodes);
    head.append(button);
  }

  #rows() {
    if (!this.#isRead) this.#all = rowsOf(this.holder, this.table, this.kinds);
    this.#isRead = true;
    return this.#all;
  }

  /** Finds and sorts anew. */
  #look() {
    const sought = this.#input.value.toLowerCase().split(/\s+/);
    const words = sought.filter((word) => word !== '');
    const [column, way] = [this.#column, this.#way];
    this.#found = this.#rows().filter((row) => words.every((word) => hasWord(row, word)));
    if (column >= 0) this.#found.sort((a, b) => compared(a, b, column, this.kindOf(column), way));
    this.#from = 0;
    this.#draw();
  }

  /** @param {number} by */
  #turn(by) {
    if (!this.#isRead) this.#found = [...this.#rows()];
    this.#from += by;
    this.#draw();
  }

  /** Paper turns no pages: all rows that were found stand on it, if so many may. @param {number} most */
  #print(most) {
    if (!this.table.isConnected) return;
    if (!this.#isRead) this.#found = [...this.#rows()];
    const rows = most > ROWS && this.#found.length <= most ? this.#found.length : ROWS;
    if (rows === this.#shown) return;
    this.#shown = rows;
    this.#draw();
  }

  #draw() {
    const from = this.#shown > ROWS ? 0 : this.#from;
    const shown = this.#found.slice(from, from + this.#shown);
    this.table.tBodies[0]?.replaceChildren(...shown.map((row) => elementOf(row, this.kinds)));
    for (const [at, cell] of [...(this.table.tFoot?.rows[0]?.cells ?? [])].entries()) {
      if (!cell.hasAttribute('data-total')) continue;
      const sum = this.#found.reduce((total, row) => total + (keyOf(row, at) ?? 0n), 0n);
      cell.textContent = grouped(decimalOf(sum, this.kindOf(at)));
    }
    this.#label();
  }

  /** Says how many rows there are, and which of them stand here. */
  #label() {
    const length = this.#isRead ? this.#found.length : this.length;
    const from = this.#shown > ROWS ? 0 : this.#from;
    const to = Math.min(from + this.#shown, length);
    const [first, last, many, all] = [from + 1, to, length, this.length].map((count) => grouped(String(count)));
    const range = length > this.#shown ? `${first}–${last} ${said(WORDS.of)} ` : '';
    this.#count.textContent = `${range}${many}${length === this.length ? '' : ` (${all})`}`;
    this.#input.placeholder = said(WORDS.search);
    this.#input.setAttribute('aria-label', `${said(WORDS.search)}: ${said(textOf(this.caption))}`);
    this.#previous.textContent = said(WORDS.previous);
    this.#next.textContent = said(WORDS.next);
    for (const button of [this.#previous, this.#next]) button.hidden = length <= ROWS;
    this.#previous.disabled = this.#from === 0;
    this.#next.disabled = to >= length;
  }
}
