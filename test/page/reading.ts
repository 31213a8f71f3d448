/** A page's own HTML, read without a browser. */

const MARKS: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** What a cell says, in Chinese where it has both. */
function said(html: string): string {
  const chinese = /<span lang="zh"[^>]*>(.*?)<\/span>/s.exec(html)?.[1];
  return (chinese ?? html)
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|#39|amp);/g, (mark) => MARKS[mark] as string);
}

/** The cells of a table's rows, by the heads; only those that stand in the page itself. */
export function tableIn(html: string, name: string): Record<string, string>[] {
  const [, table = ''] = new RegExp(`id="table-${name}">(.*?)</table>`, 's').exec(html) ?? [];
  const heads = [...table.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/gs)].map(([, head]) => said(head as string));
  const [, body = ''] = /<tbody>(.*?)<\/tbody>/s.exec(table) ?? [];
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => {
    const cells = [...(row as string).matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => said(cell as string));
    return Object.fromEntries(heads.map((head, at) => [head, cells[at] ?? '']));
  });
}

/** The figures above all, by their labels. */
export function figuresIn(html: string): Record<string, string> {
  return Object.fromEntries(
    [...html.matchAll(/<dt>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/gs)].map(([, label, text]) => [
      said(label as string),
      said(text as string),
    ]),
  );
}
