import type { AnchorWaterfall, readAgencies, Waterfall } from '../compare/waterfall.js';
import { readable } from '../core/money.js';
import type { Manifest } from '../emit/manifest.js';
import { plainTable } from '../text/plain-table.js';
import { printableLine } from '../text/terminal.js';

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
}

type Paint = (style: 'bold', text: string) => string;

/** Largest movers, and agencies on either side, that are shown; the rest is in --csv and --json. */
const MOST = 10;

/** What a person reads: from A's total to B's cause by cause, then whom it concerns most. */
export function diffText({ a, b, total, anchors, agencies }: Diff, paint: Paint): string {
  const { from, to } = a.period;
  const lines = [paint('bold', `${from} to ${to}: what changes from A to B`), `A  ${shown(a)}`, `B  ${shown(b)}`, ''];
  lines.push(waterfallTable(total, anchors, paint), '');
  if (anchors.length === 0) lines.push('No amount differs.');
  else lines.push(paint('bold', 'Largest movers'), moversTable(anchors));
  if (anchors.length > MOST)
    lines.push(`and ${readable(String(anchors.length - MOST))} more; to see all, add --csv FILE or --json`);
  const winners = agencies.filter(({ delta }) => !delta.startsWith('-')).slice(0, MOST);
  const losers = agencies
    .filter(({ delta }) => delta.startsWith('-'))
    .toReversed()
    .slice(0, MOST);
  for (const [title, side] of [
    ['Agencies that gain', winners],
    ['Agencies that lose', losers],
  ] as const)
    if (side.length > 0) lines.push('', paint('bold', title), agenciesTable(side));
  return `${lines.join('\n')}\n`;
}

function shown({ run_id, policy, as_of, period, what_if }: Named): string {
  const until = as_of === period.to ? '' : `, as of ${as_of}`;
  if (what_if === undefined) return `${printableLine(`${policy}, run ${run_id}`)}${until}`;
  const [policyFile, input] = [what_if.policy, what_if.input];
  const parts = [
    policyFile && `by the policy ${policyFile}`,
    input && `with the exports of ${input} and all that is loaded`,
  ];
  return `${printableLine(`what if: settled ${parts.filter(Boolean).join(', ')}`)}${until}`;
}

function signed(amount: string): string {
  return amount.startsWith('-') ? readable(amount) : `+${readable(amount)}`;
}

function waterfallTable(
  { a, b, delta, causes, policy_keys = {} }: Waterfall,
  anchors: readonly AnchorWaterfall[],
  paint: Paint,
): string {
  const counted = (has: (anchor: AnchorWaterfall) => boolean): string => {
    const count = anchors.filter(has).length;
    return `${readable(String(count))} ${count === 1 ? 'anchor' : 'anchors'}`;
  };
  const rows = Object.keys(causes).flatMap((cause) => {
    const concerned = anchors.filter((anchor) => anchor.causes[cause] !== undefined).length;
    if (concerned === 0) return [];
    const own = [
      `  ${cause}`,
      signed(causes[cause] as string),
      counted((anchor) => anchor.causes[cause] !== undefined),
    ];
    const keys = cause === 'policy' ? Object.entries(policy_keys) : [];
    return [
      own,
      ...keys.map(([key, amount]) => [
        `    ${key}`,
        signed(amount),
        counted((anchor) => anchor.policy_keys?.[key] !== undefined),
      ]),
    ];
  });
  return plainTable(
    [
      ['Total, A', readable(a), 'CNY'],
      ...rows,
      [paint('bold', 'Total, B'), paint('bold', readable(b)), `${signed(delta)}`],
    ],
    [1],
  );
}

function moversTable(anchors: readonly AnchorWaterfall[]): string {
  const rows = anchors.slice(0, MOST).map(({ anchor_id, agency_id, a, b, delta, causes }) => [
    anchor_id,
    agency_id ?? '',
    readable(a),
    readable(b),
    signed(delta),
    Object.entries(causes)
      .map(([cause, amount]) => `${cause} ${signed(amount)}`)
      .join(', '),
  ]);
  return plainTable([['anchor', 'agency', 'A', 'B', 'difference', 'causes'], ...rows], [2, 3, 4]);
}

function agenciesTable(agencies: Diff['agencies']): string {
  const rows = agencies.map(({ agency_id, delta, anchors }) => [
    agency_id ?? 'independent',
    signed(delta),
    `${readable(String(anchors))} ${anchors === 1 ? 'anchor' : 'anchors'}`,
  ]);
  return plainTable(rows, [1]);
}
