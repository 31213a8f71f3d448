import { dateCell, decimalCell, type Kind, textCell } from '../../exports/column-types.js';
import { required } from '../../exports/columns.js';
import { AGENCIES, ANCHORS, CONTROL, INELIGIBLE, PENALTIES, SESSIONS } from '../exports/kinds.js';

/** C6: the index of a track from a date on. */
const SCARCITY: Kind = {
  name: 'scarcity',
  meant: /scarcit|稀缺/,
  master: false,
  table: 'scarcity_row',
  key: ['track', 'effective_from'],
  columns: [
    required('track', '赛道', textCell(64)),
    required('effective_from', '生效日期', dateCell),
    required('scarcity_index', '内容稀缺度指数', decimalCell(4, 3)),
  ],
  checks: [],
};

/** The exports that the programme reads. */
export const EXPORTS: readonly Kind[] = [SESSIONS, ANCHORS, PENALTIES, SCARCITY, AGENCIES, CONTROL, INELIGIBLE];
