// Which language the page speaks. These files run one after the other, as one script that asks nothing of a network.

/** @typedef {string | readonly [en: string, zh: string]} Said */

/** @type {Record<'search' | 'previous' | 'next' | 'of', Said>} */
const WORDS = {
  search: ['Search this table', '在表中查找'],
  previous: ['Previous', '上一页'],
  next: ['Next', '下一页'],
  of: ['of', '/'],
};

const root = document.documentElement;
const isChinese = () => root.lang.startsWith('zh');
/** @param {Said} text */
const said = (text) => (typeof text === 'string' ? text : (text[isChinese() ? 1 : 0] ?? ''));
/** @type {(() => void)[]} */
const onLanguage = [];

/** @param {string} language */
function speak(language) {
  root.lang = language;
  document.title = root.dataset[isChinese() ? 'titleZh' : 'titleEn'] ?? '';
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.getAttribute('data-language') === language));
  for (const tell of onLanguage) tell();
}
