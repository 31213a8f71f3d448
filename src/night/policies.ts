import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { addDays, type BeijingDate, daysFrom } from '../core/beijing.js';
import { asFailure, SettleError } from '../core/errors.js';
import { byProgramme, haveDaysInCommon } from '../core/programme.js';
import { sha256 } from '../emit/manifest.js';
import type { PolicyFile } from '../place/closed-policies.js';
import type { ProgrammeDays } from '../place/day-without-policy.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { Policy } from '../programmes/interface/policy.js';
import { USUAL_FILE } from '../settings/settings.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';

interface Found {
  file: string;
  policy: Policy;
}

/** The policies of a folder, as a night meets them. */
export interface NightPolicies {
  /** The files that periods can be settled by: begun by the date, sharing no day with another; in the order of their periods. */
  usable: string[];
  /** The days of all that are sound, each with its programme. */
  periods: ProgrammeDays[];
  /** Every file, sound or not. */
  files: PolicyFile[];
  /** What keeps a period from being settled: a broken policy, two of one day, none for the date. */
  failures: SettleError[];
  /** What will keep the next from being settled. */
  warnings: Wording[];
}

/** Reads every policy of the folder; what is wrong with one keeps no other from being used. */
export async function policiesFor(folder: string, date: BeijingDate): Promise<NightPolicies> {
  const paths = filesIn(folder);
  const sound: Found[] = [];
  const broken: SettleError[] = [];
  for (const file of paths) {
    try {
      sound.push({ file, policy: (await loadPolicy(file)).policy });
    } catch (error) {
      broken.push(asFailure(error));
    }
  }
  sound.sort((a, b) => (a.policy.period.from < b.policy.period.from ? -1 : 1));
  const overlaps = overlapsOf(sound);
  const shared = new Set(overlaps.flat());
  const usable = sound.filter((each) => !shared.has(each) && each.policy.period.from <= date);
  return {
    usable: usable.map(({ file }) => file),
    periods: sound.map(({ policy: { period, programme } }) => ({ ...period, programme })),
    files: paths.map((path) => fileAt(path, sound)),
    failures: [...broken, ...overlaps.map(overlapping), ...noneFor(folder, sound, broken, date)],
    warnings: programmesOf(sound).flatMap((found, _, { length }) => nextMissing(folder, found, date, length > 1)),
  };
}

const NAMED = /^[^.].*\.(ya?ml|json)$/;

/** Every policy of the folder. Settings that lie there too are none, and hidden files nobody's. */
function filesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => NAMED.test(name) && name !== USUAL_FILE);
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    throw new SettleError(
      'usage',
      say("the folder of policies {folder} can't be read: {message}", { folder, message: (error as Error).message }),
      { file: folder, mend: say('Give the folder that holds a policy for each period with --policies.') },
      { cause: error },
    );
  }
}

/** What a file is known by; of a broken one its id is the one that it seems to say. */
function fileAt(path: string, sound: readonly Found[]): PolicyFile {
  const id = sound.find(({ file }) => file === path)?.policy.id;
  try {
    const bytes = readFileSync(path);
    const said = /^["']?id["']?\s*:\s*["']?([\w.-]+)/m.exec(bytes.toString('utf8'))?.[1];
    return { file: basename(path), sha256: sha256(bytes), id: id ?? said };
  } catch {
    return { file: basename(path), sha256: undefined, id };
  }
}

/** The policies of each programme, in the order of its first period. */
function programmesOf(sound: readonly Found[]): Found[][] {
  return [...byProgramme(sound, ({ policy }) => policy.programme).values()];
}

/** Every two of a programme that have a day in common. */
function overlapsOf(sound: readonly Found[]): [Found, Found][] {
  return sound.flatMap((later, at) =>
    sound
      .slice(0, at)
      .flatMap((earlier): [Found, Found][] =>
        earlier.policy.programme === later.policy.programme && haveDaysInCommon(earlier.policy, later.policy)
          ? [[earlier, later]]
          : [],
      ),
  );
}

function overlapping([earlier, later]: [Found, Found]): SettleError {
  return new SettleError(
    'policy',
    say('{file} and {file2} have days in common: {period}, and {period2}; neither is settled', {
      file: earlier.file,
      file2: later.file,
      period: periodOf(earlier),
      period2: periodOf(later),
    }),
    {
      file: later.file,
      mend: say(
        'Of a programme a day belongs to one policy, and both are of {programme}. Correct a period, or move a policy out of the folder; where they are two programmes, name each in its policy (programme: …).',
        { programme: later.policy.programme },
      ),
    },
  );
}

function noneFor(
  folder: string,
  sound: readonly Found[],
  broken: readonly SettleError[],
  date: BeijingDate,
): SettleError[] {
  const programmes = programmesOf(sound);
  const faulty = broken.length === 0 ? '' : say(', or correct what is wrong with the policies there');
  return (programmes.length === 0 ? [[]] : programmes).flatMap((found) => {
    if (found.some(({ policy: { period } }) => period.from <= date && date <= period.to)) return [];
    const last = newest(found);
    const hint =
      last === undefined ? '' : say('; the last one is {file}, {period}', { file: last.file, period: periodOf(last) });
    const over =
      programmes.length > 1 ? say(' Where the programme has ended, move its policies out of the folder.') : '';
    return [
      new SettleError(
        'policy',
        say('no policy {place} is for {date}', { place: inFolder(folder, last, programmes.length > 1), date }),
        {
          file: folder,
          mend: say('Put the policy of that day there{faulty}{hint}.{over}', { faulty, hint, over }),
        },
      ),
    ];
  });
}

/** Where it is looked for; of several programmes, of which one. */
function inFolder(folder: string, one: Found | undefined, severalProgrammes: boolean): Wording {
  if (!severalProgrammes || one === undefined) return say('in {folder}', { folder });
  return say('of {programme} in {folder}', { programme: one.policy.programme, folder });
}

/** Nights before a period without a policy begins in which that is told. */
const NIGHTS = 3;

function nextMissing(
  folder: string,
  sound: readonly Found[],
  date: BeijingDate,
  severalProgrammes: boolean,
): Wording[] {
  const last = newest(sound);
  if (last === undefined) return [];
  const { to } = last.policy.period;
  const left = daysFrom(date, to);
  if (left < 0 || left >= NIGHTS) return [];
  return [
    say(
      'no policy {place} is for {date} and after: the last one, {file}, ends on {to}. Put the next one there; without it nothing of those days is settled.',
      { place: inFolder(folder, last, severalProgrammes), date: addDays(to, 1), file: basename(last.file), to },
    ),
  ];
}

function newest(sound: readonly Found[]): Found | undefined {
  return sound.reduce<Found | undefined>(
    (last, each) => (last !== undefined && last.policy.period.to >= each.policy.period.to ? last : each),
    undefined,
  );
}

function periodOf({ policy: { period } }: Pick<Found, 'policy'>): string {
  return `${period.from} to ${period.to}`;
}
