import { existsSync, linkSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { sync } from '../../disk/writing.js';
import { draftOf, headFile, removeDraft } from './paths.js';

/**
 * Makes the file under another name and links it into place whole: killed while creating it, DuckDB could
 * leave a file that never opens. False where another process was first.
 */
export async function createWhole(file: string, make: (draft: string) => Promise<void>): Promise<boolean> {
  const draft = draftOf(file);
  removeDraft(draft); // a killed run of the same process id, as containers have them, may have left one
  try {
    await make(draft);
    sync(draft);
    // A head that a file which was taken away left behind says nothing of this one; a killed run must not leave both.
    if (!existsSync(file)) rmSync(headFile(file), { force: true });
    linkSync(draft, file);
    sync(dirname(resolve(file)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    removeDraft(draft);
  }
}
