import type { Language } from '../../../src/text/language.js';

/** What is said of a session, in both languages. */
export const WORDS: Record<Language, { paid: string; tooShort: string; notSettleable: string; total: string }> = {
  en: { paid: 'paid', tooShort: 'too short', notSettleable: 'not settleable', total: 'total' },
  zh: { paid: '计费', tooShort: '时长不足', notSettleable: '不结算', total: '合计' },
};
