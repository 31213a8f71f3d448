import type { Said, Wording } from '../../../words/said.js';
import { sayIncentive as say } from '../words/say.js';

/** The forms of sql/content-incentive/emit/warnings.sql, whose words stand in manifests for good. */
const FORMS: readonly [form: RegExp, words: (...parts: string[]) => Said][] = [
  [
    /^no sessions file is loaded: the settlement is empty$/,
    () => say('no sessions file is loaded: the settlement is empty'),
  ],
  [/^a column without a name$/, () => say('a column without a name')],
  [
    /^the unknown column (.*) is ignored \((.*) and (\d+) more\)$/,
    (name = '', file = '', more = '') =>
      say('the unknown column {name} is ignored ({file} and {more} more)', { name, file, more }),
  ],
  [
    /^the unknown column (.*) is ignored \((.*)\)$/,
    (name = '', file = '') => say('the unknown column {name} is ignored ({file})', { name, file }),
  ],
  [
    /^track (.*): (\d+) sessions use an index that was due for renewal \(in force since ([\d-]+)\)$/,
    (track = '', count = '', since = '') =>
      say('track {track}: {count} sessions use an index that was due for renewal (in force since {since})', {
        track,
        count,
        since,
      }),
  ],
  [
    /^penalty (\S+) names the session (\S+), which no sound row has$/,
    (penalty = '', session = '') =>
      say('penalty {penalty} names the session {session}, which no sound row has', { penalty, session }),
  ],
  [
    /^(\d+) more penalties name a session that no sound row has$/,
    (count = '') => say('{count} more penalties name a session that no sound row has', { count }),
  ],
];

/** A warning as people read it; one of another build's form stands as it is. */
export function warningWords(text: string): Wording {
  for (const [form, words] of FORMS) {
    const parts = form.exec(text);
    if (parts !== null) return words(...parts.slice(1));
  }
  return text;
}
