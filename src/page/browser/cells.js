// A cell: a figure stays a text, and is compared and added up as a whole number of its last place.

const FIGURES = { count: 0, money: 2, minutes: 2, index: 3, price: 6, percent: 2 };

/** @param {string} text */
const grouped = (text) => {
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
};

/** @param {string} kind */
const isFigure = (kind) => Object.hasOwn(FIGURES, kind);

/** @param {string} kind @param {Said} text */
function cellOf(kind, text, first = false) {
  const cell = document.createElement(first ? 'th' : 'td');
  if (first) cell.setAttribute('scope', 'row');
  cell.className = kind;
  if (typeof text !== 'string') {
    for (const [lang, at] of /** @type {const} */ ([
      ['zh', 1],
      ['en', 0],
    ])) {
      const part = document.createElement('span');
      part.lang = lang;
      part.textContent = text[at];
      cell.append(part);
    }
    return cell;
  }
  if (isFigure(kind) && text.startsWith('-')) cell.classList.add('below');
  if (kind === 'text' || kind === 'note') {
    const apart = document.createElement('bdi');
    apart.textContent = text;
    cell.append(apart);
  } else {
    cell.textContent = text === '' || !isFigure(kind) ? text : kind === 'percent' ? `${text}%` : grouped(text);
  }
  return cell;
}

/** A cell of the page as its text, in both languages where it has them. @param {Element} cell @returns {Said} */
function textOf(cell) {
  const [zh, en] = [cell.querySelector('[lang="zh"]'), cell.querySelector('[lang="en"]')];
  if (zh !== null && en !== null) return [en.textContent ?? '', zh.textContent ?? ''];
  return cell.textContent ?? '';
}

/** The digits of a figure as a whole number; null of a blank one. @param {Said} text */
function wholeOf(text) {
  const digits = String(text).replace(/[^\d-]/g, '');
  return digits === '' ? null : BigInt(digits);
}

/** @param {bigint} sum @param {string} kind */
function decimalOf(sum, kind) {
  const places = FIGURES[/** @type {keyof typeof FIGURES} */ (kind)];
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${sum < 0n ? '-' : ''}${places === 0 ? whole : `${whole}.${digits.slice(-places)}`}`;
}
