import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NightlyOptions, NightlyResult } from '../../src/night/night.js';
import type { Notice } from '../../src/notices/notice.js';
import { noticesIn } from '../../src/notices/read-notices.js';
import { type Published, publishedBelow } from '../../src/runs/published.js';
import type { RunOptions } from '../../src/settings/run-options.js';
import type { RunResult } from '../../src/settle/run-result.js';
import { type NightPlace, policyOf } from '../support/night-place.js';
import { write } from '../support/workspace.js';

/** Exports that are plausible and wrong: what happened, and what must be told of it. */
export interface Entry {
  /** As an operator would tell it. */
  what: string;
  /** November's alone where none are given. */
  policies?: Record<string, string>;
  /** One `settle run` after the other; or whatever else happens. */
  happens: Load[] | ((place: NightPlace) => Promise<Seen>);
  /** Every attention notice of the last run or night; days without sessions, which small months have, are left out unless one is named here. */
  told: Line[];
  /** Of the good-to-know ones those that belong to it. */
  info?: Line[];
  /** What November is paid all the same, CNY, and how the run ends. */
  total: string;
  exit?: 4;
}

/** Name → content; undefined: it is taken away. A name with a slash lies in a folder. */
export type Files = Record<string, string | Uint8Array | undefined>;
export type Load = Files | [Files, Partial<RunOptions>];

/** A notice without its wording. */
export type Line = Omit<Notice, 'message'>;

/** What was told by the last run or night, of the rows and of the place. */
export interface Seen {
  exit: number;
  notices: Notice[];
}

const NONE = { file: '', subject: '', count: null, value: '' };

export function attention(code: string, parts: Partial<Line>): Line {
  return { code, severity: 'attention', ...NONE, ...parts };
}

export function info(code: string, parts: Partial<Line>): Line {
  return { ...attention(code, parts), severity: 'info' };
}

export const NOVEMBER = { 'policy-2023-11.yaml': policyOf('2023-11') };
const ID = 'content-live-2023-11';

/** No statements, which say nothing of notices; and every notice with the contract's severity. */
export const AS_IT_IS = { statements: false, lowered: [] };

/** Puts files into the folder of exports, and takes away what is undefined. */
export function lay({ exports }: NightPlace, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(exports, name);
    mkdirSync(dirname(path), { recursive: true });
    if (content === undefined) rmSync(path);
    else write(exports, { [name]: content });
  }
}

/** Makes it happen. A warehouse in memory is enough where one run sees everything, and nobody closes. */
export async function happen({ happens }: Entry, place: NightPlace, { kept }: { kept: boolean }): Promise<Seen> {
  if (typeof happens === 'function') return happens(place);
  const memory = happens.length === 1 && !kept ? { warehouse: ':memory:' } : {};
  let seen: Seen | undefined;
  for (const load of happens) {
    const [files, options] = Array.isArray(load) ? load : [load, {}];
    lay(place, files);
    seen = seenBy(await place.run('policy-2023-11.yaml', { ...AS_IT_IS, ...memory, ...options }));
  }
  return seen as Seen;
}

export function seenBy({ exit, runDir, place }: RunResult): Seen {
  return { exit, notices: [...(noticesIn(runDir) ?? []), ...place] };
}

/** A night after some files came, of which what needs a person is told. */
export async function night(
  place: NightPlace,
  date: string,
  files: Files,
  more: Partial<NightlyOptions> = {},
): Promise<Seen> {
  lay(place, files);
  return seenIn(await place.nightly(date, { ...AS_IT_IS, ...more }));
}

function seenIn({ exit, periods, place }: NightlyResult): Seen {
  return { exit, notices: [...periods.flatMap(({ attention }) => attention), ...place] };
}

/** What November is paid by its newest run, CNY. */
export function totalOf({ out }: NightPlace): unknown {
  return publishedBelow(out).findLast(({ manifest }) => manifest.policy.id === ID)?.manifest.totals.total;
}

/** The folder of the newest run that goes to its period's end, of a period that isn't closed. */
export function toClose({ out }: NightPlace): string {
  const runs = publishedBelow(out).filter(({ manifest }) => manifest.as_of === manifest.period.to);
  return (runs.findLast(({ dir }) => !existsSync(join(dir, 'close.json'))) as Published).dir;
}

/** Of notices, what is compared, in one order. */
export function plain(notices: readonly (Notice | Line)[]): Line[] {
  const key = ({ code, file, subject }: Line): string => `${code}\0${file}\0${subject}`;
  const lines = notices.map(({ code, severity, file, subject, count, value }) => {
    return { code, severity, file, subject, count, value };
  });
  return lines.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
