// The table that the suite prints: a line for each thing that is aimed at, with this build and the earlier one.
import { median } from './timed.mjs';

const HEAD = ['work', 'aimed at', 'figure', 'earlier', '', 'cpu s', 'wall s', 'GiB', 'cpu s', 'wall s', 'GiB', '× earlier'];

const number = (value, places = 2) => (value === undefined || Number.isNaN(value) ? '–' : value >= 10_000 ? Math.round(value).toLocaleString('en') : value.toFixed(places));

const aimOf = ({ most, least, unit }) => `${most === undefined ? '≥' : '≤'} ${number(most ?? least)} ${unit}`;

/** Medians of a build's samples of a row: seconds and GiB. */
export function medians(samples) {
  return samples === undefined ? undefined : Object.fromEntries(['cpu', 'wall', 'peak'].map((of) => [of, median(samples.map((sample) => sample[of]))]));
}

/** The answer of suite.mjs as text. */
export function tableOf({ sessions, runs, earlier, machine, rows, compared, differences }) {
  const lines = rows.flatMap(({ work, aims, today, earlier: was, ratio }) => {
    const taken = [today, was].flatMap((each) => ['cpu', 'wall', 'peak'].map((of) => number(each?.[of])));
    return (aims.length === 0 ? [undefined] : aims).map((aim, at) => [
      ...(at === 0 ? [work] : ['']),
      ...(aim === undefined ? ['', '', '', ''] : [aimOf(aim), number(aim.figure), number(aim.earlier), wordOf(aim)]),
      ...(at === 0 ? [...taken, number(ratio)] : []),
    ]);
  });
  const missed = rows.flatMap(({ work, aims }) =>
    aims.filter(({ met }) => met === false).map((aim) => `${work}: ${number(aim.figure)}, aimed at ${aimOf(aim)}`),
  );
  return [
    `${number(sessions, 0)} session rows, ${runs} ${runs === 1 ? 'turn' : 'turns'}, medians; cpu is processor seconds of all processes, and ratios are of these where they don't say wall`,
    `${machine.cores} × ${machine.cpu}, ${machine.gib} GiB, node ${machine.node}${earlier === null ? '' : `; earlier is ${earlier.ref}`}`,
    '',
    ...inColumns([['', '', '', '', '', 'today', '', '', ...(earlier === null ? [] : ['earlier'])], HEAD, ...lines]),
    '',
    ...(missed.length === 0 ? ['Missed: nothing'] : ['Missed:', ...missed.map((line) => `  ${line}`)]),
    ...(differences.length === 0
      ? [`Bytes: the same in ${compared} comparisons`]
      : [`Bytes: ${differences.length} of ${compared} comparisons differ`, ...differences.map((line) => `  ${line}`)]),
  ].join('\n');
}

const wordOf = ({ met }) => (met === undefined ? '–' : met ? 'met' : 'missed');

function inColumns(lines) {
  const widths = HEAD.map((_, at) => Math.max(...lines.map((cells) => (cells[at] ?? '').length)));
  return lines.map((cells) =>
    cells.map((cell, at) => (at < 2 || at === 4 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  ').trimEnd(),
  );
}
