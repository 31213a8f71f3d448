import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { SettleError } from '../../core/errors.js';
import { printableLine } from '../../text/terminal.js';
import { say } from '../../words/say.js';

/**
 * The anchor that is meant by an id or a nickname, by the anchors of a run folder: an id counts before a nickname. What
 * neither names is given back as it is. Throws `usage` with all whom a nickname may mean.
 */
export async function anchorNamed(runDir: string, asked: string): Promise<string> {
  const named = await idsCalled(join(runDir, 'inputs', 'anchors.csv'), asked, { id: 'anchor_id', name: 'nickname' });
  const [only] = named;
  if (named.length <= 1) return only ?? asked;
  throw new SettleError(
    'usage',
    say('{count} anchors are called {nickname}: {anchors}', {
      count: named.length,
      nickname: printableLine(asked),
      anchors: named,
    }),
    { anchors: named, mend: say('Give the id of one of them with --anchor.') },
  );
}

/** The same of an agency, by its name where an export of agencies gave one. */
export async function agencyNamed(runDir: string, asked: string): Promise<string> {
  const named = await idsCalled(join(runDir, 'inputs', 'agencies.csv'), asked, { id: 'agency_id', name: 'name' });
  const [only] = named;
  if (named.length <= 1) return only ?? asked;
  throw new SettleError(
    'usage',
    say('{count} agencies are called {name}: {agencies}', {
      count: named.length,
      name: printableLine(asked),
      agencies: named,
    }),
    { agencies: named, mend: say('Give the id of one of them with --agency.') },
  );
}

/** Whose name it is, in byte order; the id itself, where it is one; none where nobody is called so. */
async function idsCalled(path: string, asked: string, columns: { id: string; name: string }): Promise<string[]> {
  if (!existsSync(path)) return [];
  const named: string[] = [];
  // What a spreadsheet would take for a formula stands with an apostrophe (contract, "Outputs").
  const written = /^[=+\-@\t\r\n]/.test(asked) ? `'${asked}` : asked;
  for (const row of recordsWith(readFileSync(path, 'utf8'), asked)) {
    const id = row[columns.id] ?? '';
    if (id === asked) return [asked];
    if (row[columns.name] === written) named.push(id);
  }
  return named.sort();
}

/** The records that may hold a text: of a file whose lines are its records, only those are read that do. */
function recordsWith(text: string, asked: string): Record<string, string>[] {
  const [header = '', ...lines] = text.split('\n');
  const isRecord = (line: string): boolean => !line.includes('"') || line.split('"').length % 2 === 1;
  const found = lines.every(isRecord) ? lines.filter((line) => line.includes(asked.replaceAll('"', '""'))) : lines;
  return parse([header, ...found].join('\n'), { columns: true });
}
