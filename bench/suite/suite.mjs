// npm run bench -- --suite [--earlier REF] [--sessions N] [--runs PAIRS] [--only ROW,…] [--floor FILE] [--ten-million]
// [--fifty-million] [--json]
// Every row by this build and by an earlier one, in turn: what it took, what is aimed at, and what missed that. It fails
// where two builds, or two ways to the same figures, don't give the same bytes.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { Bytes } from './bytes.mjs';
import { isMet } from './figures.mjs';
import { monthsOf } from './months.mjs';
import { ROWS } from './rows.mjs';
import { sidesOf } from './sides.mjs';
import { medians, tableOf } from './table.mjs';
import { median, timed } from './timed.mjs';

/** Measures and prints. The exit code: 0, or 1 where bytes differ. */
export async function suite(options) {
  const rows = chosen(options);
  const work = mkdtempSync(join(tmpdir(), 'bench-'));
  let end = () => undefined;
  try {
    const made = sidesOf(options.earlier, work);
    end = made.end;
    for (const side of made.sides) {
      side.work = join(work, side.name);
      side.place = join(side.work, 'place');
      mkdirSync(side.work);
    }
    const bench = { ...(await monthsOf(options, rows, work)), work, policy: resolve(options.policy), bytes: new Bytes() };
    const samples = await measured(rows, made.sides, bench, options);
    return print(answerOf(rows, samples, made.sides, bench, options), options.json);
  } finally {
    end();
    rmSync(work, { recursive: true, force: true });
  }
}

/** The rows that are asked for, with those that they need, in their order. */
function chosen({ only, ...options }) {
  const wanted = new Set(only?.split(',') ?? ROWS.filter(({ id, isLarge }) => !isLarge || options[id]).map(({ id }) => id));
  for (const id of wanted) {
    const row = ROWS.find((each) => each.id === id);
    if (row === undefined) throw new Error(`there is no row ${id}: ${ROWS.map((each) => each.id).join(', ')}`);
    for (const needed of row.needs ?? []) wanted.add(needed);
  }
  return ROWS.filter(({ id }) => wanted.has(id));
}

/** Turn by turn, and in each all rows, so that what is compared ran within minutes: samples by row and side. */
async function measured(rows, sides, bench, { runs, floor }) {
  const samples = new Map(rows.map(({ id }) => [id, {}]));
  const prepared = new Map();
  for (let turn = 0; turn < Number(runs); turn += 1) {
    for (const row of rows) {
      for (const side of turn % 2 === 0 ? sides : sides.toReversed()) {
        const key = `${row.id} ${side.name}`;
        if (!prepared.has(key)) prepared.set(key, await row.prepare?.(bench, side));
        const sample = inOne(await row.measure(bench, side, prepared.get(key)));
        (samples.get(row.id)[side.name] ??= []).push(sample);
        process.stderr.write(`${turn + 1}/${runs} ${key}: ${sample.cpu.toFixed(2)} s\n`);
      }
      if (floor !== undefined && row.times !== undefined) (samples.get(row.id).floor ??= []).push(floorOf(row, bench, resolve(floor)));
    }
  }
  return samples;
}

/** Of a short command that ran several times, the median. */
function inOne(sample) {
  return Array.isArray(sample) ? medians(sample) : sample;
}

function floorOf(row, bench, script) {
  const dir = join(bench.work, 'floor');
  rmSync(dir, { recursive: true, force: true });
  const sample = timed([script, bench.month(row.times), dir]);
  bench.bytes.published(row.id, { name: 'floor' }, dir);
  return sample;
}

function answerOf(rows, samples, sides, bench, { runs, earlier }) {
  const of = (row, side) => {
    const { [side]: mine, earlier: was, floor } = samples.get(row.id);
    const other = (id) => samples.get(id)?.[side];
    return (aim) => (mine === undefined ? undefined : aim.of({ mine, earlier: was, floor, row: other, sessions: bench.sessions }));
  };
  const [today, before] = sides;
  return {
    sessions: bench.sessions,
    runs: Number(runs),
    earlier: earlier === undefined ? null : { ref: earlier, commit: before.commit ?? null },
    machine: { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model.trim(), gib: Math.round(totalmem() / 2 ** 30) },
    rows: rows.map((row) => {
      const { today: mine, earlier: was, floor } = samples.get(row.id);
      const aims = (row.aims ?? []).map(({ of: _, ...aim }, at) => {
        const figure = of(row, today.name)(row.aims[at]);
        return { ...aim, figure, earlier: aim.isBeside ? undefined : of(row, 'earlier')(row.aims[at]), met: isMet(aim, figure) };
      });
      const ratio = was === undefined ? undefined : median(mine.map(({ cpu }, turn) => cpu / was[turn].cpu));
      return { id: row.id, work: row.work, aims, today: medians(mine), earlier: medians(was), floor: medians(floor), ratio };
    }),
    compared: bench.bytes.compared,
    differences: [...bench.bytes.differences],
  };
}

function print(answer, isJson) {
  if (isJson) process.stdout.write(`${JSON.stringify(answer)}\n`);
  else process.stdout.write(`${tableOf(answer)}\n`);
  return answer.differences.length === 0 ? 0 : 1;
}
