import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { program } from '../../src/bin/program.js';
import { SAMPLES, temporaryFolder } from '../support/workspace.js';

/** The sample month in a folder of its own: settled, closed, and restated by what came late. */

const MONTH = ['--policy', 'data-samples/policy-2023-11.yaml', '--input', 'data-samples/2023-11'];
const LATE = ['--policy', 'data-samples/policy-2023-11.yaml', '--input', 'data-samples/2023-11-late'];

export type Answer = Record<string, unknown>;

export interface SampleMonth {
  folder: string;
  /** What each command answered, by its name. */
  answers: Map<string, Answer>;
  /** The folders of the closed run and of the one that restates it. */
  closed: string;
  restated: string;
}

/** Calls every command once, in this process and inside the folder. */
export async function sampleMonth(): Promise<SampleMonth> {
  const folder = temporaryFolder();
  const answers = new Map<string, Answer>();
  const call = async (words: readonly string[], name = words[0] as string): Promise<Answer> => {
    const answer = await answerOf(words);
    answers.set(name, answer);
    return answer;
  };
  cpSync(SAMPLES, join(folder, 'data-samples'), { recursive: true });
  process.chdir(folder);
  process.setMaxListeners(100); // each call hears signals
  await call(['load', 'data-samples/2023-11']);
  const { run_id, run_dir: closed } = (await call(['run', ...MONTH])) as { run_id: string; run_dir: string };
  await call(['verify', closed]);
  await call(['explain', run_id, '--anchor', 'A1004']);
  await call(['book', run_id]);
  await call(['report', run_id]);
  await call(['statement', run_id, '--anchor', 'A1004']);
  await call(['accept', run_id, '--by', 'Wang Li', '--all']);
  await call(['close', run_id, '--by', 'Wang Li']);
  await call(['packet', run_id, '--all']);
  const { batches } = (await call(['payments', 'make', '--by', 'Wang Li'], 'payments make')) as {
    batches: { id: string }[];
  };
  await call(['payments', 'list'], 'payments list');
  await call(['payments', 'show', '1'], 'payments show');
  await call(['payments', 'review', batches[0]?.id as string, '--by', 'Zhao Min'], 'payments review');
  await call(['payments', 'verify'], 'payments verify');
  const { run_dir: restated } = (await call(['run', ...LATE])) as { run_dir: string };
  await call(['nightly', '--date', '2023-11-30', '--policies', 'data-samples', '--input', 'data-samples/2023-11-late']);
  await call(['diff', 'closed', 'latest']);
  await call(['files']);
  await call(['runs']);
  await call(['verify', '--all'], 'verify --all');
  await call(['check-upgrade']);
  await call(['close', '--restore'], 'close --restore');
  await call(['prune', '--dry-run']);
  await call(['compact']);
  await call(['backup', 'copy.duckdb']);
  await call(['rebuild', ...LATE.slice(2), 'data-samples/2023-11', '--warehouse', 'again.duckdb']);
  await call(['init', 'place']);
  await call(['policy', 'check', 'data-samples/policy-2023-11.yaml'], 'policy check');
  return { folder, answers, closed, restated };
}

async function answerOf(words: readonly string[]): Promise<Answer> {
  let said = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  try {
    await program([...words, '--json', '--quiet']);
  } finally {
    out.mockRestore();
  }
  return JSON.parse(said) as Answer;
}

const HERE = process.cwd();

/** Leaves the folder and takes it away. */
export function leave({ folder }: SampleMonth): void {
  process.chdir(HERE);
  rmSync(folder, { recursive: true, force: true });
}
