import type { Bilingual, PageColumn, PageSection, PageText } from '../page/model.js';
import { isGuarded } from '../verify/forms.js';
import { DISPUTE_ROWS, type DisputeRow, disputeRow } from '../verify/packet/dispute-rows.js';
import type { PacketData } from '../verify/packet/packet-data.js';

type Column = keyof DisputeRow;

/** What the columns are called, here and where a difference lies in one. */
export const DISPUTE_HEADS: Readonly<Record<Column, Bilingual>> = {
  dispute_id: ['Dispute', '异议编号'],
  received_at: ['Taken in', '收到时间'],
  run_id: ['Run disputed', '所异议的批次'],
  anchor_id: ['Anchor', '主播ID'],
  session_id: ['Session', '场次ID'],
  date: ['Date', '日期'],
  claim: ['What was disputed', '异议说明'],
  answered_at: ['Answered', '答复时间'],
  answered_by: ['Answered by', '答复人'],
  accepted: ['Outcome', '处理结果'],
  answer: ['Answer', '答复'],
  rows: ['Rows it stands on', '依据的行'],
  paying_run_id: ['Paid by run', '付款批次'],
};

const SHOWN: readonly (readonly [Column, PageColumn['kind']])[] = [
  ['anchor_id', 'id'],
  ['session_id', 'id'],
  ['date', 'date'],
  ['claim', 'note'],
  ['accepted', 'text'],
  ['answer', 'note'],
  ['rows', 'note'],
  ['paying_run_id', 'id'],
  ['answered_by', 'text'],
  ['answered_at', 'date'],
  ['dispute_id', 'id'],
];

/** What was disputed and what was answered, by when it came; no section where nothing was. */
export function disputesSection({ groups }: Pick<PacketData, 'groups'>): PageSection[] {
  const records = groups.flatMap(({ files }) => files.find(({ file }) => file === DISPUTE_ROWS)?.records ?? []);
  if (records.length === 0) return [];
  const found = records.map((record) => {
    const row = disputeRow(record);
    if (row === undefined) throw new TypeError(record);
    return row;
  });
  found.sort((a, b) => (`${a.received_at} ${a.dispute_id}` < `${b.received_at} ${b.dispute_id}` ? -1 : 1));
  const columns = SHOWN.map(([column, kind]) => ({ head: DISPUTE_HEADS[column], kind }));
  const rows = found.map((row) =>
    SHOWN.map(([column]): PageText => (column === 'accepted' ? outcome(row) : written(row[column]))),
  );
  const caption: PageText = ['What you disputed, and what was answered', '贵方提出的异议及答复'];
  return [
    {
      name: 'disputes',
      title: ['Disputes', '异议与答复'],
      blocks: [{ note: NOTE }, { table: { name: 'disputes', caption, columns, rows } }],
    },
  ];
}

/** As somebody wrote it, who didn't mean a formula. */
function written(cell: string): string {
  return isGuarded(cell) ? cell.slice(1) : cell;
}

function outcome({ accepted }: DisputeRow): PageText {
  if (accepted === 'Y') return ['accepted', '认可'];
  return accepted === 'N' ? ['refused', '不予认可'] : ['not answered yet', '尚未答复'];
}

const NOTE: PageText = [
  'As it stood when this run was closed, or, where it isn’t closed, when this packet was made. What is accepted is paid by the run named beside it.',
  '截至本批次关账时；尚未关账的，截至生成本结算包时。已认可的由所列批次付款。',
];
