import type { Command } from 'commander';
import type { AddOptions } from '../disputing/add.js';
import type { AnswerOptions } from '../disputing/answer.js';
import type { NewDispute } from '../disputing/new.js';
import { say } from '../words/say.js';
import { common, needed, ofDatabase, ofWarehouse, own } from './flags.js';
import type { Act, Stop } from './outcome.js';
import { READING } from './session.js';

const KEEPING: Stop = { left: say('what was to be kept is there whole or not at all'), mend: say('Run again.') };

/** What agencies dispute: made from their packets, taken in and answered by who pays. */
export function addDisputes(settle: Command, act: Act): void {
  const dispute = common(settle.command('dispute')).description(
    'dispute a figure of a packet; take disputes in, list and answer them',
  );
  common(dispute.command('new'))
    .description('write what you dispute of your packet into a small file')
    .argument('<packet>', 'the file of the packet')
    .option('--session <id>', 'the session that is disputed')
    .option('--anchor <id>', 'the anchor; of a session only where the packet does not have it')
    .option('--date <date>', "with --anchor: the anchor's day that is disputed")
    .addOption(needed('--claim <text>', 'what is wrong'))
    .option('--evidence <text>', 'what shows it')
    .addOption(needed('--contact <text>', 'whom to ask'))
    .addOption(own('--out <file>', 'the file to write, a new one (default: named after the dispute)'))
    .action((packet: string, flags: NewDispute) =>
      act(
        async (context) => (await import('../commands/dispute.js')).newDispute(packet, flags, context.language),
        READING,
      ),
    );
  const add = common(dispute.command('add'))
    .description('take a dispute in that an agency sent')
    .argument('<file>', 'the file that the agency sent')
    .addOption(needed('--by <name>', 'who takes it in'));
  ofDatabase(ofWarehouse(add)).action((file: string, flags: AddOptions) =>
    act(async (context) => (await import('../commands/dispute.js')).addDispute(file, flags, context), KEEPING),
  );
  common(dispute.command('list'))
    .description('list the disputes that were taken in, with their answers')
    .option('--open', 'only those that nobody has answered')
    .option('--config <file>', 'the settings file (default: settle.yaml in the current directory, if there is one)')
    .option('--out <dir>', 'where run folders are', 'out')
    .action((flags: { out: string; open?: boolean }) =>
      act(async (context) => (await import('../commands/dispute.js')).listDisputes(flags, context.language), READING),
    );
  const answer = common(dispute.command('answer'))
    .description('answer a dispute, once, with the rows that the answer stands on and the run that pays')
    .argument('<id>', 'the id of the dispute')
    .addOption(needed('--by <name>', 'who answers'))
    .addOption(needed('--text <text>', 'what the agency is told'))
    .option('--accept', 'the agency is right')
    .option('--refuse', 'the figure stands')
    .option('--row <file:line...>', 'a row of an export that the answer stands on; may be repeated')
    .option('--run <run>', 'with --accept: the run that pays');
  ofDatabase(ofWarehouse(answer)).action((id: string, flags: AnswerOptions) =>
    act(async (context) => (await import('../commands/dispute.js')).answerDispute(id, flags, context), KEEPING),
  );
}
