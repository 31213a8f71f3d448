import { createHash } from 'node:crypto';
import type { PacketData } from '../../src/verify/packet/packet-data.js';
import { cell, fact, filesOf, recordsOf, sharedRecords } from './forging.js';

/** Single changes of the packet of MCN-02: where each is found, and where it would be if the forger hung all of it on a root of their own. */

export type Change = (data: PacketData) => void;
/** `file|key|column`. */
export type Row = [name: string, change: Change, sealed: string, forged: string | null];

const own =
  (anchor: string, file: string, which: string, column: string, value: string): Change =>
  (data) =>
    cell(data, recordsOf(data, anchor, file), file, which, column, value);
const shared =
  (file: string, which: string, column: string, value: string): Change =>
  (data) =>
    cell(data, sharedRecords(data, file), file, which, column, value);
const policy =
  (from: string | RegExp, to: string): Change =>
  (data) => {
    const records = sharedRecords(data, 'policy.yaml');
    const before = records[0] as string;
    records[0] = before.replace(from, to);
    if (records[0] === before) throw new Error(`the policy has no ${from}`);
    fact(data, 'policy_sha256', sha256(records[0]));
  };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const drop =
  (anchor: string, file: string, which: string): Change =>
  (data) => {
    const records = recordsOf(data, anchor, file);
    const at = records.findIndex((record) => record.includes(which));
    if (at < 0) throw new Error(`no ${which}`);
    records.splice(at, 1);
    if (records.length === 0)
      filesOf(data, anchor).splice(
        filesOf(data, anchor).findIndex((each) => each.file === file),
        1,
      );
  };
const hash =
  (at: number): Change =>
  (data) => {
    const lines = (data.proof as string).split('\n');
    const bytes = Buffer.from(lines[at] as string, 'base64');
    bytes[0] = (bytes[0] as number) ^ 1;
    lines[at] = bytes.toString('base64');
    data.proof = lines.join('\n');
  };

const [A6, A7, A8, A9] = [
  'packet|groups A1006|root',
  'packet|groups A1007|root',
  'packet|groups A1008|root',
  'packet|groups A1009|root',
];

