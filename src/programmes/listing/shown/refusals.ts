import { SettleError } from '../../../core/errors.js';
import type { Listing } from '../lists.js';
import { saidBoth } from '../said.js';

/** What is only there where somebody is paid. */
export function nobodyIsPaid({ name }: Pick<Listing, 'name'>): SettleError {
  return new SettleError(
    'usage',
    saidBoth([
      `by the rules ${name} nobody is paid: there is no amount to show`,
      `按 ${name} 的规则不付款：没有金额可显示`,
    ]),
    {
      mend: saidBoth([
        'Ask with settle explain RUN --of ID, or read the lists in the run folder.',
        '请用 settle explain RUN --of ID 查询，或看批次文件夹中的清单。',
      ]),
    },
  );
}

/** Nothing of a run is about whatever was asked for. */
export function isAboutNone(run: string, id: string): SettleError {
  return new SettleError('usage', saidBoth([`run ${run} has no row of ${id}`, `批次 ${run} 中没有 ${id} 的行`]), {
    mend: saidBoth(['Give an id as the lists of the run write it.', '请按批次清单中的写法给出 ID。']),
  });
}
