import { createHash } from 'node:crypto';
import { SettleError } from '../core/errors.js';
import { say } from '../words/say.js';
import { literal, type Warehouse } from './duckdb/warehouse.js';

/** Files of the output folder that the warehouse keeps a copy of, byte for byte; by their paths below it. */
export type KeptFiles = ReadonlyMap<string, string>;

const hash = (content: string): string => createHash('sha256').update(content).digest('hex');

/** Those whose paths are of the form, in the order of their paths. */
export async function keptFiles(warehouse: Warehouse, form: RegExp): Promise<KeptFiles> {
  const rows = await warehouse.rows('SELECT path, sha256, content FROM kept_file ORDER BY path');
  const found = new Map<string, string>();
  for (const { path, sha256, content } of rows as Record<'path' | 'sha256' | 'content', string>[]) {
    if (!form.test(path)) continue;
    if (hash(content) !== sha256)
      throw new SettleError(
        'differs',
        say('{path} is damaged in the warehouse {file}: it is not what its hash says', { path, file: warehouse.file }),
        { file: warehouse.file, mend: say('Put the warehouse back from a backup.') },
      );
    found.set(path, content);
  }
  return found;
}

/** Keeps files, in the open transaction; one of the same path is replaced. */
export async function keepCopies(warehouse: Warehouse, files: KeptFiles): Promise<void> {
  for (const [path, content] of files) {
    const values = [path, hash(content), content].map(literal).join(', ');
    await warehouse.run(`INSERT OR REPLACE INTO kept_file (path, sha256, content) VALUES (${values})`);
  }
}
