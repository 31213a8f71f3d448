import { readFile, stat } from 'node:fs/promises';
import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';
import type { Fault } from './faults.js';
import { LARGEST, tooLarge } from './text.js';

/** What a file is, for the messages about it. */
export interface What {
  code: 'policy' | 'usage';
  /** a policy */
  a: string;
  /** the policy file */
  file: string;
  /** policy.yaml */
  example: string;
}

/** A file from the disk, whole. */
export async function readBytes(file: string, what: What): Promise<Buffer> {
  try {
    const about = await stat(file);
    // Looked at first: a pipe or a device could be waited on for ever, and a wrong file be of any size.
    if (!about.isFile()) {
      const found = about.isDirectory() ? 'a folder' : 'not a regular file';
      throw unreadable(file, what, `this is ${found}`);
    }
    if (about.size > LARGEST) {
      const [found, expected] = tooLarge(about.size, what.a);
      throw faultyFile(what.code, file, [
        { line: 1, column: 1, key: '', found, expected, message: `found ${found}; ${expected}` },
      ]);
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof SettleError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw unreadable(file, what, UNREADABLE[code] ?? `the file can't be read (${code})`, error);
  }
}

const UNREADABLE: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file: a part of the path is not a folder',
  EISDIR: 'this is a folder',
  EACCES: 'no permission to read the file',
  EPERM: 'no permission to read the file',
};

function unreadable(file: string, what: What, found: string, cause?: unknown): SettleError {
  const mend = /permission/.test(found)
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
  const told = sorted.slice(0, MOST_FAULTS).map((fault) => ({ ...fault, key: clipped(fault.key) }));
  const lines = told.map((fault) => {
    const key = fault.key === '' ? '' : `${fault.key}: `;
    return `${file}:${fault.line}: ${key}${fault.message}`;
  });
  if (sorted.length > told.length) lines.push(`${file}: and ${sorted.length - told.length} more faults`);
  return new SettleError(code, lines.join('\n'), {
    file,
    ...(told[0] && { line: told[0].line, key: told[0].key }),
    faults: told,
  });
}
