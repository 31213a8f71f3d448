// The rows of the suite's table, in the order in which each turn goes through them. A row says what is measured and what
// is aimed at; `prepare` is made once a build and not measured, and `only` is when it is asked for.
import { basename, join } from 'node:path';
import { atLeast, atMost, peakGiB, perSecond, perSession, timesEarlier, timesFloor, timesRow, wallSeconds } from './figures.mjs';
import { FORMS } from './forms.mjs';
import { NIGHTS } from './months.mjs';
import { at, emptyPlace, run, runsOf } from './place.mjs';
import { afterFirst, before, close, closedWithLate, diff, oneMore, restate, tenNights, twoMonths } from './histories.mjs';
import { settle } from './timed.mjs';

const seconds = (most) => atMost(most, 's', wallSeconds);
const half = atMost(0.5, '× earlier', timesEarlier);

/** A whole job from nothing, of a month so many times as big; the place of the first is kept for the rows after it. */
const job = (id, times, aims, more) => ({
  ...{ id, aims, times, isLarge: times > 1 },
  work: `whole job, no statements${times === 1 ? '' : `, ${times} times as many`}`,
  measure(bench, side) {
    const place = emptyPlace(times === 1 ? side.place : join(side.work, id));
    const sample = run(side, { ...bench, exports: bench.month(times), place, more });
    const [dir] = runsOf(place);
    if (times === 1) side.run = dir;
    bench.bytes.published(id, side, dir);
    return sample;
  },
});

const load = (id, work, aims, { form, needs, flags = [] } = {}) => ({
  ...{ id, work, aims, form, needs },
  measure(bench, side) {
    const from = form === undefined ? bench.month(1) : bench.form(form);
    return settle(side, 'load', from, ...at(emptyPlace(join(side.work, 'load'))), '--quiet', ...flags);
  },
});

const form = (id) => {
  const most = id === 'gb18030' ? 1.4 : 1.15;
  return load(id, `load: ${id}`, [atMost(most, '× load', timesRow('load'))], { form: id, needs: ['load'], flags: FORMS[id].flags });
};

/** A command that looks at the place of the whole job; a short one is called five times. */
const looking = (id, work, aims, words, times = 1) => ({
  ...{ id, work, aims, needs: ['whole'] },
  measure: (bench, side) => Array.from({ length: times }, () => settle(side, ...words(side, bench))),
});

const history = (id, work, aims, prepare, measure) => ({ ...{ id, work, aims, prepare, measure }, needs: ['whole'] });

export const ROWS = [
  job('whole', 1, [atMost(1.5, '× floor, wall', timesFloor('wall')), atMost(1.6, '× floor', timesFloor('cpu'))]),
  job('ten-million', 10, [atMost(1.8, '× floor, wall', timesFloor('wall')), atMost(3, 'GiB', peakGiB)]),
  { ...job('fifty-million', 50, [atMost(1.15, '× a session of ten', perSession('ten-million', 5))], ['--memory-limit', '4GB']), needs: ['ten-million'] },
  load('load', 'load', [atLeast(900_000, 'rows/s', perSecond)]),
  history('night', 'one night more', [atMost(0.25, '× whole', timesRow('whole'))], before, oneMore),
  history('nights', `${NIGHTS} nights in a row`, [atMost(1.1, '× the first, worst', afterFirst)], before, tenNights),
  looking('verify', 'verify', [atLeast(350_000, 'sessions/s', perSecond)], (side) => ['verify', side.run, '--quiet']),
  looking('help', 'settle --help', [seconds(0.15)], () => ['--help'], 5),
  looking('runs', 'runs', [seconds(0.4)], (side) => ['runs', ...at(side.place)], 5),
  looking('explain', 'explain an anchor', [seconds(0.7)], (side, { anchor }) => ['explain', basename(side.run), ...at(side.place), '--anchor', anchor], 5),
  ...Object.keys(FORMS).map(form),
  load('clean', 'load: one file of quoted cells', [], { form: 'clean' }),
  load('faulty', 'the same, one record faulty', [atMost(2, '× clean', timesRow('clean'))], { form: 'faulty', needs: ['clean'] }),
  history('close', 'close', [half], undefined, close),
  history('restate', 'restatement', [half], closedWithLate, restate),
  history('diff', 'diff of two different months', [half], twoMonths, diff),
];
