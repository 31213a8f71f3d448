import type { ProgrammePeriod } from '../core/programme.js';
import { isSamePeriod } from '../core/programme.js';
import { type KeptDispute, keptDisputes } from '../disputes/kept-disputes.js';
import type { Bilingual, PageBlock, PageSection } from '../page/model.js';

/** What is explained. */
interface Explained {
  anchor: string;
  date?: string | undefined;
  session?: string | undefined;
  /** Whose eyes it is for; '' is an anchor without an agency. */
  forAgency?: string | undefined;
}

export interface DisputesAbout {
  sections: readonly PageSection[];
  answer: { disputes?: object[] };
}

/** What was disputed of an anchor, a day or a session in a programme's period, and what was answered; nothing where nothing was. */
export function disputesAbout(out: string, of: ProgrammePeriod, explained: Explained): DisputesAbout {
  const found = keptDisputes(out).filter((kept) => isSamePeriod(kept, of) && concerns(kept, explained));
  if (found.length === 0) return { sections: [], answer: {} };
  const lines = found.flatMap(linesOf);
  const section: PageSection = { name: 'disputes', title: ['Disputes', '异议'], blocks: [{ lines }] };
  const disputes = found.map(({ id, received_at, dispute, answer }) => {
    const { unit, run_id, session_id, date, claim } = dispute;
    return { id, received_at, unit, run_id, session_id, date, claim, answer };
  });
  return { sections: [section], answer: { disputes } };
}

function concerns({ dispute }: KeptDispute, { anchor, date, session, forAgency }: Explained): boolean {
  const { unit, anchor_id, date: day, session_id } = dispute;
  if (anchor_id !== anchor) return false;
  if (session !== undefined && session_id !== session) return false;
  if (date !== undefined && day !== null && day !== date) return false;
  if (forAgency === undefined) return true;
  return forAgency === '' ? unit.kind === 'anchor' : unit.kind === 'agency' && unit.id === forAgency;
}

type Lines = Extract<PageBlock, { lines: unknown }>['lines'][number];

function linesOf({ id, dispute, answer }: KeptDispute): Lines[] {
  const { unit, session_id, date, claim } = dispute;
  const of = session_id ?? date ?? '';
  const said: Bilingual =
    unit.kind === 'agency'
      ? [`${id}, of agency ${unit.id}, on ${of}: ${claim}`, `${id}，机构 ${unit.id}，${of}：${claim}`]
      : [`${id}, of anchor ${unit.id}, on ${of}: ${claim}`, `${id}，主播 ${unit.id}，${of}：${claim}`];
  return [
    { text: said, depth: 0 },
    { text: answered(answer), depth: 1 },
  ];
}

function answered(answer: KeptDispute['answer']): Bilingual {
  if (answer === null) return ['not answered yet', '尚未答复'];
  const { accepted, answered_by, answered_at, text, rows, run_id } = answer;
  const on = rows.map(({ file, line }) => `${file}:${line}`).join(', ');
  const behind: Bilingual = on === '' ? ['', ''] : [` (${on})`, `（${on}）`];
  return accepted
    ? [
        `accepted by ${answered_by} at ${answered_at}, paid by run ${run_id}: ${text}${behind[0]}`,
        `${answered_by} 于 ${answered_at} 认可，由批次 ${run_id} 付款：${text}${behind[1]}`,
      ]
    : [
        `refused by ${answered_by} at ${answered_at}: ${text}${behind[0]}`,
        `${answered_by} 于 ${answered_at} 不予认可：${text}${behind[1]}`,
      ];
}
