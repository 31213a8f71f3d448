import { join } from 'node:path';
import { decimalIn } from '../../core/money.js';
import type { Differences } from '../differences.js';
import { wholeOf } from '../forms.js';
import type { Item } from './ledger.js';
import { type Cells, readFields, readTable } from './tables.js';

/** What a batch says of a close. */
export type SaidClose = Record<string, unknown>;

const MONEY = /^-?(?:0|[1-9]\d*)\.\d{2}$/;

/** The lines of the run that a close was made with, which lies below the output folder and is what the close has sealed. */
export function linesOf(out: string, said: SaidClose, differences: Differences): Item[] {
  const { policy_id, run_id, close_no, revision, sha256 } = said;
  const run = `${policy_id}/${run_id}`;
  const dir = join(out, String(policy_id), String(run_id));
  const close = readFields(join(dir, 'close.json'));
  const key = `close ${close_no}`;
  const is = (column: string, found: unknown, expected: unknown): void => {
    differences.compare('batch.json', key, column, String(found ?? 'none'), String(expected));
  };
  is('sha256', close?.sha256, sha256);
  is('close_no', close?.fields.close_no, close_no);
  is('revision', close?.fields.revision, revision);
  const manifest = readFields(join(dir, 'manifest.json'));
  differences.compare(
    `${run}/manifest.json`,
    key,
    'sha256',
    manifest?.sha256 ?? 'none',
    String(close?.fields.manifest_sha256),
  );
  const name = revision === 1 ? 'settlement.csv' : 'adjustments.csv';
  const file = `${run}/${name}`;
  const table = readTable(join(dir, name), file, differences);
  const outputs = Array.isArray(manifest?.fields.outputs) ? (manifest.fields.outputs as Record<string, unknown>[]) : [];
  const sealed = outputs.find((output) => output.file === name)?.sha256;
  differences.compare(file, '', 'sha256', table?.sha256 ?? 'none', String(sealed ?? 'none'));
  return (table?.rows ?? []).flatMap((row, at) => {
    const amount = decimalIn(MONEY, (revision === 1 ? row.total : row.delta) ?? '');
    if (amount === undefined) differences.add(file, `line ${at + 2}`, 'amount', 'no amount', 'an amount');
    if (amount === undefined || amount.isZero()) return [];
    const [date = '', part = ''] = revision === 1 ? ['', 'total'] : [row.date, row.part];
    const anchor = row.anchor_id ?? '';
    const line = `${close_no}:${anchor}:${date}:${part}`;
    return [
      {
        payee: payeeOf(row),
        line,
        close: Number(close_no),
        anchor,
        date,
        part,
        amount,
        since: undefined,
        revision: Number(revision),
      },
    ];
  });
}

/** An agency is paid for its anchors; one that has none is paid itself. */
function payeeOf({ agency_id = '', anchor_id = '' }: Cells): string {
  return agency_id === '' ? `anchor,${anchor_id}` : `agency,${agency_id}`;
}

/** What the batch before has left open. */
export function carriedOf(rows: readonly Cells[], differences: Differences): Item[] {
  return rows.flatMap((row, at) => {
    const {
      payee_type,
      payee_id,
      close_no,
      anchor_id = '',
      date = '',
      part = '',
      amount = '',
      withheld_in,
      released_in,
    } = row;
    if (released_in !== '') return [];
    const value = decimalIn(MONEY, amount);
    if (value === undefined) {
      differences.add('withheld.csv of the batch before', `line ${at + 2}`, 'amount', 'no amount', 'an amount');
      return [];
    }
    const line = `${close_no}:${anchor_id}:${date}:${part}`;
    const item = {
      payee: `${payee_type},${payee_id}`,
      line,
      close: Number(close_no),
      anchor: anchor_id,
      date,
      part,
      amount: value,
    };
    return [{ ...item, since: wholeOf(withheld_in ?? ''), revision: 0 }];
  });
}
