import { lstatSync } from 'node:fs';
import { SettleError } from '../errors.js';
import { encodingOf, isCount, isInt96, isSize } from './values.js';

/** Something that a flag, a variable of the environment or settle.yaml may say; the first of them that does counts. */
export interface Setting {
  /** In settle.yaml; the variable is SETTLE_ and the same in capitals. */
  key: string;
  /** The flag's name among a command's options. */
  flag: string;
  /** A path: in the file it begins at the file's own folder. */
  path: boolean;
  /** Whether a text has the form. */
  sound: (text: string) => boolean;
  /** What is expected, as the end of a sentence. */
  right: string;
}

const isPath = (text: string): boolean => text.trim() !== '' && !/\p{Cc}/u.test(text);
const COUNT = 'expected a whole number, digits only';

const path = (key: string, right: string): Setting => ({ key, flag: key, path: true, sound: isPath, right });
const value = (key: string, flag: string, sound: Setting['sound'], right: string): Setting => ({
  key,
  flag,
  path: false,
  sound,
  right,
});

export const SETTINGS: readonly Setting[] = [
  path('input', 'expected the path of the folder of exports'),
  path('warehouse', 'expected the path of the DuckDB file, or ":memory:"'),
  path('out', 'expected the path of the folder for run folders'),
  path('policies', 'expected the path of the folder of policies'),
  value('encoding', 'encoding', (text) => encodingOf(text) !== undefined, 'expected gb18030 or utf-8'),
  value('parquet_int96', 'parquetInt96', isInt96, "expected instant (UTC) or wall (Beijing's clock)"),
  value('memory_limit', 'memoryLimit', isSize, 'expected a size such as 4GB or 512MB'),
  value('threads', 'threads', isCount, COUNT),
  value('wait', 'wait', isCount, 'expected a whole number of seconds, digits only'),
];

/** Where settings are looked for when nobody says where: in the current directory, and not above it. */
export const USUAL_FILE = 'settle.yaml';

/** Everything that the environment or the file says, by the name of the flag; `file` as --config gives it. */
export async function readSettings(
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<Record<string, string>> {
  const there = file ?? (lstatSync(USUAL_FILE, { throwIfNoEntry: false }) && USUAL_FILE);
  if (there === undefined) return ofEnvironment(environment);
  const { readSettingsFile } = await import('./settings-file.js'); // not every call needs what reads YAML
  return { ...(await readSettingsFile(there, SETTINGS)), ...ofEnvironment(environment) };
}

/** An empty variable says nothing. */
function ofEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const said: Record<string, string> = {};
  for (const { key, flag, sound, right } of SETTINGS) {
    const name = `SETTLE_${key.toUpperCase()}`;
    const text = environment[name];
    if (text === undefined || text === '') continue;
    if (!sound(text)) {
      throw new SettleError('usage', `the environment variable ${name} is ${JSON.stringify(text)}; ${right}`, {
        key: name,
        mend: `Correct it, or remove it: unset ${name}`,
      });
    }
    said[flag] = text;
  }
  return said;
}
