import type { Command } from 'commander';
import type { MakeOptions } from '../paying/make.js';
import type { ReviewOptions } from '../paying/review.js';
import type { ShowOptions } from '../paying/show.js';
import { say } from '../words/say.js';
import { common, needed, ofDatabase, ofWarehouse } from './flags.js';
import type { Act, Stop } from './outcome.js';
import { READING } from './session.js';

const MAKING: Stop = {
  left: say('each batch is there whole or not at all'),
  mend: say('See settle payments list; run again for what is in no batch.'),
};
export const REVIEWING: Stop = { left: say('nothing was reviewed'), mend: say('Run again.') };

/** What is paid: `settle payments` alone is `settle payments make`. */
export function addPayments(settle: Command, act: Act): void {
  const payments = common(settle.command('payments')).description('make, review and look at batches of payments');
  const make = common(payments.command('make', { isDefault: true }))
    .description('make a batch of payments of what is closed and in no batch yet')
    .addOption(needed('--by <name>', 'who makes it'))
    .option('--programme <name>', 'only this programme (default: each that has something to pay)')
    .option('--note <text>', 'a remark to keep with the batch')
    .option('--up-to <close>', 'only closes up to this number')
    .option('--after-loss <reason>', 'why closes are paid that a lost batch may have held; kept in the batch');
  ofDatabase(ofWarehouse(make)).action((flags: MakeOptions & { lang?: string }) =>
    act(async (context) => (await import('../commands/payments.js')).make(flags, context), MAKING),
  );
  const list = common(payments.command('list')).description('list the batches');
  ofDatabase(ofWarehouse(list)).action((flags: ShowOptions) =>
    act(async (context) => (await import('../commands/payments.js')).list(flags, context), READING),
  );
  const show = common(payments.command('show'))
    .description('show what a batch pays to whom')
    .argument('<batch>', 'the id of the batch, its number or its folder');
  ofDatabase(ofWarehouse(show)).action((batch: string, flags: ShowOptions) =>
    act(async (context) => (await import('../commands/payments.js')).show(batch, flags, context), READING),
  );
  const review = common(payments.command('review'))
    .description('say that another person than who made it has looked at a batch')
    .argument('<batch>', 'the whole id of the batch, as settle payments show prints it')
    .addOption(needed('--by <name>', 'who has looked at it'))
    .option('--note <text>', 'a remark to keep with the review');
  ofDatabase(ofWarehouse(review)).action((batch: string, flags: ReviewOptions) =>
    act(async (context) => (await import('../commands/payments.js')).review(batch, flags, context), REVIEWING),
  );
  const verify = common(payments.command('verify'))
    .description('check seal, chain and sums of a batch, or of all, by a second implementation')
    .argument('[batch]', 'the id of the batch, its number or its folder (default: every batch)')
    .option('--config <file>', 'the settings file (default: settle.yaml in the current directory, if there is one)')
    .option('--out <dir>', 'where run folders are', 'out');
  verify.action((batch: string | undefined, flags: { out: string }) =>
    act(async (context) => (await import('../commands/payments.js')).verifyPayments(batch, flags, context), READING),
  );
}
