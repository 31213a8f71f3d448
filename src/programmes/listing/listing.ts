import { readable } from '../../core/money.js';
import type { Programme } from '../interface/programme.js';
import { SHARED_IN_WAREHOUSE, SHARED_STEPS } from '../interface/settling.js';
import type { ProgrammeSummary } from '../interface/summary.js';
import type { Listing } from './lists.js';
import { saidBoth } from './said.js';

/** What records have in common, whatever the programme. */
const RECORDS = 'records/run';

/** What the engine asks of such a programme. Its own SQL stands in `sql/<name>`: rows, rules, notices, emit and audits. */
export function listing(own: Listing): Programme {
  const { name, kinds, policy, notices, verifier } = own;
  const folder = (part: string): string => `${name}/${part}`;
  const steps = ['rows', 'rules', 'notices'].map(folder);
  return {
    name,
    kinds,
    policy,
    pays: false,
    ...(own.feeds === undefined ? {} : { feeds: own.feeds }),
    sql: {
      settlement: [...SHARED_STEPS, RECORDS, ...steps],
      // Lists are small, and nothing of them is worth another engine.
      inWarehouse: [...new Set([...SHARED_IN_WAREHOUSE, ...SHARED_STEPS, RECORDS, ...steps])],
      since: ['since', 'records/since'],
      comparison: [],
      audits: ['audits', folder('audits')],
      warnings: folder('emit/warnings.sql'),
    },
    outputs: [
      ...own.lists.map(({ file }) => ({ file, query: folder(`emit/${file.replace('.csv', '')}.sql`) })),
      ...own.further,
      { file: 'notices.csv', query: 'emit/notices.sql', words: ['message'] },
      { file: 'quarantine.csv', query: 'emit/quarantine.sql', words: ['message'] },
    ],
    statements: undefined,
    comparison: { causes: [], amounts: () => 'SELECT NULL' }, // there is nothing to compare: refused before
    notices,
    summary: summaryOf(own),
    verifier,
    explainer: async () => (await import('./shown/explainer.js')).explainerOf(own),
    months: undefined,
    booker: async () => (await import('./shown/booker.js')).bookerOf(own),
    pages: async () => (await import('./shown/pages.js')).pagesOf(own),
  };
}

function summaryOf({ counts, codes, kinds }: Listing): ProgrammeSummary {
  return {
    counts: counts.map(({ total, words }) => ({ label: saidBoth(words), total })),
    rows: [],
    projected: () => '0.00',
    readBreakdown: async () => ({
      unsettled: { sessions: 0, settled: 0, remark: '' },
      control: null,
      invalidBy: [],
      forfeitedBy: [],
      forfeitsOverlap: false,
      statuses: [],
    }),
    touched: (what, count) => {
      const n = readable(String(count));
      const isOwn = kinds.some(({ name }) => name === what);
      return isOwn ? saidBoth([`${n} rows of ${what}`, `${what} ${n} 行`]) : `${n} ${what}`;
    },
    warning: (text) => text,
    chinese: (code) => codes[code]?.words[1] ?? code,
  };
}
