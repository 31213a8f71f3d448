import { SettleError } from '../../core/errors.js';
import { sqlFile, sqlFilesIn } from '../../program/sql-files.js';
import type { Wording } from '../../words/said.js';
import { say } from '../../words/say.js';

/** Each carries a warehouse over from one format to the next, whose number its name begins with; in their order. */
const MIGRATIONS = sqlFilesIn('warehouse/migrations').map((path) => ({
  to: Number(/\/(\d+)_\w+\.sql$/.exec(path)?.[1]),
  path,
}));

const OLDEST = (MIGRATIONS[0]?.to ?? Number.NaN) - 1;
const NEWEST = MIGRATIONS.at(-1)?.to ?? Number.NaN;

/** The format that this program writes: where the last migration leads. */
export const FORMAT = String(NEWEST);

/** Whether a warehouse of that format can be carried over to this one. */
export function canCarryOver(format: string): boolean {
  return Number(format) >= OLDEST && Number(format) < NEWEST;
}

/** SQL that carries a warehouse over from an older format, its own word of its format too. */
export function migrationFrom(format: string): string {
  const steps = MIGRATIONS.filter(({ to }) => to > Number(format)).map(({ path }) => sqlFile(path));
  return [...steps, `UPDATE warehouse_format SET version = '${FORMAT}'`].join(';');
}

/** What stands beside a warehouse that was carried over: the file as it was. */
export function copyBefore(file: string, format: string): string {
  return `${file}.format-${format}`;
}

/** All such names of a file, whether they are there or not. */
export function copiesBefore(file: string): string[] {
  return MIGRATIONS.map(({ to }) => copyBefore(file, String(to - 1)));
}

/** What is told of a warehouse that was carried over: `copy` is the file as it was, or else why there is none. */
export function carriedOver(file: string, from: string, copy: string | undefined, lacking = ''): Wording {
  const kept =
    copy === undefined
      ? say("it isn't kept as it was: {lacking}", { lacking })
      : say('as it was, it is kept as {copy}', { copy });
  return say('{file} was carried over from format {from} to {to}; {kept}', { file, from, to: FORMAT, kept });
}

/** Why a database is none that this program can work with; `format` is what it says of itself, if anything. */
export function formatFailure(file: string, format: string | undefined): SettleError {
  if (format === undefined)
    return new SettleError('warehouse', say('{file} is a database, but no settlement warehouse', { file }), {
      file,
      mend: say('Give another file with --warehouse; a new one is made from the exports.'),
    });
  const newer = Number(format) > NEWEST;
  const when = newer
    ? say('was written by a newer version of this program')
    : say('is older than any that can be carried over');
  return new SettleError(
    'warehouse',
    say('{file} is a warehouse of format {format} and {when}, which knows format {FORMAT}', {
      file,
      format,
      when,
      FORMAT,
    }),
    {
      file,
      mend: newer
        ? say('Install that version again, or a later one; or give another file with --warehouse. Nothing was changed.')
        : say('Give another file with --warehouse; a new one is made from the exports.'),
    },
  );
}
