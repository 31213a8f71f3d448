import { readable } from '../../core/money.js';
import type { VerifiedFile } from '../../packet/verify-file.js';
import { printableLine } from '../../text/terminal.js';
import { inLanguage, type Language, type Wording } from '../../words/said.js';
import { say, tellIn } from '../../words/say.js';
import { differencesIn, differenceTable, SHOWN } from '../differences.js';
import { signatureSaid } from './signature.js';

/** What was found of a packet, for whoever was given it: what is right, what its seal says, and what nobody can see in it. */
export function packetTextOf(path: string, report: VerifiedFile, language: Language | undefined): string {
  const spoken = language ?? 'en';
  const tell = tellIn(spoken);
  const { unit, run_id, due, sessions, anchors, count } = report;
  const file = printableLine(path);
  const whose = unit.kind === 'agency' ? say('agency {id}', { id: unit.id }) : say('anchor {id}', { id: unit.id });
  const lines =
    count === 0
      ? [
          tell('{file}: every amount is right', { file }),
          tell('For {whose}, run {run_id}: {due} CNY are due now.', { whose, run_id, due: readable(due) }),
          tell("Recomputed from the packet's own rows: {sessions} sessions, {anchors} anchors.", {
            sessions: readable(String(sessions)),
            anchors: readable(String(anchors)),
          }),
          inLanguage(sealIn(report), spoken),
          ...(report.signature === null ? [] : [inLanguage(signatureSaid(report.signature), spoken)]),
          ...report.said.map((said) => inLanguage(said, spoken)),
          ...(report.page === 'this_release'
            ? [tell('Its page, script and all, is the one that this release writes around these rows.')]
            : []),
          ...(report.page === 'other_release'
            ? [
                tell('The page was written by {release} and is not compared: trust these lines, not the page.', {
                  release: report.written_by,
                }),
              ]
            : []),
        ]
      : [
          tell('{path}: {what}', { path: file, what: differencesIn(count) }),
          differenceTable(report.differences, language),
        ];
  const more =
    count > SHOWN ? [tell('and {more} more; add --json for all', { more: readable(String(count - SHOWN)) })] : [];
  return `${[...lines, ...more, inLanguage(UNSEEN, spoken)].join('\n')}\n`;
}

function sealIn({ seal, root, provisional }: VerifiedFile): Wording {
  if (seal === 'trusted') return say('Its rows hang on the root that you gave: {root}', { root: root ?? '' });
  if (seal === 'signed') return say('Its rows hang on the root that was signed: {root}', { root: root ?? '' });
  if (seal === 'consistent')
    return say(
      'Its rows hang on the root that stands in it: {root}. That shows only that the packet agrees with itself. Compare the root with one that you have by another way, or give that with --root or --close.',
      { root: root ?? '' },
    );
  return provisional
    ? say('Provisional: the run is not closed. The packet bears no seal, and another may say something else.')
    : say('It bears no seal: the run was closed by a release that made none.');
}

/** What no packet shows. */
const UNSEEN = say(
  "What a packet doesn't show: whether every session that took place was exported (compare the control desk's own list), rows of which nobody knows whose they are, and what other agencies' rows do to yours.",
);
