import type { Differences } from '../../../../verify/differences.js';
import type { ManifestInput } from '../folder/manifest.js';

const CODE = 'read_by_older';
/** The reader of the first version with notices; later ones' are no earlier. */
const FIRST_READER = 2;

/**
 * Files that a build read whose reading has been fixed since. The folder doesn't say which reader was the newest when the
 * run was made: it was no earlier than any that read a file of it, and later where a file of the last of these is told.
 */
export class OlderReadings {
  private readonly told = new Set<string>();

  constructor(private readonly inputs: readonly ManifestInput[]) {}

  /** Takes a line; whether it is the file's first. */
  tell(file: string): boolean {
    const isFirst = !this.told.has(file);
    this.told.add(file);
    return isFirst;
  }

  /** Reports the files that aren't told, and those told that the newest reader read. */
  report(noticesFile: string, differences: Differences): void {
    const readers = this.inputs.map(({ reading }) => reading?.reader ?? 0);
    const newest = readers.reduce((a, b) => Math.max(a, b), FIRST_READER);
    const isLater = this.inputs.some(({ file, reading }) => reading?.reader === newest && this.told.has(file));
    for (const { file, rows, reading } of this.inputs) {
      const isOlder = (reading?.reader ?? 0) < newest || isLater;
      if (!isOlder || this.told.has(file)) continue;
      differences.add(noticesFile, `${CODE} ${file}`, '', 'no line', `a line, count ${rows}`, 'contract');
    }
  }
}
