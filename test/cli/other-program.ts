import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { REPOSITORY, workspace } from '../workspace.js';

/** A copy of the built program in which one text of its SQL is another: another build of the same version. */
export function otherProgram(file: string, from: string, to: string, folder = workspace()): string {
  const copy = join(folder, 'program');
  for (const part of ['dist', 'sql', 'data-samples', 'package.json'])
    cpSync(join(REPOSITORY, part), join(copy, part), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  const path = join(copy, 'sql', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  return join(copy, 'dist/bin/settle.js');
}
