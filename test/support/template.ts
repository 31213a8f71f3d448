import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { workspace } from './workspace.js';

interface Made<T> {
  folder: string;
  answer: T;
}

const templates = new Map<string, Promise<Made<unknown>>>();

/**
 * What `fill` leaves in a folder and answers, made once for all tests that ask for it by the same name; each has a copy of
 * its own. The answer is plain data: paths in it are those of the copy.
 */
export async function copyOf<T>(name: string, fill: (folder: string) => Promise<T>): Promise<Made<T>> {
  let making = templates.get(name) as Promise<Made<T>> | undefined;
  if (making === undefined) {
    const folder = mkdtempSync(join(inject('shared'), 'template-'));
    making = fill(folder).then((answer) => ({ folder, answer }));
    templates.set(name, making);
  }
  const made = await making;
  const folder = workspace();
  cpSync(made.folder, folder, { recursive: true, preserveTimestamps: true });
  return { folder, answer: JSON.parse(JSON.stringify(made.answer).replaceAll(made.folder, folder)) };
}
