import type { Page, PageSection, PageText } from '../../../page/model.js';
import type { BookedRun } from '../../interface/book.js';
import type { Pages } from '../../interface/pages.js';
import type { List, Listing } from '../lists.js';
import { codesSaid } from '../said.js';
import { readTotals, rowsOfList } from './read-list.js';
import { isAboutNone, nobodyIsPaid } from './refusals.js';

/** So many rows of a list a page shows; the file has all. */
const MOST_ROWS = 2000;

/** The run as a page, and whatever somebody asks for of it. */
export function pagesOf(own: Listing): Pages {
  const refuse = async (): Promise<never> => {
    throw nobodyIsPaid(own);
  };
  return {
    report: async (run) => ({ ...headOf(own, run), sections: [totalsOf(own, run), ...listsOf(own, run)] }),
    subject: async (run, { id }) => {
      const found = own.lists
        .map((list) => ({ list, rows: rowsAbout(run, list, id) }))
        .filter(({ rows }) => rows.length > 0);
      if (found.length === 0) throw isAboutNone(run.run_id, id);
      return {
        page: { ...headOf(own, run), title: id, sections: found.map(({ list, rows }) => explained(own, list, rows)) },
        answer: {
          of: id,
          lists: Object.fromEntries(
            found.map(({ list, rows }) => [list.name, rows.map((row) => answerOf(own, list, row))]),
          ),
        },
      };
    },
    statement: refuse,
    paid: refuse,
    agency: refuse,
  };
}

function headOf({ title: [en, zh] }: Listing, { run_id, policy, as_of }: BookedRun): Pick<Page, 'title' | 'about'> {
  return {
    title: [`${policy.id}: ${en}`, `${policy.id}：${zh}`],
    about: [`run ${run_id}, as of ${as_of}`, `批次 ${run_id}，截至 ${as_of}`],
  };
}

function totalsOf({ counts }: Listing, run: BookedRun): PageSection {
  const totals = readTotals(run);
  const figures = counts.map(({ total, words }) => ({
    label: words,
    kind: 'count' as const,
    text: String(totals[total]),
  }));
  return { name: 'totals', title: ['Totals', '汇总'], blocks: [{ figures }] };
}

function listsOf(own: Listing, run: BookedRun): PageSection[] {
  return own.lists.map((list) => {
    const rows = rowsOfList(run, list);
    const cut = rows.length - MOST_ROWS;
    const note: PageText = [`${cut} more rows stand in ${list.file}`, `另有 ${cut} 行，见 ${list.file}`];
    return {
      name: list.name,
      title: list.title,
      blocks: [
        {
          table: {
            name: list.name,
            caption: list.title,
            quiet: true,
            columns: list.columns.map(({ head, kind }) => ({ head, kind: kind === 'codes' ? 'note' : kind })),
            rows: rows.slice(0, MOST_ROWS).map((row) => row.map((cell, place) => cellOf(own, list, cell, place))),
          },
        },
        ...(cut > 0 ? [{ note }] : []),
      ],
    };
  });
}

function cellOf(own: Listing, { columns }: List, cell: string, place: number): PageText {
  return columns[place]?.kind === 'codes' && cell !== '' ? codesSaid(cell, own) : cell;
}

function rowsAbout(run: BookedRun, list: List, id: string): string[][] {
  const places = list.columns.flatMap(({ name }, place) => (list.subjects.includes(name) ? [place] : []));
  return rowsOfList(run, list).filter((row) => places.some((place) => row[place] === id));
}

/** Row by row what was judged, each code with its words and clause below it. */
function explained(own: Listing, list: List, rows: readonly string[][]): PageSection {
  const lines = rows.flatMap((row) => [{ text: factsOf(list, row), depth: 0 }, ...codesOf(own, list, row)]);
  return { name: list.name, title: list.title, blocks: [{ lines }] };
}

function factsOf({ columns }: List, row: readonly string[]): PageText {
  const facts = columns.flatMap(({ head, kind }, place) =>
    kind === 'codes' || row[place] === '' ? [] : [{ head, cell: row[place] ?? '' }],
  );
  return [
    facts.map(({ head: [en], cell }) => `${en}: ${cell}`).join(', '),
    facts.map(({ head: [, zh], cell }) => `${zh}：${cell}`).join('，'),
  ];
}

/** Several columns of a row may hold the same code, so each stands behind its column's head. */
function codesOf(own: Listing, { columns }: List, row: readonly string[]): { text: PageText; depth: number }[] {
  return columns.flatMap(({ kind, head }, place) => {
    const codes = kind === 'codes' ? (row[place] ?? '').split(';').filter((code) => code !== '') : [];
    return codes.map((code) => {
      const { words: [en, zh] = [code, code], clause = '' } = own.codes[code] ?? {};
      const by = clause === '' ? ['', ''] : [` (${clause})`, `（${clause}）`];
      return { text: [`${head[0]}: ${en}${by[0]}`, `${head[1]}：${zh}${by[1]}`], depth: 1 };
    });
  });
}

function answerOf(own: Listing, { columns }: List, row: readonly string[]): object {
  return Object.fromEntries(
    columns.map(({ name, kind }, place) => {
      const cell = row[place] ?? '';
      if (kind !== 'codes') return [name, cell];
      return [
        name,
        cell === '' ? [] : cell.split(';').map((code) => ({ code, clause: own.codes[code]?.clause ?? '' })),
      ];
    }),
  );
}
