import stringWidth from 'string-width';

/** Columns that a text takes on a terminal; a Chinese character takes two. */
export function terminalWidth(text: string): number {
  return stringWidth(text);
}

/** As much of a text as fits into so many columns. */
export function cutTo(text: string, width: number): string {
  if (text.length <= width && terminalWidth(text) <= width) return text;
  let kept = '';
  let columns = 0;
  for (const char of text) {
    columns += terminalWidth(char);
    if (columns > width) break;
    kept += char;
  }
  return kept;
}

/** A word with the space before it; of Chinese, which has no spaces, a character with the marks that may not begin a line. */
const CHUNK =
  /\s*(?:[\p{Script=Han}][，。；：、！？）」』…]*|[（「『]+[\p{Script=Han}]?[，。；：、！？）」』…]*|(?:(?![\p{Script=Han}（「『])\S)+)/gu;

/** A text in lines that fit into so many columns, broken at spaces and between Chinese characters, or only at `breaks`. */
export function wrappedTo(text: string, width: number, breaks?: RegExp): string[] {
  return text.split('\n').flatMap((line) => {
    const lines = [''];
    for (const chunk of breaks === undefined ? (line.match(CHUNK) ?? []) : line.split(breaks)) {
      const last = lines.at(-1) as string;
      if (last === '' || terminalWidth(last + chunk) <= width)
        lines[lines.length - 1] = last === '' ? chunk : last + chunk;
      else lines.push(chunk.trimStart());
    }
    return lines;
  });
}
