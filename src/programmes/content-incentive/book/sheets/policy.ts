import type { BookSheet, Cell } from '../../../../book/sheet.js';
import type { Book } from '../read.js';
import { policyRules } from '../words/policy-rules.js';

/** 规则口径: each value of the policy in words, with its clause of the rulebook and, where it is dated, from when on. */
export function policySheet(book: Book): BookSheet {
  const { words, policy } = book;
  return {
    name: words.sheet('policy'),
    title: book.title(words.sheet('policy')),
    columns: [
      { head: words.head('clause'), kind: 'text' },
      { head: words.head('rule'), kind: 'note' },
      { head: words.head('from'), kind: 'date' },
      { head: words.head('value_in_words'), kind: 'note' },
    ],
    rows: policyRules(policy, words).map(({ clause, rule, from, value }): Cell[] => [clause, rule, from, value]),
    filter: true,
  };
}
