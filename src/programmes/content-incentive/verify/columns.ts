import { PART_NAMES } from './parts.js';

/**
 * C3, P6: the reasons of a session in the contract's order; where one is a flag, its column, and what that says of a valid session.
 * The columns of flags stand beside each other in this order.
 */
export const SESSION_REASONS: readonly {
  reason: string;
  flag?: { column: string; valid: 'Y' | 'N'; optional: boolean };
}[] = [
  { reason: 'out_of_scope' },
  { reason: 'too_short' },
  { reason: 'not_settleable', flag: { column: 'settleable', valid: 'Y', optional: false } },
  { reason: 'punished' },
  { reason: 'suspended', flag: { column: 'suspended', valid: 'N', optional: true } },
  { reason: 'replay_deleted' },
  { reason: 'opted_out', flag: { column: 'opted_out', valid: 'N', optional: true } },
  { reason: 'frozen' },
  { reason: 'unadmitted_digital_host' },
  { reason: 'expelled' },
];

export const FLAGS = SESSION_REASONS.flatMap(({ flag }) => (flag === undefined ? [] : [flag]));
const optionalFlags = FLAGS.filter(({ optional }) => optional).map(({ column }) => column);

/** The header of every file of a run folder (contract, "Inputs" and "Outputs"). */
export const SOURCE = 'source_file,source_line';

export const HEADERS = {
  'settlement.csv':
    'period_from,period_to,anchor_id,nickname,agency_id,status,valid_sessions,valid_seconds,valid_days,watch_time_gross,' +
    `cap_withheld,${PART_NAMES.join()},forfeited,total,reasons`,
  'days.csv': 'anchor_id,date,valid_sessions,valid_seconds,valid_day,top_level,cap,gross,withheld,watch_time',
  'sessions.csv':
    'session_id,anchor_id,settlement_date,started_at,ended_at,duration_seconds,effective_seconds,' +
    `${FLAGS.map(({ column }) => column).join()},` +
    'replay_deleted_at,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index,valid,reasons,amount',
  'adjustments.csv': 'anchor_id,agency_id,date,part,closed,restated,delta,causes',
  'quarantine.csv': 'file,line,column,code,value,message',
  'unsettled.csv': 'file,line,session_id,anchor_id,agency_id,ended_at,codes,needs,needs_zh',
  'notices.csv': 'code,severity,file,subject,count,value,message',
  'inputs/anchors.csv': `anchor_id,nickname,agency_id,account_kind,first_live_on,newcomer_certified_on,person_id,compliance_code,${SOURCE}`,
  'inputs/control.csv': `session_id,date,sessions,rec_dwell_minutes,amount,${SOURCE}`,
  'inputs/ineligible.csv': `anchor_id,from,to,cause,clause,${SOURCE}`,
  'inputs/penalties.csv': `penalty_id,anchor_id,agency_id,session_id,kind,penalized_at,status,${SOURCE}`,
  'inputs/scarcity.csv': `track,effective_from,scarcity_index,${SOURCE}`,
} as const;

/** The header of files that builds before wrote with fewer columns. */
export const OLDER_HEADERS: Readonly<Partial<Record<OutputFile, string>>> = {
  'unsettled.csv': 'file,line,session_id,anchor_id,agency_id,ended_at,codes,needs',
};

export const STATEMENT_HEADER = 'line,date,valid_sessions,valid_seconds,top_level,cap,gross,withheld,amount,note';

export type OutputFile = keyof typeof HEADERS;

/** The kinds of exports and their columns; a file's kind is the start of its name, in any case of letters. */
export const EXPORT_COLUMNS: Record<string, readonly string[]> = {
  sessions: [
    ...['session_id', 'anchor_id', 'started_at', 'ended_at', 'settleable', 'quality_level', 'track'],
    ...[
      'rec_dwell_minutes',
      'unit_price',
      'scarcity_index',
      'effective_seconds',
      ...optionalFlags,
      'replay_deleted_at',
    ],
  ],
  anchors: [
    ...['anchor_id', 'nickname', 'agency_id', 'account_kind', 'first_live_on', 'newcomer_certified_on', 'person_id'],
    'compliance_code',
  ],
  penalties: ['penalty_id', 'anchor_id', 'agency_id', 'session_id', 'kind', 'penalized_at', 'status'],
  scarcity: ['track', 'effective_from', 'scarcity_index'],
  agencies: ['agency_id', 'name'],
  control: ['session_id', 'date', 'sessions', 'rec_dwell_minutes', 'amount'],
  ineligible: ['anchor_id', 'from_time', 'to_time', 'cause', 'clause'],
};

/** The columns that an export may lack. */
export const OPTIONAL_COLUMNS: Record<string, readonly string[]> = {
  sessions: ['unit_price', 'scarcity_index', 'effective_seconds', ...optionalFlags, 'replay_deleted_at'],
  anchors: ['nickname', 'agency_id', 'newcomer_certified_on', 'person_id', 'compliance_code'],
  penalties: ['anchor_id', 'agency_id', 'session_id', 'status'],
  agencies: ['name'],
  control: ['session_id', 'date', 'sessions', 'rec_dwell_minutes', 'amount'],
  ineligible: ['to_time'],
};

/** Columns of figures. */
export const FIGURE_COLUMNS: readonly string[] = [
  'quality_level',
  'rec_dwell_minutes',
  'unit_price',
  'scarcity_index',
  'effective_seconds',
];

/** Columns of ids, and those of texts that are no number, time, flag or word of a list. */
export const ID_COLUMNS: readonly string[] = [
  'session_id',
  'anchor_id',
  'agency_id',
  'person_id',
  'penalty_id',
  'clause',
];
export const WORD_COLUMNS: readonly string[] = [...ID_COLUMNS, 'track', 'nickname', 'account_kind', 'kind', 'name'];

/** The rows of a file come together, so that most ask for the file that was asked for last. */
let last: { file: string; kind: string | undefined } = { file: '', kind: undefined };

/** The kind of an export by its name; undefined where the name is none of an export. */
export function kindOf(file: string): string | undefined {
  if (file === last.file) return last.kind;
  const isExport = /^[^/]+\.(?:csv|csv\.gz|parquet|xlsx)$/i.test(file);
  const kind = isExport ? Object.keys(EXPORT_COLUMNS).find((one) => file.toLowerCase().startsWith(one)) : undefined;
  last = { file, kind };
  return kind;
}
