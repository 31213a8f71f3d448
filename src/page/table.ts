import { Sum } from '../book/sum.js';
import { cellHtml, classOf, placesOf } from './cells.js';
import { bothIn, jsonInHtml, textIn } from './escape.js';
import type { PageColumn, PageTable, PageText } from './model.js';

/** As many rows stand in the page itself; of a longer table all rows lie beside it as data, which the page's script shows. */
const SHOWN_ROWS = 50;

/** A table that sorts and filters where the page's script runs, and is readable where it doesn't. */
export function tableHtml({ name, caption, quiet, columns, rows }: PageTable): string {
  const heads = columns.map(({ head, kind }) => `<th scope="col" class="${kind}">${bothIn('span', head)}</th>`);
  const said = `<p class="caption${quiet ? ' quiet' : ''}" id="caption-${name}">${bothIn('span', caption)}</p>`;
  if (rows.length === 0) return `${said}\n<p class="empty">${bothIn('span', ['None.', '无。'])}</p>`;
  const data = rows.length > SHOWN_ROWS ? `<script type="application/json">${jsonInHtml(dataOf(rows))}</script>` : '';
  return `<div class="table" id="table-${name}">${said}
<div class="scroll" role="region" tabindex="0" aria-labelledby="caption-${name}"><table data-rows="${rows.length}" aria-labelledby="caption-${name}">
<thead><tr>${heads.join('')}</tr></thead>
<tbody>${rows.slice(0, SHOWN_ROWS).map(rowOf(columns)).join('\n')}</tbody>${rows.length < 2 ? '' : footOf(columns, rows)}
</table></div>${data}</div>`;
}

const rowOf =
  (columns: readonly PageColumn[]) =>
  (row: readonly PageText[]): string => {
    const cells = columns.map(({ kind }, at) => {
      const text = row[at] ?? '';
      const [open, close] = at === 0 ? ['th scope="row"', 'th'] : ['td', 'td'];
      return `<${open} class="${classOf(kind, text)}">${cellHtml(kind, text)}</${close}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  };

/** The sums; the first column, which has none, says what they are. */
function footOf(columns: readonly PageColumn[], rows: readonly (readonly PageText[])[]): string {
  if (!columns.some(({ total }) => total === true)) return '';
  const cells = columns.map(({ kind, total }, at) => {
    if (at === 0) return `<th scope="row" class="text">${bothIn('span', ['Total', '合计'])}</th>`;
    if (total !== true) return `<td class="${kind}"></td>`;
    const text = sumOfColumn(rows, at, placesOf(kind) ?? 0);
    return `<td class="${classOf(kind, text)}" data-total>${cellHtml(kind, text)}</td>`;
  });
  return `\n<tfoot><tr>${cells.join('')}</tr></tfoot>`;
}

export function sumOfColumn(rows: readonly (readonly PageText[])[], at: number, places: number): string {
  const sum = new Sum();
  for (const row of rows) if (row[at] !== '') sum.add(textIn('en', row[at] ?? '0'));
  return sum.text(places);
}

/** Rows as data: a text as it is; one of two languages as its number among the words, which stand once. */
function dataOf(rows: readonly (readonly PageText[])[]): object {
  const words: PageText[] = [];
  const known = new Map<string, number>();
  const cellOf = (text: PageText): string | number => {
    if (typeof text === 'string') return text;
    const key = text.join('\n');
    const at = known.get(key) ?? words.push(text) - 1;
    known.set(key, at);
    return at;
  };
  return { rows: rows.map((row) => row.map(cellOf)), words };
}
