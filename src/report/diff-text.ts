import type { AnchorWaterfall, readAgencies, Waterfall } from '../compare/waterfall.js';
import { readable } from '../core/money.js';
import type { Manifest } from '../emit/manifest.js';
import type { Programme } from '../programmes/interface/programme.js';
import { wordOf } from '../summary/code-words.js';
import { plainTable } from '../text/plain-table.js';
import { printableLine } from '../text/terminal.js';
import type { Language } from '../words/said.js';
import { tellIn } from '../words/say.js';

/** One of the two settlements. */
export interface Named {
  run_id?: string;
  policy: string;
  period: Manifest['period'];
  as_of: string;
  run_dir?: string;
  /** What it is made of where it is no run. */
  what_if?: { policy?: string; input?: string };
}

export interface Diff {
  a: Named;
  b: Named;
  total: Waterfall;
  anchors: AnchorWaterfall[];
  agencies: Awaited<ReturnType<typeof readAgencies>>;
  /** Whose words its causes have. */
  programme: Pick<Programme, 'summary'>;
}

interface Words {
  tell: ReturnType<typeof tellIn>;
  /** A cause in words. */
  cause: (code: string) => string;
}

type Paint = (style: 'bold', text: string) => string;

/** Largest movers, and agencies on either side, that are shown; the rest is in --csv and --json. */
const MOST = 10;

/** What a person reads: from A's total to B's cause by cause, then whom it concerns most. */
export function diffText(
  { a, b, total, anchors, agencies, programme }: Diff,
  paint: Paint,
  language: Language = 'en',
): string {
  const tell = tellIn(language);
  const cause = (code: string): string => wordOf(programme, code, language);
  const lines = [
    paint('bold', tell('{from} to {to}: what changes from A to B', a.period)),
    `A  ${shown(a, language)}`,
    `B  ${shown(b, language)}`,
    '',
  ];
  lines.push(waterfallTable(total, anchors, paint, { tell, cause }), '');
  if (anchors.length === 0) lines.push(tell('No amount differs.'));
  else lines.push(paint('bold', tell('Largest movers')), moversTable(anchors, { tell, cause }));
  if (anchors.length > MOST)
    lines.push(
      tell('and {more} more; to see all, add --csv FILE or --json', { more: readable(String(anchors.length - MOST)) }),
    );
  const winners = agencies.filter(({ delta }) => !delta.startsWith('-')).slice(0, MOST);
  const losers = agencies
    .filter(({ delta }) => delta.startsWith('-'))
    .toReversed()
    .slice(0, MOST);
  for (const [title, side] of [
    [tell('Agencies that gain'), winners],
    [tell('Agencies that lose'), losers],
  ] as const)
    if (side.length > 0) lines.push('', paint('bold', title), agenciesTable(side, tell));
  return `${lines.join('\n')}\n`;
}

function shown({ run_id, policy, as_of, period, what_if }: Named, language: Language): string {
  const tell = tellIn(language);
  const until = as_of === period.to ? '' : tell(', as of {as_of}', { as_of });
  if (what_if === undefined)
    return `${printableLine(tell('{policy}, run {run_id}', { policy, run_id: run_id ?? '' }))}${until}`;
  const [policyFile, input] = [what_if.policy, what_if.input];
  const parts = [
    ...(policyFile ? [tell('by the policy {policyFile}', { policyFile })] : []),
    ...(input ? [tell('with the exports of {input} and all that is loaded', { input })] : []),
  ];
  return `${printableLine(tell('what if: settled {parts}', { parts }))}${until}`;
}

function anchorsIn(count: number, tell: Words['tell']): string {
  return tell(count === 1 ? '{n} anchor' : '{n} anchors', { n: readable(String(count)) });
}

function signed(amount: string): string {
  return amount.startsWith('-') ? readable(amount) : `+${readable(amount)}`;
}

function waterfallTable(
  { a, b, delta, causes, policy_keys = {} }: Waterfall,
  anchors: readonly AnchorWaterfall[],
  paint: Paint,
  { tell, cause: word }: Words,
): string {
  const number = (has: (anchor: AnchorWaterfall) => boolean): string => anchorsIn(anchors.filter(has).length, tell);
  const rows = Object.keys(causes).flatMap((cause) => {
    const concerned = anchors.filter((anchor) => anchor.causes[cause] !== undefined).length;
    if (concerned === 0) return [];
    const own = [
      `  ${word(cause)}`,
      signed(causes[cause] as string),
      number((anchor) => anchor.causes[cause] !== undefined),
    ];
    const keys = cause === 'policy' ? Object.entries(policy_keys) : [];
    return [
      own,
      ...keys.map(([key, amount]) => [
        `    ${key}`,
        signed(amount),
        number((anchor) => anchor.policy_keys?.[key] !== undefined),
      ]),
    ];
  });
  return plainTable(
    [
      [tell('Total, A'), readable(a), tell('CNY')],
      ...rows,
      [paint('bold', tell('Total, B')), paint('bold', readable(b)), `${signed(delta)}`],
    ],
    [1],
  );
}

function moversTable(anchors: readonly AnchorWaterfall[], { tell, cause: word }: Words): string {
  const rows = anchors.slice(0, MOST).map(({ anchor_id, agency_id, a, b, delta, causes }) => [
    anchor_id,
    agency_id ?? '',
    readable(a),
    readable(b),
    signed(delta),
    Object.entries(causes)
      .map(([cause, amount]) => `${word(cause)} ${signed(amount)}`)
      .join(', '),
  ]);
  const head = [tell('anchor'), tell('agency'), 'A', 'B', tell('difference'), tell('causes')];
  return plainTable([head, ...rows], [2, 3, 4]);
}

function agenciesTable(agencies: Diff['agencies'], tell: Words['tell']): string {
  const rows = agencies.map(({ agency_id, delta, anchors }) => [
    agency_id ?? tell('independent'),
    signed(delta),
    anchorsIn(anchors, tell),
  ]);
  return plainTable(rows, [1]);
}
