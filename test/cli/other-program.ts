import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sqlDigest } from '../../src/program/build-digest.js';
import { REPOSITORY, workspace } from '../support/workspace.js';

/** A copy of the built program, whose SQL can be changed. */
export class CopyOfProgram {
  /** What is called. */
  readonly program: string;

  constructor(readonly folder = join(workspace(), 'copy')) {
    for (const part of ['dist', 'sql', 'data-samples', 'package.json'])
      cpSync(join(REPOSITORY, part), join(folder, part), { recursive: true });
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
    this.program = join(folder, 'dist/bin/settle.js');
  }

  /** The text of a file below `sql/`. */
  sql(file: string): string {
    return readFileSync(join(this.folder, 'sql', file), 'utf8');
  }

  /** Puts another text into a file below `sql/`, as if the program had been built with it. */
  build(file: string, text: string): void {
    const before = sqlDigest(join(this.folder, 'sql'));
    writeFileSync(join(this.folder, 'sql', file), text);
    const chunks = readdirSync(join(this.folder, 'dist/shared')).map((name) => join(this.folder, 'dist/shared', name));
    const holding = chunks.filter((path) => readFileSync(path, 'utf8').includes(before));
    expect(holding).toHaveLength(1);
    for (const path of holding)
      writeFileSync(path, readFileSync(path, 'utf8').replace(before, sqlDigest(join(this.folder, 'sql'))));
  }

  /** Puts one text of a file below `sql/` in another's place. */
  replace(file: string, from: string, to: string): void {
    const text = this.sql(file);
    expect(text).toContain(from);
    this.build(file, text.replace(from, to));
  }
}

/** A copy of the built program in which one text of its SQL is another: another build of the same version. */
export function otherProgram(file: string, from: string, to: string, folder = workspace()): string {
  const copy = new CopyOfProgram(join(folder, 'program'));
  copy.replace(file, from, to);
  return copy.program;
}
