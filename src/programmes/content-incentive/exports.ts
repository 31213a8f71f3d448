import { date, decimal, type Kind, text } from '../../exports/column-types.js';
import { required } from '../../exports/columns.js';
import { AGENCIES, ANCHORS, PENALTIES, SESSIONS } from '../exports/kinds.js';

/** C6: the index of a track from a date on. */
const SCARCITY: Kind = {
  name: 'scarcity',
  meant: /scarcit|稀缺/,
  master: false,
  table: 'scarcity_row',
  key: ['track', 'effective_from'],
  columns: [
    required('track', '赛道', text(64)),
    required('effective_from', '生效日期', date),
    required('scarcity_index', '内容稀缺度指数', decimal(4, 3)),
  ],
  checks: [],
};

/** The exports that the programme reads. */
export const KINDS: readonly Kind[] = [SESSIONS, ANCHORS, PENALTIES, SCARCITY, AGENCIES];
