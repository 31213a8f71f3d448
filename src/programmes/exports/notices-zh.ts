import { AGENCIES, ANCHORS, CONTROL, PENALTIES, SESSIONS } from './kinds.js';
import { INELIGIBLE_CAUSES } from './words.js';

/** What cells of notices.csv say of exports, for Chinese readers: columns by the names that Chinese exports have for them. */

const CHINESE = new Map(
  [CONTROL, AGENCIES, PENALTIES, ANCHORS, SESSIONS].flatMap(({ columns }) =>
    columns.map(({ name, chinese }): [string, string] => [name, chinese]),
  ),
);

/** Why what a programme finds isn't known to one that it feeds. */
const FEEDS = new Map([
  ['never', '从未结算'],
  ['later', '其后又有新的导出文件'],
  ['unfed', '尚未装载'],
]);

/** Notices whose subject is a column, or a kind of export and its column. */
const OF_COLUMNS = ['column_like', 'column_absent', 'id_rounded', 'id_point_zero', 'null_word', 'formulas_zero'];

/** The subject of a notice: a column by both of its names. */
export function subjectZh(code: string, subject: string): string {
  if (!OF_COLUMNS.includes(code)) return subject;
  return subject.replace(/[^;]+$/, (name) => (CHINESE.has(name) ? `${CHINESE.get(name)}（${name}）` : name));
}

/** The value of a notice: of the control desk's, what differs, `amount:1.00/2.00`, or that the row is left out. */
export function valueZh(code: string, value: string): string {
  if (code === 'control_missing') return value === 'quarantined' ? '已隔离' : value;
  if (code === 'feed_stale') return FEEDS.get(value) ?? value;
  if (code === 'ineligible_ignored')
    return value
      .split(';')
      .map((cause) => INELIGIBLE_CAUSES[cause as keyof typeof INELIGIBLE_CAUSES] ?? cause)
      .join('、');
  if (code !== 'control_differs') return value;
  const parts = value.split(';').map((part) => part.replace(/^\w+(?=:)/, (name) => CHINESE.get(name) ?? name));
  return parts.join('；').replaceAll(':', '：');
}
