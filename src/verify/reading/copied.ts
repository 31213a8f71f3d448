/** A copy of a text: a part of a chunk's text, where it is kept, would keep the whole chunk. */
export function copied(part: string): string {
  return ` ${part}`.slice(1);
}
