import type { Command } from 'commander';
import type { SettleError } from '../core/errors.js';
import type { NightlyOptions } from '../night/night.js';
import { common, ofDatabase, ofEngine, ofExports, ofLake, ofWarehouse } from './flags.js';
import type { Act } from './outcome.js';
import type { Call } from './session.js';

/** The command that cron and systemd call. */
export function addNightly(settle: Command, session: Call, act: Act): void {
  const command = common(settle.command('nightly'))
    .description('load what is new, settle every period that the date or the new data affects, and publish')
    .option('--date <date>', 'the night to settle (default: yesterday in Beijing)')
    .option('--policies <dir>', 'the folder with a policy for each period', 'policies')
    .option('--input <dir>', 'the folder of exports')
    .option('--log <file>', 'append events to this file as lines of JSON')
    .option('--metrics <file>', 'write what Prometheus may collect into this file')
    .option('--verify', 'hold every run of the night against the second implementation; exit 6 if one differs')
    .option('--no-verify', 'do not, whatever the settings say');
  ofExports(ofLake(ofWarehouse(command))).option('--no-statements', 'do not write a statement for each anchor');
  ofEngine(ofDatabase(command)).action((flags: NightlyOptions) =>
    act(async (context) => {
      const { nightly } = await import('../commands/nightly.js');
      const { failures, exit, ...result } = await nightly(flags, context);
      const { nightlyText } = await import('../report/night.js');
      return {
        exit,
        answer: { ...errorOf(failures, exit), ...result, failures: failures.map(asAnswer) },
        text: () => nightlyText({ failures, exit, ...result }, (path) => session.shown(path), context.language),
        failures,
      };
    }),
  );
}

/** What the exit is of, where whoever reads JSON looks for it. */
function errorOf(failures: readonly SettleError[], exit: number): object {
  const failure = failures.find((each) => each.exit === exit) ?? failures[0];
  return failure === undefined ? {} : { error: { code: failure.code, message: failure.message } };
}

function asAnswer({ code, message, details }: SettleError): object {
  return { code, message, ...details };
}
