import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** What many test files need is made by the first that asks, in a folder that they all see; the others wait for it. */
export async function once<T>(name: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(inject('shared'), name);
  const answer = join(folder, 'answer.json');
  if (isFirst(folder)) {
    const draft = join(folder, 'draft.json');
    writeFileSync(draft, JSON.stringify(await outcomeOf(make(folder))));
    renameSync(draft, answer);
  }
  while (!existsSync(answer)) await new Promise((resolve) => setTimeout(resolve, 20));
  const { made, failed } = JSON.parse(readFileSync(answer, 'utf8')) as Outcome<T>;
  if (made === undefined) throw new Error(`${name} could not be made: ${failed}`);
  return made;
}

interface Outcome<T> {
  made?: T;
  failed?: string;
}

async function outcomeOf<T>(making: Promise<T>): Promise<Outcome<T>> {
  try {
    return { made: await making };
  } catch (error) {
    return { failed: String(error) };
  }
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
