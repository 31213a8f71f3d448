import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SettleError } from '../errors.js';

const SAMPLES = fileURLToPath(new URL('../../data-samples/', import.meta.url));

/** `settle init`: a folder with sample exports and their policy, from the package's own samples. */
export function init(dir: string): { answer: object; text: () => string } {
  if (existsSync(dir) && (!statSync(dir).isDirectory() || readdirSync(dir).length > 0)) {
    throw new SettleError('usage', `${dir} is there already and not empty`, {
      file: dir,
      mend: 'Give a folder that does not exist yet.',
    });
  }
  mkdirSync(dir, { recursive: true });
  cpSync(join(SAMPLES, 'policy-2023-11.yaml'), join(dir, 'policy-2023-11.yaml'));
  cpSync(join(SAMPLES, '2023-11'), join(dir, 'exports'), { recursive: true });
  const command = 'settle run --policy policy-2023-11.yaml --input exports';
  return {
    answer: { workspace: dir, next: command },
    text: () =>
      `${dir} is ready:\n  policy-2023-11.yaml   the policy of November 2023, clause by clause\n  exports/              a small month of exports\n\nNext    cd ${dir} && ${command}\n`,
  };
}
