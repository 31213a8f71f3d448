import { moneyOfFen } from '../../../../verify/figures.js';
import type { Control, Counted, Held } from '../exports/control.js';
import type { ExpectedNotice, ExpectedNotices } from './expected-notices.js';

/** The notices of the control desk's list (contract, "Notices"), from the list and sessions.csv. */
export function controlLines(
  { ofSession, ofDay }: Pick<Control, 'ofSession' | 'ofDay'>,
  held: Held,
  waiting: ReadonlySet<string>,
): [code: string, lines: ExpectedNotices][] {
  const differs = new Map<string, ExpectedNotice>();
  const missing = new Map<string, ExpectedNotice>();
  const lacks = new Map<string, ExpectedNotice>();
  const compare = (subject: string, said: Counted, settled: Counted): void => {
    const value = pairsOf(said, settled);
    if (value !== '') differs.set(subject, { count: '', value });
  };
  for (const [date, said] of ofDay) {
    const { sessions, dwell, amount } = held.days.get(date) ?? { sessions: 0, dwell: 0n, amount: 0n };
    compare(date, said, { sessions: String(sessions), dwell: moneyOfFen(dwell), amount: moneyOfFen(amount) });
  }
  for (const [id, said] of ofSession) {
    const settled = held.sessions.get(id);
    if (settled !== undefined) compare(id, said, { sessions: '1', ...settled });
    else missing.set(id, { count: '', value: waiting.has(id) ? 'quarantined' : '' });
  }
  for (const [date, ids] of held.unnamed) {
    if (held.named.has(date)) for (const id of ids) lacks.set(id, { count: '1', value: '' });
    else if (!ofDay.has(date)) lacks.set(date, { count: String(ids.length), value: '' });
  }
  const all = { control_differs: differs, control_missing: missing, control_lacks: lacks };
  return Object.entries(all).map(([code, lines]) => [code, { lines, inPart: false }]);
}

const NAMES = { sessions: 'sessions', dwell: 'rec_dwell_minutes', amount: 'amount' } as const;

/** `sessions:3/2;amount:12.00/11.00`: what the control desk says first, then what is settled; nothing where all agree. */
function pairsOf(said: Counted, settled: Counted): string {
  const pairs = (['sessions', 'dwell', 'amount'] as const).map((name) =>
    said[name] === '' || said[name] === settled[name] ? '' : `${NAMES[name]}:${said[name]}/${settled[name]}`,
  );
  return pairs.filter((pair) => pair !== '').join(';');
}
