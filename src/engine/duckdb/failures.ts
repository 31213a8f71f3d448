import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { SettleError } from '../../core/errors.js';
import { say } from '../../words/say.js';
import { newerDuckDb } from './header.js';

/** Why a file couldn't be opened, to be written to or only to be read. */
export function openFailure(file: string, error: unknown, reading = false): SettleError {
  const said = error instanceof Error ? error.message : String(error);
  if (/Could not set lock/.test(said)) {
    const pid = /PID (\d+)/.exec(said)?.[1];
    const command = pid === undefined ? undefined : commandOf(pid);
    const holder =
      pid === undefined
        ? ''
        : command === undefined
          ? say(' (process {pid})', { pid })
          : say(' (process {pid}, settle {command})', { pid, command });
    return new SettleError('held', say('{file} is held by another run{holder}', { file, holder }), {
      file,
      ...(pid === undefined ? {} : { pid: Number(pid) }),
      ...(command === undefined ? {} : { command }),
      mend: say('Wait until that run has ended, then run again; --wait 600 waits up to 600 seconds for it.'),
    });
  }
  const refused = /Permission denied|Read-only file system/.exec(said);
  if (refused !== null) {
    return new SettleError('machine', say("{file} can't be opened: {why}", { file, why: refused[0] }), {
      file,
      mend: reading
        ? say('Make the file readable for whoever runs this, and its .wal and .head where there are such.')
        : say(
            'Make the file and its folder readable and writable for whoever runs this; for commands that only read, readable is enough.',
          ),
    });
  }
  const newer = newerDuckDb(file);
  if (newer !== undefined) {
    return new SettleError(
      'warehouse',
      say("{file} was written by {newer}, which this program's can't read", { file, newer }),
      {
        file,
        mend: say(
          'Restore a copy that this version wrote, or install the version of this program that wrote the file. It is not damaged, and nothing was changed.',
        ),
      },
    );
  }
  return notRead(file, said);
}

/** Which of our commands a process is, where the system says it: `nightly`. */
function commandOf(pid: string): string | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const at = words.findIndex((word) => /^settle(\.js)?$/.test(basename(word)));
    const command = at < 0 ? undefined : words[at + 1];
    return command !== undefined && /^[a-z]+(-[a-z]+)*$/.test(command) ? command : undefined;
  } catch {
    return undefined; // it has ended meanwhile, or the system keeps it to itself
  }
}

/** What a failed statement says of the machine or the warehouse `file`, rather than of itself; undefined where it does not. */
export function failureOf(file: string, scratch: string, error: unknown): SettleError | undefined {
  const said = error instanceof Error ? error.message : '';
  if (isOfFile(file, said)) return notRead(file, said);
  return /failed to offload/.test(said) ? noRoomToSpill(scratch, said) : undefined;
}

/** DuckDB looks at a block when it is read: where that is missing or changed, the file is at fault and not the statement. */
function isOfFile(file: string, said: string): boolean {
  const short = /Could not read enough bytes from file "(.+?)"/.exec(said)?.[1];
  return (
    /Corrupt database file|^Serialization Error/.test(said) ||
    (short !== undefined && basename(short) === basename(file))
  );
}

/** DuckDB calls this out of memory, for it first looks how much room there is. */
function noRoomToSpill(scratch: string, said: string): SettleError {
  return new SettleError(
    'machine',
    say('there is no space left to spill to in {scratch}: {why}', { scratch, why: firstLine(said) }),
    {
      file: scratch,
      mend: say(
        'Make room there, or set TMPDIR to a place that has room, or allow more with --memory-limit; then run again.',
      ),
    },
  );
}

/** What DuckDB says first. */
function firstLine(said: string): string {
  return said.split('\n')[0] ?? '';
}

function notRead(file: string, said: string): SettleError {
  return new SettleError(
    'warehouse',
    say("{file} can't be read as a warehouse: {why}", { file, why: firstLine(said) }),
    {
      file,
      mend: say('Give another file with --warehouse, or restore this one from a copy.'),
    },
  );
}
