import { parse } from 'yaml';
import { z } from 'zod';
import { sqlFile } from '../program/sql-files.js';

/** One question of sql/dialects/probe.yaml. */
export type Probe = z.output<typeof probe>;

/** A single row of an engine's answer, or that it refused to compute it. Throws where the engine couldn't be asked at all. */
export type Ask = (sql: string) => Promise<readonly unknown[] | 'refused'>;

/** A question that an engine answered otherwise than every engine must. */
export interface WrongAnswer {
  name: string;
  /** What would be wrong with the money. */
  why: string;
  ask: string;
  /** What it should have answered: an expression, or `refused`. */
  expected: string;
}

const probe = z
  .strictObject({
    name: z.string(),
    why: z.string(),
    ask: z.string(),
    answer: z.string().optional(),
    refused: z.literal(true).optional(),
    not_of: z.record(z.string(), z.string()).default({}),
  })
  .refine(({ answer, refused }) => (answer === undefined) === (refused === true));

/** What an engine must answer, in the order of the file. */
export function probesFor(engine: string): Probe[] {
  const probes = z
    .array(probe)
    .min(1)
    .parse(parse(sqlFile('dialects/probe.yaml')));
  return probes.filter(({ not_of }) => !(engine in not_of));
}

/**
 * Asks an engine whose functions (sql/dialects/<engine>/portable.sql) are there already; none is the answer of one that may
 * settle. What must be the same is asked in one statement, unless that is refused; what must be refused, one by one.
 */
export async function probeEngine(probes: readonly Probe[], ask: Ask): Promise<WrongAnswer[]> {
  const alike = probes.filter(({ refused }) => !refused);
  const answers = await askTogether(alike, ask);
  const wrong = new Set(alike.filter((_, at) => !isTrue(answers[at])));
  for (const asked of probes.filter(({ refused }) => refused)) {
    if ((await ask(`SELECT ${asked.ask} AS answer`)) !== 'refused') wrong.add(asked);
  }
  return probes
    .filter((asked) => wrong.has(asked))
    .map(({ name, why, ask, answer = 'refused' }) => ({ name, why, ask, expected: answer }));
}

async function askTogether(probes: readonly Probe[], ask: Ask): Promise<readonly unknown[]> {
  const together = await ask(`SELECT ${probes.map(isSame).join(', ')}`);
  if (together !== 'refused') return together;
  const answers: unknown[] = [];
  for (const [at, one] of probes.entries()) {
    const answer = await ask(`SELECT ${isSame(one, at)}`);
    answers.push(answer === 'refused' ? answer : answer[0]);
  }
  return answers;
}

function isSame({ ask, answer }: Probe, at: number): string {
  return `(${ask}) IS NOT DISTINCT FROM (${answer}) AS answer_${at}`;
}

/** Engines give a flag as one, or as its word. */
function isTrue(answer: unknown): boolean {
  return answer === true || answer === 'true';
}
