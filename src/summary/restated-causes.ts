import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { causesOf } from '../compare/causes.js';
import { type Amount, decimal, fixed, readable, ZERO } from '../core/money.js';
import type { Programme } from '../programmes/interface/programme.js';
import { joined, type Said, saidBy } from '../words/said.js';
import { say } from '../words/say.js';

/** What the lines of a restatement's adjustments.csv come to. */
export interface Adjusted {
  /** What each cause makes of it, CNY, in the order in which causes are found. A cause that changes no line isn't there. */
  causes: Record<string, string>;
  /** Anchors that go to another agency, and what was closed of them, CNY; undefined where none does. */
  transferred: { anchors: number; amount: string } | undefined;
}

/** Where what is asked for stands in a line, which has no quotes. */
const [PART, DELTA, CAUSED_BY] = [3, 6, 7];

/** The sums over the lines of a run folder's adjustments.csv. */
export async function adjustedIn(runDir: string, programme: Programme): Promise<Adjusted> {
  const sums = new Map<string, Amount>();
  const paid: Amount[] = [];
  const file = await open(join(runDir, 'adjustments.csv'));
  try {
    let header = true;
    for await (const line of file.readLines()) {
      const cells = line.split(',');
      if (!header && cells[PART] !== 'transfer') addTo(sums, cells[CAUSED_BY] ?? '');
      if (cells[PART] === 'transfer' && !cells[DELTA]?.startsWith('-')) paid.push(decimal(cells[DELTA] ?? ''));
      header = false;
    }
  } finally {
    await file.close();
  }
  const known = causesOf(programme).filter((cause) => sums.has(cause));
  const amount = paid.reduce((sum, each) => sum.plus(each), ZERO);
  return {
    causes: Object.fromEntries(known.map((cause) => [cause, fixed(sums.get(cause) ?? ZERO, 2)])),
    transferred: paid.length === 0 ? undefined : { anchors: paid.length, amount: fixed(amount, 2) },
  };
}

/** `sessions_late:12.00;penalties:-3.00` */
function addTo(sums: Map<string, Amount>, causes: string): void {
  for (const part of causes === '' ? [] : causes.split(';')) {
    const [cause = '', amount = ''] = part.split(':');
    sums.set(cause, (sums.get(cause) ?? ZERO).plus(decimal(amount)));
  }
}

/** `1 anchor goes to another agency, with 10.00 CNY` */
export function transferredText({ anchors, amount }: NonNullable<Adjusted['transferred']>): Said {
  const values = { n: readable(String(anchors)), amount: readable(amount) };
  return anchors === 1
    ? say('{n} anchor goes to another agency, with {amount} CNY', values)
    : say('{n} anchors go to another agency, with {amount} CNY', values);
}

/** Who has a word for a cause. */
export interface Worded {
  summary: Pick<Programme['summary'], 'chinese'>;
}

/** `sessions_late +12.00, penalties -3.00` */
export function causesText(causes: Readonly<Record<string, string>>, { summary }: Worded): Said {
  return joined(
    Object.entries(causes).map(([cause, amount]) => {
      const by = `${amount.startsWith('-') ? '' : '+'}${readable(amount)}`;
      return saidBy((language) => `${language === 'zh' ? summary.chinese(cause) : cause} ${by}`);
    }),
  );
}
