import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { SettleError } from '../../core/errors.js';
import { printableLine } from '../../text/terminal.js';
import { say } from '../../words/say.js';

/**
 * The anchor that is meant by an id or a nickname, by the anchors of a run folder: an id counts before a nickname. What
 * neither names is given back as it is. Throws `usage` with all whom a nickname may mean.
 */
export async function anchorNamed(runDir: string, asked: string): Promise<string> {
  const path = join(runDir, 'inputs', 'anchors.csv');
  if (!existsSync(path)) return asked;
  const named: string[] = [];
  // What a spreadsheet would take for a formula stands with an apostrophe (contract, "Outputs").
  const written = /^[=+\-@\t\r\n]/.test(asked) ? `'${asked}` : asked;
  const rows = createReadStream(path).pipe(parse({ columns: true }));
  for await (const { anchor_id = '', nickname = '' } of rows as AsyncIterable<Record<string, string>>) {
    if (anchor_id === asked) return asked;
    if (nickname === written) named.push(anchor_id);
  }
  const [only] = named;
  if (named.length <= 1) return only ?? asked;
  throw new SettleError(
    'usage',
    say('{count} anchors are called {nickname}: {anchors}', {
      count: named.length,
      nickname: printableLine(asked),
      anchors: named.sort(),
    }),
    { anchors: named, mend: say('Give the id of one of them with --anchor.') },
  );
}
