import type { Context } from '../context/context.js';
import { SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { say } from '../words/say.js';
import { verifyRun } from './verify-run.js';

/** What the second implementation finds wrong with a run folder, as a failure (exit 6); undefined where every figure is right. */
export async function differenceIn(runDir: string, context: Context): Promise<SettleError | undefined> {
  const { count, differences } = await verifyRun(runDir, {
    most: 1,
    onProgress: (step, done, total) => context.progress('verify', step, done, total),
  });
  if (count === 0) return undefined;
  const [first] = differences;
  const cell = first && [first.file, first.key, first.column].filter((each) => each !== '').join(', ');
  const where =
    first === undefined
      ? ''
      : say('; the first: {cell} is {found}, and should be {expected}', {
          cell: cell ?? '',
          found: first.found,
          expected: first.expected,
        });
  return new SettleError(
    'differs',
    say('the figures of {runDir} differ from what they should be ({count}{where})', {
      runDir,
      count: count === 1 ? say('1 difference') : say('{count} differences', { count: readable(String(count)) }),
      where,
    }),
    {
      file: runDir,
      differences: count,
      mend: say(
        'Pay and close nothing by it. To see every difference: settle verify {runDir}. If nobody changed the folder, this is a defect of the program: keep the folder and the warehouse, and report it.',
        { runDir },
      ),
    },
  );
}
