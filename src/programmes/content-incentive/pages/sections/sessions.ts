import type { PageBlock, PageSection, PageText } from '../../../../page/model.js';
import type { SessionFigures } from '../read/sessions.js';
import { shareOf } from '../share.js';
import type { PageRun } from '../shown.js';

const WEEKDAYS: readonly PageText[] = [
  ['Mon', '周一'],
  ['Tue', '周二'],
  ['Wed', '周三'],
  ['Thu', '周四'],
  ['Fri', '周五'],
  ['Sat', '周六'],
  ['Sun', '周日'],
];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** How many sessions when. */
export function sessionSection({ both }: PageRun, figures: SessionFigures): PageSection {
  const blocks: PageBlock[] = figures.sessions === 0 ? [] : [byDate(both, figures), byHour(figures)];
  return {
    name: 'sessions',
    title: both((words) => words.sheet('sessions')),
    blocks: [
      {
        note: [
          'A session belongs to the date and hour of its end, Beijing time (C2).',
          '场次按下播时间（北京时间）归属日期和小时（C2）。',
        ],
      },
      ...blocks,
    ],
  };
}

function byDate(both: PageRun['both'], { byDate: dates }: SessionFigures): PageBlock {
  const invalid = ({ sessions, valid }: { sessions: number; valid: number }): string => String(sessions - valid);
  const all = [...dates];
  return {
    caption: ['Sessions by date', '每日场次'],
    chart: {
      shape: 'columns',
      categories: all.map(([date]) => date.slice(5)),
      series: [
        { name: both((words) => words.head('valid_sessions')), values: all.map(([, { valid }]) => String(valid)) },
        { name: ['Not valid', '无效场次'], values: all.map(([, day]) => invalid(day)) },
      ],
    },
    behind: {
      name: 'sessions-by-date',
      caption: ['Sessions by date', '每日场次'],
      columns: [
        { head: both((words) => words.head('date')), kind: 'date' },
        { head: both((words) => words.head('sessions')), kind: 'count', total: true },
        { head: both((words) => words.head('valid_sessions')), kind: 'count', total: true },
        { head: ['Not valid', '无效场次'], kind: 'count', total: true },
        { head: ['Not valid, share', '无效占比'], kind: 'percent' },
      ],
      rows: all.map(([date, day]) => [
        date,
        String(day.sessions),
        String(day.valid),
        invalid(day),
        shareOf(invalid(day), String(day.sessions)),
      ]),
    },
  };
}

function byHour({ byHour: hours }: SessionFigures): PageBlock {
  const caption = ['Sessions by weekday and hour of the end', '按星期和下播小时的场次'] as const;
  return {
    caption,
    chart: {
      shape: 'heat',
      columns: HOURS,
      rows: WEEKDAYS.map((label, day) => ({ label, values: (hours[day] ?? []).map(String) })),
    },
    behind: {
      name: 'sessions-by-hour',
      caption,
      columns: [
        { head: ['Hour', '小时'], kind: 'id' },
        ...WEEKDAYS.map((head) => ({ head, kind: 'count' as const, total: true })),
        { head: ['All', '合计'], kind: 'count', total: true },
      ],
      rows: HOURS.map((hour, at) => [
        `${hour}:00–${hour}:59`,
        ...hours.map((day) => String(day[at] ?? 0)),
        String(hours.reduce((sum, day) => sum + (day[at] ?? 0), 0)),
      ]),
    },
  };
}
