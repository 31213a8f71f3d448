import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Context } from '../context/context.js';
import { beijingTime, isDate } from '../core/beijing.js';
import { EXIT, SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { writeNewFile } from '../disk/new-file.js';
import { openScratch } from '../disk/scratch.js';
import { policiesFor } from '../night/policies.js';
import { loadPolicy } from '../policy/load-policy.js';
import type { PictureCheck } from '../programmes/interface/pictures.js';
import type { Policy } from '../programmes/interface/policy.js';
import { programmeFor } from '../programmes/registry.js';
import { languageOf } from '../text/language.js';
import { printableLine } from '../text/terminal.js';
import { readRecords } from '../verify/csv.js';
import { say, tellIn } from '../words/say.js';
import { run } from './run.js';

export interface CheckOptions {
  policy?: string | undefined;
  /** A folder of policies, as settle.yaml may name it, where no policy is given. */
  policies?: string | undefined;
  /** The day by whose rules the pictures are judged: of a given policy the last of its period, else today, where none is given. */
  on?: string | undefined;
  /** A file to write the measurements into, for the folder of exports. */
  csv?: string | undefined;
  lang?: string | undefined;
}

/** A fault of a picture, and how to fix it. */
interface PictureFault {
  picture: string;
  fault: string;
  fix: string;
  fix_zh: string;
}

/**
 * `settle check pictures DIR`: measures the pictures of a folder and judges them by the programme's own rules, as main pictures
 * that are published on a day. Nothing is kept but the measurements, where they are asked for.
 */
export async function checkPictures(
  folder: string,
  options: CheckOptions,
  context: Context,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ exit: number; answer: object; text: () => string }> {
  const language = languageOf(options.lang, environment);
  const file = options.policy ?? (await policyAmong(options, context));
  const { policy } = await loadPolicy(file);
  const check = await programmeFor(policy).pictures?.();
  if (check === undefined) throw looksAtNone(policy);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new SettleError('usage', say('there is no folder {folder}', { folder }), {
      file: folder,
      mend: say('Make it, or give another.'),
    });
  const on = dayOf(policy, options.on ?? (options.policy === undefined ? todayIn(policy, context) : undefined));
  const onDone = (done: number, all: number): void => context.progress('read', '', done, all);
  const { pictures, measures, asPublished } = await check.measure(resolve(folder), policy, on, onDone);
  if (options.csv !== undefined) writeNewFile(options.csv, measures.csv);
  const exports = { [measures.name]: measures.csv, ...asPublished };
  const { faults, quarantined } = await judged(exports, { policy: file, on }, check, context);
  const faulty = new Set(faults.map(({ picture }) => picture)).size;
  return {
    exit: faulty + quarantined > 0 ? EXIT.quarantined : EXIT.done,
    answer: { folder, on, pictures, faulty, quarantined, faults, ...(options.csv && { file: options.csv }) },
    text: () => textOf({ pictures, faulty, quarantined, faults, csv: options.csv }, check, language),
  };
}

/** Of the policies of a folder the one that looks at pictures: on the day that is asked for or today, else the last one. */
async function policyAmong({ policies, on }: CheckOptions, { clock }: Pick<Context, 'clock'>): Promise<string> {
  if (policies === undefined)
    throw new SettleError('usage', say('no policy says by which rules pictures are judged'), {
      mend: say(
        'Give a policy of publishing with --policy FILE, or the folder that holds one with --policies DIR or as policies in settle.yaml.',
      ),
    });
  const { usable } = await policiesFor(policies, LAST_DAY);
  const found: { file: string; policy: Policy }[] = [];
  for (const file of usable) {
    const { policy } = await loadPolicy(file);
    if (programmeFor(policy).pictures !== undefined) found.push({ file, policy });
  }
  const day = on ?? beijingTime(clock()).slice(0, 10);
  const ofDay = found.filter(({ policy: { period } }) => period.from <= day && day <= period.to);
  const last = found.toSorted((a, b) => (a.policy.period.to < b.policy.period.to ? -1 : 1)).at(-1);
  const [only, other] = ofDay.length > 0 ? ofDay : [last];
  if (only !== undefined && other === undefined) return only.file;
  throw new SettleError(
    'usage',
    only === undefined
      ? say('no policy in {policies} looks at pictures', { policies })
      : say('several policies in {policies} look at pictures on {day}', { policies, day }),
    { mend: say('Give the policy by which pictures are judged with --policy FILE.') },
  );
}

const LAST_DAY = '2099-12-31';

/** Today, where the policy's period has it; else its own last day. */
function todayIn({ period }: Policy, { clock }: Pick<Context, 'clock'>): string | undefined {
  const today = beijingTime(clock()).slice(0, 10);
  return period.from <= today && today <= period.to ? today : undefined;
}

function looksAtNone({ id, rules }: Policy): SettleError {
  return new SettleError('usage', say('by {id} no pictures are looked at ({rules})', { id, rules }), {
    mend: say('Give a policy of a programme that looks at pictures with --policy.'),
  });
}

function dayOf({ period }: Policy, on = period.to): string {
  if (isDate(on) && on >= period.from && on <= period.to) return on;
  throw new SettleError('usage', say('--on {on} is no day from {from} to {to}', { on, ...period }), {
    mend: say("Give a day of the policy's period as YYYY-MM-DD."),
  });
}

/** A run over these exports alone, in a folder and a warehouse that are gone afterwards. */
async function judged(
  exports: Readonly<Record<string, string>>,
  { policy, on }: { policy: string; on: string },
  { list }: PictureCheck,
  context: Context,
): Promise<{ faults: PictureFault[]; quarantined: number }> {
  const scratch = openScratch();
  context.onSignal(scratch.remove);
  try {
    const input = join(scratch.dir, 'exports');
    mkdirSync(input);
    for (const [name, csv] of Object.entries(exports)) writeFileSync(join(input, name), csv);
    const places = { input, out: join(scratch.dir, 'out'), warehouse: ':memory:' };
    const quiet = { ...context, summary: false };
    const { runDir, manifest } = await run({ policy, ...places, asOf: on, strict: false, statements: false }, quiet);
    const { records } = readRecords(readFileSync(join(runDir, list), 'utf8'));
    const [head = [], ...rows] = records.map(({ record }) => record);
    const cell = (row: readonly string[], name: string): string => row[head.indexOf(name)] ?? '';
    const faults = rows
      .filter((row) => cell(row, 'fault') !== '')
      .map((row) => ({
        picture: cell(row, 'picture'),
        fault: cell(row, 'fault'),
        fix: cell(row, 'fix'),
        fix_zh: cell(row, 'fix_zh'),
      }));
    return { faults, quarantined: manifest.inputs.reduce((sum, each) => sum + each.quarantined, 0) };
  } finally {
    scratch.remove();
  }
}

interface Found {
  pictures: number;
  faulty: number;
  quarantined: number;
  faults: readonly PictureFault[];
  csv: string | undefined;
}

/** A line a picture and below it a line a fault, then how many there are. */
function textOf(
  { pictures, faulty, quarantined, faults, csv }: Found,
  { faultSaid }: PictureCheck,
  language: 'en' | 'zh',
): string {
  const tell = tellIn(language);
  const zh = language === 'zh';
  const lines = faults.flatMap(({ picture, fault, fix, fix_zh }, at) => {
    const [en, inChinese] = faultSaid(fault);
    const values = { fault: zh ? inChinese : en, fix: zh ? fix_zh : fix };
    const isNew = faults[at - 1]?.picture !== picture;
    return [...(isNew ? [printableLine(picture)] : []), tell('  {fault}: {fix}', values)];
  });
  const count = (n: number): string => readable(String(n));
  const end = [
    tell('{pictures} pictures, {faulty} with faults', { pictures: count(pictures), faulty: count(faulty) }),
    ...(quarantined === 0 ? [] : [tell("{n} names can't stand in an export", { n: count(quarantined) })]),
    ...(csv === undefined ? [] : [tell('Measurements: {file}', { file: csv })]),
  ];
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), ...end].join('\n')}\n`;
}
