// A packet's page: its own script reads the packet that stands in it, checks it, and shows its rows.

/**
 * What is bundled before this script.
 * @typedef {object} OpenedPacket
 * @property {(text: string, elements: number) => { data: object } | { fault: string }} read
 * @property {(data: object) => { titles: { en: string, zh: string }, heading: string, about: string, contents: string, main: string, anchors: [string, string][] }} page
 * @property {(data: object, anchor: string) => string} statement
 * @property {(data: object, pasted: string) => Promise<{ state: string, html: string }>} check
 * @property {(data: object, asked: object) => { name: string, text: string } | undefined} dispute
 * @property {(tables: SavedTable[], book: { title: string, about: string, chinese: boolean }) => Promise<BlobPart>} book
 * @property {() => string} beside
 */
const opened = /** @type {OpenedPacket} */ (Reflect.get(globalThis, 'openedPacket'));

/** @param {string} selector */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/** Writes HTML into an element, and wakes the tables in it. @param {Element} element @param {string} html */
function show(element, html) {
  element.innerHTML = html;
  for (const holder of element.querySelectorAll('.table')) {
    addSaving(holder, saveBook);
    new LiveTable(holder);
  }
  speak(root.lang);
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook says of which run it is and what the check had found by then. @param {SavedTable[]} tables @param {string} name */
async function saveBook(tables, name) {
  const said = (/** @type {string} */ selector) => one(selector).innerText.trim();
  const about = `${said('header p')} · ${said('.verdict')}`;
  const content = await opened.book(tables, { title: said('h1'), about, chinese: isChinese() });
  saveAs(`${name}.xlsx`, new Blob([content], { type: XLSX }));
}

/** What the check says; whatever stood there before is gone. @param {{ state: string, html: string }} result */
function showResult({ state, html }) {
  one('#check').dataset.state = state;
  show(one('#found'), html);
  root.dataset.ready = state;
}

/** @param {object} data */
function showPage(data) {
  const { titles, heading, about, contents, main, anchors } = opened.page(data);
  root.dataset.titleEn = titles.en;
  root.dataset.titleZh = titles.zh;
  one('h1').innerHTML = heading;
  one('header p').innerHTML = about;
  one('nav ul').innerHTML = contents;
  show(one('#rows'), main);
  one('#anchors')?.after(one('#anchor'));
  for (const [id, name] of anchors) one('#anchor select').append(anchorOption(id, name));
  offerDispute(data, anchors);
  one('#anchor').hidden = anchors.length === 0;
  one('#anchor select').addEventListener('change', (event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    show(one('#statement'), value === '' ? '' : opened.statement(data, value));
  });
}

/** Saves what the reader disputes. @param {object} data @param {[string, string][]} anchors */
function offerDispute(data, anchors) {
  const form = /** @type {HTMLFormElement} */ (one('#dispute-form'));
  for (const [id, name] of anchors) one('#dispute-anchor').append(anchorOption(id, name));
  one('#dispute').hidden = anchors.length === 0;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const asked = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, String(value).replace(/\r\n?/g, '\n').trim()]),
    );
    const made = opened.dispute(data, asked);
    one('#no-dispute').hidden = made !== undefined;
    if (made !== undefined) saveAs(made.name, new Blob([made.text], { type: 'application/json' }));
  });
}

/** @param {string} id @param {string} name */
function anchorOption(id, name) {
  const option = document.createElement('option');
  option.value = id;
  option.textContent = name === '' ? id : `${id} ${name}`;
  return option;
}

/** The root or the fingerprint that the reader pasted, if it is one. */
function pastedRoot() {
  const { value } = /** @type {HTMLInputElement} */ (one('#root'));
  const words = value.replace(/\s/g, '');
  const isPrint = /^SHA256:[A-Za-z0-9+/]{43}$/.test(words);
  const text = isPrint ? words : words.toLowerCase();
  one('#no-root').hidden = text === '' || isPrint || /^[0-9a-f]{64}$/.test(text);
  return one('#no-root').hidden ? text : undefined;
}

async function start() {
  const elements = document.querySelectorAll('script[id="settle-packet"]');
  const read = opened.read(elements[0]?.textContent ?? '', elements.length);
  one('#beside').innerHTML = opened.beside();
  if ('fault' in read) {
    one('#rows').replaceChildren();
    showResult({ state: 'wrong', html: read.fault });
    return;
  }
  const { data } = read;
  showPage(data);
  one('#save-all').hidden = false;
  one('#save-all button').addEventListener('click', () => {
    const holders = [...document.querySelectorAll('#rows .table')];
    saveBook(
      holders.flatMap((holder) => savedTables.get(holder)?.() ?? []),
      fileName(),
    );
  });
  one('#compare').hidden = false;
  one('#compare').addEventListener('submit', (event) => {
    event.preventDefault();
    const pasted = pastedRoot();
    if (pasted !== undefined) opened.check(data, pasted).then(showResult);
  });
  showResult(await opened.check(data, ''));
}

for (const button of document.querySelectorAll('[data-language]'))
  button.addEventListener('click', () => speak(button.getAttribute('data-language') ?? 'zh-CN'));
speak(navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
// When all of the file is there, and drawn.
document.addEventListener('DOMContentLoaded', () => setTimeout(start));
