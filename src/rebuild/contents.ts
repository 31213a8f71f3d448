import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256OfFile } from '../disk/pieces.js';
import { type ExportFile, listExports } from '../load/folder.js';

/** What lies in the folders that a warehouse is made again from. */
export interface Contents {
  /** Where a content lies, by its sha256, whatever the file is called. */
  paths: ReadonlyMap<string, string>;
  /** The exports of each folder, in the order in which a load takes them, with their sha256. */
  exports: readonly (readonly Found[])[];
}

export interface Found {
  file: ExportFile;
  sha256: string;
}

/** Reads every file of the folders; those below them are folders of their own. */
export async function contentsOf(
  folders: readonly string[],
  onStep: (name: string, done: number, total: number) => void,
): Promise<Contents> {
  const paths = new Map<string, string>();
  const exports: Found[][] = [];
  for (const folder of folders) {
    const listed = listExports(folder).exports;
    const hashes = new Map<string, string>();
    const names = readdirSync(folder).filter((name) =>
      statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
    );
    for (const [done, name] of names.entries()) {
      onStep(name, done, names.length);
      const path = join(folder, name);
      const sha256 = await sha256OfFile(path);
      hashes.set(path, sha256);
      if (!paths.has(sha256)) paths.set(sha256, path);
    }
    exports.push(listed.map((file) => ({ file, sha256: hashes.get(file.path) as string })));
  }
  return { paths, exports };
}
