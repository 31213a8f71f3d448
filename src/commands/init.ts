import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettleError } from '../core/errors.js';
import { PACKAGE } from '../disk/package-folder.js';
import { USUAL_FILE } from '../settings/settings.js';
import type { Language } from '../words/said.js';
import { say, tellIn } from '../words/say.js';

const SAMPLES = join(PACKAGE, 'data-samples');

/** What the commands find where no flag and no variable says otherwise; every line can be left out. */
const SETTINGS = `# Settings of this workspace. A flag or a SETTLE_ variable overrides them. Paths are relative to this file.

input: exports                   # the folder of exports
policies: .                      # a policy for each period; settle nightly finds the right one
out: out                         # where run folders go
# warehouse: settlement.duckdb   # keeps what was loaded; the default is beside out
# encoding: gb18030              # how files that are not UTF-8 are read
# parquet_int96: instant         # what INT96 times of Parquet files are: instant (UTC) or wall (Beijing's clock)
# memory_limit: 4GB              # memory that the database may use
# threads: 2
# wait: 600                      # how many seconds to wait for a warehouse that another run holds
# expect: { sessions: daily }    # how often something new of a kind should come: daily, weekly, monthly
# notices:                       # notices that ask for nobody here, and why
#   last_line_open: { severity: info, reason: "why" }
# columns: { sessions: { 停留时长(分钟): rec_dwell_minutes } }   # what another system calls columns
# words: { penalties: { kind: { 低俗: vulgar } } }               # and the words of flags and kinds
`;

/** `settle init`: a folder with sample exports, their policy and settings, from the package's own samples. */
export function init(dir: string, language?: Language): { answer: object; text: () => string } {
  if (existsSync(dir) && (!statSync(dir).isDirectory() || readdirSync(dir).length > 0)) {
    throw new SettleError('usage', say('{dir} already exists and is not empty', { dir }), {
      file: dir,
      mend: say('Give a new folder, e.g. settle init settlement'),
    });
  }
  mkdirSync(dir, { recursive: true });
  cpSync(join(SAMPLES, 'policy-2023-11.yaml'), join(dir, 'policy-2023-11.yaml'));
  cpSync(join(SAMPLES, '2023-11'), join(dir, 'exports'), { recursive: true });
  writeFileSync(join(dir, USUAL_FILE), SETTINGS, { flag: 'wx' });
  const command = 'settle run --policy policy-2023-11.yaml --input exports';
  return {
    answer: { workspace: dir, next: command },
    text: () =>
      tellIn(language)(
        '{dir} is ready:\n  policy-2023-11.yaml   the policy of November 2023, clause by clause\n  exports/              a small month of exports\n  settle.yaml           the settings, which every command reads\n\nNext    cd {dir} && {command}\nor      cd {dir} && settle nightly --date 2023-11-30\n',
        { dir, command },
      ),
  };
}
