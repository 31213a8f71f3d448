import { SettleError } from '../../../src/core/errors.js';
import { literal } from '../../../src/engine/duckdb/warehouse.js';
import type { Explainer } from '../../../src/programmes/interface/explainer.js';
import type { Language } from '../../../src/text/language.js';
import { WORDS } from './words.js';

/** Session by session: what it is paid, or why not. */
export const EXPLAINER: Explainer = {
  wanted: ['session_line', 'anchor_settlement'],
  narrow: async (warehouse, anchor) => {
    await warehouse.run(`CREATE TEMP TABLE session_row AS SELECT s.* FROM ${warehouse.stored('session_row')} AS s
      WHERE s.session_id IN (SELECT o.session_id FROM ${warehouse.stored('session_row')} AS o WHERE o.anchor_id = ${literal(anchor)})`);
  },
  explain: async (warehouse, about, { date, session }) => {
    const rows = await warehouse.rows(`SELECT session_id, settlement_date, settleable, valid, amount FROM session_line
      WHERE anchor_id = ${literal(about.anchor_id)} ORDER BY settlement_date, session_id`);
    const shown = rows.filter(
      (row) =>
        (date === undefined || row.settlement_date === date) && (session === undefined || row.session_id === session),
    );
    if (shown.length === 0)
      throw new SettleError('usage', `the files of run ${about.run_id} have no such session of ${about.anchor_id}`);
    const { total } = await warehouse.one(
      `SELECT total FROM anchor_settlement WHERE anchor_id = ${literal(about.anchor_id)}`,
    );
    const why = (language: Language, { valid, settleable }: (typeof rows)[number]): string => {
      const words = WORDS[language];
      return valid === 'true' ? words.paid : settleable === 'true' ? words.tooShort : words.notSettleable;
    };
    return {
      answer: (language) => ({
        ...about,
        total,
        sessions: shown.map((row) => ({ session_id: row.session_id, fee: row.amount, why: why(language, row) })),
      }),
      page: () => ({ title: about.anchor_id, about: about.run_id, sections: [] }),
      text: (language) =>
        [
          ...shown.map((row) => `${row.settlement_date} ${row.session_id} ${row.amount} ${why(language, row)}`),
          `${WORDS[language].total} ${total}`,
          '',
        ].join('\n'),
    };
  },
};
