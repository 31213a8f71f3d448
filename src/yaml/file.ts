import { readFile, stat } from 'node:fs/promises';
import { SettleError } from '../core/errors.js';
import { joined, type Said, type Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { type Fault, misfit } from './faults.js';
import { LARGEST, tooLarge } from './text.js';

/** What a file is, for the messages about it. */
export interface What {
  code: 'policy' | 'usage';
  /** a policy */
  a: Wording;
  /** the policy file */
  file: Wording;
  /** policy.yaml */
  example: string;
}

/** A file from the disk, whole. */
export async function readBytes(file: string, what: What): Promise<Buffer> {
  try {
    const about = await stat(file);
    // Looked at first: a pipe or a device could be waited on for ever, and a wrong file be of any size.
    if (!about.isFile()) {
      throw unreadable(file, what, say(about.isDirectory() ? 'this is a folder' : 'this is not a regular file'));
    }
    if (about.size > LARGEST) {
      const at = { line: 1, column: 1, key: '' };
      throw faultyFile(what.code, file, [misfit(at, ...tooLarge(about.size, what.a))]);
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof SettleError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw unreadable(file, what, UNREADABLE[code] ?? say("the file can't be read ({code})", { code }), error);
  }
}

const UNREADABLE: Record<string, Said> = {
  ENOENT: say('there is no such file'),
  ENOTDIR: say('there is no such file: a part of the path is not a folder'),
  EISDIR: say('this is a folder'),
  EACCES: say('no permission to read the file'),
  EPERM: say('no permission to read the file'),
};

function unreadable(file: string, what: What, found: Said, cause?: unknown): SettleError {
  const mend = /permission/.test(String(found))
    ? say('Ask its owner for permission to read it.')
    : say('Give the path of {file} itself, e.g. {example}.', { file: what.file, example: what.example });
  return new SettleError(
    what.code,
    say('{file}: {found}', { file, found }),
    { file, mend },
    cause === undefined ? undefined : { cause },
  );
}

/** Nobody fixes more than this in one go, and a file of rubbish must not fill the screen. */
const MOST_FAULTS = 1_000;

function clipped(key: string): string {
  return key.length > 120 ? `${key.slice(0, 120)}…` : key;
}

/** All faults as one error: a line for each, in the order of the file. */
export function faultyFile(code: 'policy' | 'usage', file: string, faults: readonly Fault[]): SettleError {
  const sorted = [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
  const shown = sorted.slice(0, MOST_FAULTS).map((fault) => ({ ...fault, key: clipped(fault.key) }));
  const lines: Wording[] = shown.map(({ line, key, said }) => {
    const where = `${file}:${line}: ${key === '' ? '' : `${key}: `}`;
    return say('{where}{said}', { where, said });
  });
  if (sorted.length > shown.length)
    lines.push(say('{file}: and {count} more faults', { file, count: sorted.length - shown.length }));
  const told = shown.map(({ said: _said, ...fault }) => fault);
  return new SettleError(code, joined(lines, '\n', '\n'), {
    file,
    ...(told[0] && { line: told[0].line, key: told[0].key }),
    faults: told,
  });
}
