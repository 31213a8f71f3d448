import { SettleError } from '../../core/errors.js';
import { say } from '../../words/say.js';
import type { WrongAnswer } from '../probe.js';

/** Spark doesn't see what this machine wrote, or the other way round. */
export function lakeNotShared(folder: string, what: 'read' | 'written'): SettleError {
  const message =
    what === 'read'
      ? say("Spark doesn't see what this machine writes to {folder}", { folder })
      : say("this machine doesn't see what Spark writes to {folder}", { folder });
  return new SettleError('machine', message, {
    file: folder,
    mend: say(
      'Give as "spark: lake" a folder on storage that this machine, the Spark server and all its workers have mounted at the same path, and may write to.',
    ),
  });
}

/** A server whose SQL isn't known to settle the same. */
export function olderSpark(version: string): SettleError {
  return new SettleError(
    'machine',
    say('the Spark server is of version {version}, and 4.0 or later is needed', { version }),
    {
      mend: say('Give the address of a newer one, or settle with DuckDB: --engine duckdb. Nothing was published.'),
    },
  );
}

/** A question of sql/dialects/probe.yaml is answered otherwise than it must be. */
export function probeFailed({ name, why, ask, expected }: WrongAnswer): SettleError {
  return new SettleError(
    'machine',
    say('Spark answers otherwise than the rules need ({name}): {ask} is not {expected}', { name, ask, expected }),
    {
      probe: name,
      why,
      mend: say(
        'Nothing was settled. Look for a setting of the server that a session cannot change, or settle with DuckDB: --engine duckdb.',
      ),
    },
  );
}
