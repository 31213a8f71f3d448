import { lstatSync } from 'node:fs';
import { SettleError } from '../core/errors.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import { nearest } from '../yaml/nearest.js';
import type { Setting, Settings } from './setting.js';
import { encodingOf, isCount, isEngine, isInt96, isLanguage, isRows, isSize, isSwitch } from './values.js';

const isPath = (text: string): boolean => text.trim() !== '' && !/\p{Cc}/u.test(text);
const COUNT = say('expected a whole number, digits only');

const path = (key: string, right: Wording): Setting => ({ key, flag: key, path: true, sound: isPath, right });
const value = (key: string, flag: string, sound: Setting['sound'], right: Wording): Setting => ({
  key,
  flag,
  path: false,
  sound,
  right,
});

export const SETTINGS: readonly Setting[] = [
  path('input', say('expected the path of the folder of exports')),
  path('lake', say('expected the path of the folder that exports are loaded into')),
  path('warehouse', say('expected the path of the DuckDB file, or ":memory:"')),
  path('out', say('expected the path of the folder for run folders')),
  path('policies', say('expected the path of the folder of policies')),
  value('encoding', 'encoding', (text) => encodingOf(text) !== undefined, say('expected gb18030 or utf-8')),
  value('parquet_int96', 'parquetInt96', isInt96, say("expected instant (UTC) or wall (Beijing's clock)")),
  value('memory_limit', 'memoryLimit', isSize, say('expected a size such as 4GB or 512MB')),
  value('threads', 'threads', isCount, COUNT),
  value('range_rows', 'rangeRows', isRows, say('expected a number of rows, 1 to 999999999')),
  path('metrics', say('expected the path of a file for Prometheus to collect')),
  value('verify', 'verify', isSwitch, say('expected true or false')),
  value('lang', 'lang', isLanguage, say('expected en or zh')),
  value('engine', 'engine', isEngine, say('expected duckdb or spark')),
  value('wait', 'wait', isCount, say('expected a whole number of seconds, digits only')),
];

/** Keys of the file that have no variable; they stand here, for the environment is read without what reads the file. */
const FILE_ONLY = ['expect', 'notices', 'columns', 'words', 'four_eyes', 'minimum_payout', 'budget', 'spark'];

/** Where settings are looked for when nobody says where: in the current directory, and not above it. */
export const USUAL_FILE = 'settle.yaml';

/** Reads the environment, and the file that --config gives or the usual one. */
export async function readSettings(file: string | undefined, environment: NodeJS.ProcessEnv): Promise<Settings> {
  const said = ofEnvironment(environment);
  const there = file ?? (lstatSync(USUAL_FILE, { throwIfNoEntry: false }) && USUAL_FILE);
  if (there === undefined)
    return {
      flags: said,
      expect: {},
      lowered: [],
      mappings: {},
      fourEyes: false,
      minimumPayout: '0.00',
      budget: {},
      spark: undefined,
    };
  const { readSettingsFile } = await import('./settings-file.js'); // not every call needs what reads YAML
  const { flags, ...structured } = await readSettingsFile(there, SETTINGS);
  return { flags: { ...flags, ...said }, ...structured };
}

const PREFIX = 'SETTLE_';
const nameOf = (key: string): string => `${PREFIX}${key.toUpperCase()}`;

/** An empty variable says nothing; one that nobody here knows is a slip. */
function ofEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  refuseUnknown(environment);
  const said: Record<string, string> = {};
  for (const { key, flag, sound, right } of SETTINGS) {
    const name = nameOf(key);
    const text = environment[name];
    if (text === undefined || text === '') continue;
    if (!sound(text)) {
      throw new SettleError(
        'usage',
        say('the environment variable {name} is {text}; {right}', { name, text: JSON.stringify(text), right }),
        {
          key: name,
          mend: say('Correct it, or remove it: unset {name}', { name }),
        },
      );
    }
    said[flag] = text;
  }
  return said;
}

function refuseUnknown(environment: NodeJS.ProcessEnv): void {
  const names = SETTINGS.map(({ key }) => nameOf(key));
  const unknown = Object.keys(environment).find((name) => name.startsWith(PREFIX) && !names.includes(name));
  if (unknown === undefined) return;
  const key = unknown.slice(PREFIX.length).toLowerCase();
  const near = nearest(unknown, names);
  const list = `known here: ${names.join(', ')}`;
  const known = near === undefined ? list : `did you mean ${near}? (${list})`;
  const meant = FILE_ONLY.includes(key) ? `${key} is said in ${USUAL_FILE} alone` : known;
  throw new SettleError('usage', say('the environment variable {unknown} is unknown; {meant}', { unknown, meant }), {
    key: unknown,
    mend: say('Correct its name, or unset it.'),
  });
}
