/**
 * PATTERNS of ssh_config(5): a list with commas between, `*` and `?` as wildcards, `!` before what must not match. True
 * where one matches and none that must not.
 */
export function matchesList(text: string, list: string): boolean {
  let found = false;
  for (const each of list.split(',')) {
    const isNot = each.startsWith('!');
    if (!matches(text, isNot ? each.slice(1) : each)) continue;
    if (isNot) return false;
    found = true;
  }
  return found;
}

/** Without a regular expression: one that somebody wrote may take for ever. */
function matches(text: string, pattern: string): boolean {
  let [at, place] = [0, 0];
  let star = -1;
  let from = 0;
  while (at < text.length) {
    const mark = pattern[place];
    if (mark === '*') {
      star = place;
      from = at;
      place += 1;
    } else if (mark !== undefined && (mark === '?' || mark === text[at])) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      from += 1;
      at = from;
      place = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[place] === '*') place += 1;
  return place === pattern.length;
}
