import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Context } from '../context/context.js';
import { isDate } from '../core/beijing.js';
import { EXIT, SettleError } from '../core/errors.js';
import { readable } from '../core/money.js';
import { writeNewFile } from '../disk/new-file.js';
import { openScratch } from '../disk/scratch.js';
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
  policy: string;
  /** The day by whose rules the pictures are judged; the last of the policy's period where none is given. */
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
  const { policy } = await loadPolicy(options.policy);
  const check = await programmeFor(policy).pictures?.();
  if (check === undefined) throw looksAtNone(policy);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new SettleError('usage', say('there is no folder {folder}', { folder }), {
      file: folder,
      mend: say('Make it, or give another.'),
    });
  const on = dayOf(policy, options.on);
  const onDone = (done: number, all: number): void => context.progress('read', '', done, all);
  const { pictures, measures, asPublished } = await check.measure(resolve(folder), policy, on, onDone);
  if (options.csv !== undefined) writeNewFile(options.csv, measures.csv);
  const exports = { [measures.name]: measures.csv, ...asPublished };
  const { faults, quarantined } = await judged(exports, { ...options, on }, check, context);
  const faulty = new Set(faults.map(({ picture }) => picture)).size;
  return {
    exit: faulty + quarantined > 0 ? EXIT.quarantined : EXIT.done,
    answer: { folder, on, pictures, faulty, quarantined, faults, ...(options.csv && { file: options.csv }) },
    text: () => textOf({ pictures, faulty, quarantined, faults, csv: options.csv }, check, language),
  };
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
  { policy, on }: CheckOptions,
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