export const CHANGES: Row[] = [
  // amounts
  [
    'a session pays a fen more',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'amount', '33.87'),
    A9,
    'sessions.csv|L20231103-0028|amount',
  ],
  [
    'an invalid session pays',
    own('A1006', 'sessions.csv', 'L20231105-0038', 'amount', '1.00'),
    A6,
    'sessions.csv|L20231105-0038|amount',
  ],
  [
    'a day pays more',
    own('A1008', 'days.csv', '2023-11-01', 'watch_time', '74.55'),
    A8,
    'days.csv|A1008 2023-11-01|watch_time',
  ],
  [
    'a day withholds something',
    own('A1008', 'days.csv', '2023-11-01', 'withheld', '0.01'),
    A8,
    'days.csv|A1008 2023-11-01|withheld',
  ],
  [
    'a day is not valid',
    own('A1008', 'days.csv', '2023-11-01', 'valid_day', 'N'),
    A8,
    'days.csv|A1008 2023-11-01|valid_day',
  ],
  [
    'the cap of a day is another',
    own('A1008', 'days.csv', '2023-11-02', 'cap', '3200.00'),
    A8,
    'days.csv|A1008 2023-11-02|cap',
  ],
  ['a total is another', own('A1008', 'settlement.csv', 'A1008', 'total', '2790.59'), A8, 'settlement.csv|A1008|total'],
  [
    'a bonus is gone',
    own('A1008', 'settlement.csv', 'A1008', 'attendance_bonus', '0.00'),
    A8,
    'settlement.csv|A1008|attendance_bonus',
  ],
  [
    'less is forfeited',
    own('A1006', 'settlement.csv', 'A1006', 'forfeited', '980.65'),
    A6,
    'settlement.csv|A1006|forfeited',
  ],
  [
    'a status is another',
    own('A1006', 'settlement.csv', 'A1006', 'status', 'payable'),
    A6,
    'settlement.csv|A1006|status',
  ],
  [
    'the period in a row is another',
    own('A1006', 'settlement.csv', 'A1006', 'period_to', '2023-11-29'),
    A6,
    'settlement.csv|A1006|period_to',
  ],
  [
    'valid days are more',
    own('A1007', 'settlement.csv', 'A1007', 'valid_days', '16'),
    A7,
    'settlement.csv|A1007|valid_days',
  ],
  // sessions
  ['a valid session is dropped', drop('A1009', 'sessions.csv', 'L20231103-0028'), A9, 'days.csv|A1009 2023-11-03|'],
  ['an invalid session is dropped', drop('A1006', 'sessions.csv', 'L20231105-0038'), A6, null],
  [
    'a session stands twice',
    (data) => {
      const records = recordsOf(data, 'A1009', 'sessions.csv');
      records.splice(1, 0, records[0] as string);
    },
    A9,
    'sessions.csv|L20231103-0028|session_id',
  ],
  [
    'a session is added',
    (data) => {
      const records = recordsOf(data, 'A1009', 'sessions.csv');
      records.splice(1, 0, (records[0] as string).replace('L20231103-0028', 'L20231103-0029'));
    },
    A9,
    'days.csv|A1009 2023-11-03|gross',
  ],
  [
    'a session moves to another anchor',
    (data) => {
      const [first] = recordsOf(data, 'A1008', 'sessions.csv').splice(0, 1) as [string];
      recordsOf(data, 'A1009', 'sessions.csv').unshift(first);
    },
    A8,
    'sessions.csv|L20231101-0013|anchor_id',
  ],
  [
    'two sessions change places',
    (data) => {
      recordsOf(data, 'A1009', 'sessions.csv').splice(
        0,
        2,
        ...recordsOf(data, 'A1009', 'sessions.csv').slice(0, 2).reverse(),
      );
    },
    A9,
    'sessions.csv|L20231103-0028|session_id',
  ],
  [
    'dwell is more',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'rec_dwell_minutes', '1693.75'),
    A9,
    'sessions.csv|L20231103-0028|amount',
  ],
  [
    'the price is another',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'unit_price', '0.021000'),
    A9,
    'sessions.csv|L20231103-0028|amount',
  ],
  [
    'the index is another',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'scarcity_index', '1.100'),
    A9,
    'sessions.csv|L20231103-0028|amount',
  ],
  [
    'a session ends later',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'ended_at', '2023-11-03 21:18:23'),
    A9,
    'sessions.csv|L20231103-0028|duration_seconds',
  ],
  [
    'a session lies on another date',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'settlement_date', '2023-11-04'),
    A9,
    'sessions.csv|L20231103-0028|settlement_date',
  ],
  [
    'fewer seconds are effective',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'effective_seconds', '4000'),
    A9,
    'days.csv|A1009 2023-11-03|valid_seconds',
  ],
  [
    'the level is another',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'quality_level', '2'),
    A9,
    'days.csv|A1009 2023-11-03|top_level',
  ],
  [
    'a session was not settleable',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'settleable', 'N'),
    A9,
    'sessions.csv|L20231103-0028|reasons',
  ],
  [
    'a session is called invalid',
    own('A1009', 'sessions.csv', 'L20231103-0028', 'valid', 'N'),
    A9,
    'sessions.csv|L20231103-0028|valid',
  ],
  ['the name of a track is another', own('A1009', 'sessions.csv', 'L20231103-0028', 'track', '知识'), A9, null],
  [
    'a cell is quoted without need',
    (data) => {
      const records = recordsOf(data, 'A1009', 'sessions.csv');
      records[0] = (records[0] as string).replace('知识科普', '"知识科普"');
    },
    A9,
    'sessions.csv|row 65|',
  ],
  // reasons and penalties
  [
    'a reason of a session is another',
    own('A1006', 'sessions.csv', 'L20231105-0038', 'reasons', 'punished:idle'),
    A6,
    'sessions.csv|L20231105-0038|reasons',
  ],
  [
    'a reason of an anchor is gone',
    own('A1009', 'settlement.csv', 'A1009', 'reasons', ''),
    A9,
    'settlement.csv|A1009|forfeited',
  ],
  [
    'a reason of an anchor is added',
    own('A1008', 'settlement.csv', 'A1008', 'reasons', 'vulgar-3'),
    A8,
    'settlement.csv|A1008|reasons',
  ],
  [
    'a penalty is revoked',
    own('A1006', 'inputs/penalties.csv', 'C-23110022', 'status', 'revoked'),
    A6,
    'sessions.csv|L20231105-0038|reasons',
  ],
  ['a penalty is dropped', drop('A1006', 'inputs/penalties.csv', 'C-23110044'), A6, 'settlement.csv|A1006|reasons'],
  [
    'a penalty is added',
    (data) => {
      recordsOf(data, 'A1009', 'inputs/anchors.csv');
      filesOf(data, 'A1009').splice(
        filesOf(data, 'A1009').findIndex(({ file }) => file === 'unsettled.csv'),
        0,
        {
          file: 'inputs/penalties.csv',
          records: ['Z-1,A1009,,,duplicate_account,2023-11-20 10:00:00,upheld,penalties-2023-11.csv,99'],
        },
      );
    },
    A9,
    'settlement.csv|A1009|reasons',
  ],
  [
    'a penalty has another kind',
    own('A1006', 'inputs/penalties.csv', 'C-23110044', 'kind', 'off_value'),
    A6,
    'settlement.csv|A1006|reasons',
  ],
  [
    'a penalty was imposed before the period',
    own('A1006', 'inputs/penalties.csv', 'C-23110044', 'penalized_at', '2023-10-14 23:24:57'),
    A6,
    'settlement.csv|A1006|reasons',
  ],
  [
    'penalties change places',
    (data) => void recordsOf(data, 'A1006', 'inputs/penalties.csv').reverse(),
    A6,
    'inputs/penalties.csv|C-23110044 A1006|',
  ],
  // anchors and names
  [
    'an anchor has another name',
    own('A1008', 'inputs/anchors.csv', 'A1008', 'nickname', 'May'),
    A8,
    'settlement.csv|A1008|nickname',
  ],
  [
    'an anchor has another agency',
    own('A1008', 'inputs/anchors.csv', 'A1008', 'agency_id', 'MCN-01'),
    A8,
    'inputs/anchors.csv|A1008|agency_id',
  ],
  [
    'an anchor was certified earlier',
    own('A1009', 'inputs/anchors.csv', 'A1009', 'newcomer_certified_on', '2023-10-30'),
    A9,
    'settlement.csv|A1009|newcomer_bonus',
  ],
  [
    'an anchor has a red code',
    own('A1008', 'inputs/anchors.csv', 'A1008', 'compliance_code', 'red'),
    A8,
    'settlement.csv|A1008|reasons',
  ],
  [
    'an anchor first streamed earlier',
    own('A1008', 'inputs/anchors.csv', 'A1008', 'first_live_on', '2022-05-05'),
    A8,
    'settlement.csv|A1008|status',
  ],
  ['an anchor is left out whole', (data) => void data.groups.splice(3, 1), 'packet|proof|path', 'packet|cover|total'],
  [
    'an anchor comes before another',
    (data) => void data.groups.splice(1, 2, ...data.groups.slice(1, 3).reverse()),
    'packet|groups A1006|',
    'packet|groups A1006|',
  ],
  [
    'the agency has another name',
    (data) => cell(data, recordsOf(data, '', 'inputs/agencies.csv'), 'inputs/agencies.csv', 'MCN-02', 'name', '云端'),
    'packet|groups |root',
    null,
  ],
  [
    'the unit is another agency',
    (data) => {
      data.unit.id = 'MCN-09';
    },
    'packet|proof|path',
    'settlement.csv|2023-11-01|agency_id',
  ],
  [
    'the unit is an anchor',
    (data) => {
      data.unit.kind = 'anchor';
    },
    'packet|proof|path',
    'packet|groups |',
  ],
  // what is left out, notices, the control desk
  [
    'an unsettled row is dropped',
    drop('A1009', 'unsettled.csv', 'ODD-0001'),
    A9,
    'unsettled.csv|sessions-2023-12-06-odd.csv 2|',
  ],
  [
    'an unsettled row has another line',
    own('A1009', 'unsettled.csv', 'ODD-0001', 'line', '3'),
    A9,
    'unsettled.csv|sessions-2023-12-06-odd.csv 2|',
  ],
  ['a fault is dropped', drop('A1009', 'quarantine.csv', 'maybe'), A9, 'unsettled.csv|sessions-2023-12-06-odd.csv 2|'],
  [
    'a fault has another code',
    own('A1009', 'quarantine.csv', 'maybe', 'code', 'bad_time'),
    A9,
    'unsettled.csv|sessions-2023-12-06-odd.csv 2|codes',
  ],
  ['a notice is dropped', drop('A1009', 'notices.csv', 'sessions_overlap'), A9, 'notices.csv|sessions_overlap A1009|'],
  [
    'a notice counts otherwise',
    own('A1009', 'notices.csv', 'sessions_overlap', 'count', '2'),
    A9,
    'notices.csv|sessions_overlap A1009|count',
  ],
  [
    'a notice is of nobody',
    own('A1009', 'notices.csv', 'sessions_overlap', 'code', 'file_shrank'),
    A9,
    'notices.csv|file_shrank A1009|code',
  ],
  [
    'the control desk counts otherwise',
    own('A1009', 'inputs/control.csv', 'ODD-0004', 'amount', '15.56'),
    A9,
    'notices.csv|control_differs ODD-0004|',
  ],
  // what everybody has
  [
    'the scarcity table says more',
    shared('inputs/scarcity.csv', '音乐才艺,2023-11-01', 'scarcity_index', '1.234'),
    'packet|shared|root',
    null,
  ],
  [
    'the scarcity table has another date',
    shared('inputs/scarcity.csv', '音乐才艺,2023-11-01', 'effective_from', '2024-11-01'),
    'packet|shared|root',
    'inputs/scarcity.csv|音乐才艺 2024-11-01|effective_from',
  ],
  [
    'a row of the scarcity table is dropped',
    (data) => void sharedRecords(data, 'inputs/scarcity.csv').splice(3, 1),
    'packet|shared|root',
    null,
  ],
  [
    'a header is another',
    (data) => {
      sharedRecords(data, 'days.csv')[0] = 'anchor_id,date';
    },
    'packet|shared|root',
    'days.csv|line 1|',
  ],
  [
    'the policy has other caps',
    policy('cap: "160.00"', 'cap: "150.00"'),
    'packet|shared|root',
    'days.csv|A1006 2023-11-02|cap',
  ],
  [
    'the policy wants longer sessions',
    policy(/min_minutes: 30/, 'min_minutes: 90'),
    'packet|shared|root',
    'sessions.csv|L20231103-0028|reasons',
  ],
  [
    'the policy is cut',
    (data) => {
      sharedRecords(data, 'policy.yaml')[0] = 'id: x\n';
    },
    'run|policy_sha256|',
    'run|policy_sha256|',
  ],
  ['the run is another', (data) => fact(data, 'run_id', '2023-11-30-0123456789abcdef'), 'packet|proof|origin', null],
  ['the period ends earlier', (data) => fact(data, 'period_to', '2023-11-29'), 'packet|shared|root', 'run|period_to|'],
  ['the evaluation date is another', (data) => fact(data, 'as_of', '2023-11-29'), 'packet|shared|root', 'run|run_id|'],
  ['the revision is another', (data) => fact(data, 'revision', '2'), 'packet|shared|root', 'packet|close|revision'],
  [
    'the run restates another',
    (data) => fact(data, 'restates', '2023-11-30-0123456789abcdef'),
    'packet|shared|root',
    'packet|cover|due',
  ],
  ['a fact is added', (data) => void sharedRecords(data, 'run').push('x,y'), 'packet|shared|root', 'run|x|'],
  // hashes, salts, the seal
  ['a hash of the path is another', hash(2), 'packet|proof|path', null],
  ['the last hash of the path is another', hash(11), 'packet|proof|path', null],
  [
    'the path is shorter',
    (data) => {
      data.proof = (data.proof as string).split('\n').toSpliced(5, 1).join('\n');
    },
    'packet|proof|path',
    null,
  ],
  [
    'the index is another',
    (data) => {
      data.proof = (data.proof as string).replace(/index (\d+)/, (_, at) => `index ${Number(at) ^ 1}`);
    },
    'packet|proof|path',
    null,
  ],
  [
    'the size is another',
    (data) => {
      data.proof = (data.proof as string).replace('\n1024\n', '\n2048\n');
    },
    'packet|proof|path',
    null,
  ],
  [
    'the root in the path is another',
    (data) => {
      data.proof = (data.proof as string).replace(/[^\n]+\n$/, `${Buffer.alloc(32).toString('base64')}\n`);
    },
    'packet|proof|root',
    null,
  ],
  [
    'the path has no form',
    (data) => {
      data.proof = 'yes';
    },
    'packet|proof|',
    null,
  ],
  [
    'the shared path is another',
    (data) => {
      data.shared.proof = data.proof;
    },
    'packet|shared.proof|path',
    null,
  ],
  [
    'the key is another',
    (data) => {
      data.key = '00'.repeat(32);
    },
    A9,
    null,
  ],
  [
    'the shared key is another',
    (data) => {
      data.shared.key = '00'.repeat(32);
    },
    'packet|shared|root',
    null,
  ],
  [
    'the root of a group is another',
    (data) => {
      (data.groups[1] as { root: string }).root = '00'.repeat(32);
    },
    A6,
    null,
  ],
  [
    'the seal is taken off by half',
    (data) => {
      data.proof = null;
    },
    'packet|proof|',
    null,
  ],
  // disputes
  [
    'an answer reads otherwise',
    own('A1009', 'disputes.csv', 'gezählt', 'answer', 'we pay it'),
    A9,
    null, // of another root, nobody but the agency knows what it was answered
  ],
  ['a dispute is another', own('A1009', 'disputes.csv', 'gezählt', 'dispute_id', 'x'), A9, 'disputes.csv|x|dispute_id'],
  ['a dispute is dropped', drop('A1009', 'disputes.csv', 'gezählt'), A9, null],
  [
    'there are disputes of nobody',
    (data) => {
      sharedRecords(data, 'disputes.csv')[0] += ',paid';
    },
    'packet|shared|root',
    'disputes.csv||',
  ],
  // the cover and the close
  [
    'more is due',
    (data) => {
      data.cover.due = '9999.99';
    },
    'packet|cover|due',
    'packet|cover|due',
  ],
  [
    'the total is another',
    (data) => {
      data.cover.total = '5195.67';
    },
    'packet|cover|total',
    'packet|cover|total',
  ],
  [
    'something was closed before',
    (data) => {
      data.cover.closed_before = '0.01';
    },
    'packet|cover|closed_before',
    'packet|cover|closed_before',
  ],
  [
    'the close is another revision',
    (data) => {
      (data.close as { revision: number }).revision = 2;
    },
    'packet|close|revision',
    'packet|close|revision',
  ],
];
