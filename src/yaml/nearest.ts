/** The known key that somebody may have meant: the same letters, a part of it, or a slip or two away. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  const bare = letters(key);
  if (bare.length < 2 || bare.length > 40) return undefined;
  const most = Math.max(1, Math.floor(bare.length / 3));
  const close = known
    .map((word) => ({ word, slips: slips(bare, letters(word)) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips)[0];
  const within = known.find(
    (word) => bare.length > 3 && (letters(word).includes(bare) || bare.includes(letters(word))),
  );
  return close?.word ?? within;
}

/** Case, dashes and underscores are how the same word is misspelt most often. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Letters to put in, leave out or change; two neighbours that changed places are one slip. */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      const swapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      const swap = swapped ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(change, swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
