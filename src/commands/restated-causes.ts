import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CAUSES } from '../compare/causes.js';
import { type Amount, decimal, fixed, readable, ZERO } from '../money.js';

/**
 * What each cause makes of a restatement, CNY, in the order in which causes are found: the sums over the lines of the run
 * folder's adjustments.csv, whose last column has no comma. A cause that changes no line isn't there.
 */
export async function causesIn(runDir: string): Promise<Record<string, string>> {
  const sums = new Map<string, Amount>();
  const file = await open(join(runDir, 'adjustments.csv'));
  try {
    let header = true;
    for await (const line of file.readLines()) {
      if (!header) addTo(sums, line.slice(line.lastIndexOf(',') + 1));
      header = false;
    }
  } finally {
    await file.close();
  }
  const known = CAUSES.filter((cause) => sums.has(cause));
  return Object.fromEntries(known.map((cause) => [cause, fixed(sums.get(cause) ?? ZERO, 2)]));
}

/** `sessions_late:12.00;penalties:-3.00` */
function addTo(sums: Map<string, Amount>, causes: string): void {
  for (const part of causes === '' ? [] : causes.split(';')) {
    const [cause = '', amount = ''] = part.split(':');
    sums.set(cause, (sums.get(cause) ?? ZERO).plus(decimal(amount)));
  }
}

/** `sessions_late +12.00, penalties -3.00` */
export function causesText(causes: Readonly<Record<string, string>>): string {
  return Object.entries(causes)
    .map(([cause, amount]) => `${cause} ${amount.startsWith('-') ? '' : '+'}${readable(amount)}`)
    .join(', ');
}
