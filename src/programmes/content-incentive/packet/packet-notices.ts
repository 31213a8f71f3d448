import type { OwnedRow, Owner, RunKnown } from '../../interface/packets.js';

/** Stands for an id of somebody else, and for a message that names one. */
const WITHHELD = 'withheld';

/** What a notice is about, and what its value names, where that may be somebody's; all others are about files or the whole month. */
const ABOUT: Readonly<Record<string, { subject: 'anchor' | 'session'; value?: 'anchors' }>> = {
  sessions_overlap: { subject: 'anchor' },
  day_too_long: { subject: 'anchor' },
  session_other_anchor: { subject: 'session', value: 'anchors' },
  control_differs: { subject: 'session' },
  control_missing: { subject: 'session' },
  control_lacks: { subject: 'session' },
};

const [CODE, SUBJECT, VALUE, MESSAGE] = [0, 3, 5, 6];

/** Sessions by which `noticeOwners` will look for somebody. */
export function sessionsOfNotice(cells: readonly string[]): string[] {
  return ABOUT[cells[CODE] ?? '']?.subject === 'session' ? [cells[SUBJECT] ?? ''] : [];
}

/** Whom a notice concerns: whoever it names. To each of them, what it names of others is withheld. */
export function noticeOwners(cells: readonly string[], known: RunKnown): OwnedRow[] {
  const about = ABOUT[cells[CODE] ?? ''];
  if (about === undefined) return [];
  const [subject = '', value = ''] = [cells[SUBJECT], cells[VALUE]];
  const whose = (anchor: string | undefined): Owner | undefined => {
    const agency = anchor === undefined ? undefined : known.agencyOf(anchor);
    return anchor === undefined || agency === undefined ? undefined : { agency, anchor };
  };
  const main = whose(about.subject === 'anchor' ? subject.split(';')[0] : known.anchorOf(subject));
  const named = about.value === undefined ? [] : value.split(';').map((anchor) => ({ anchor, owner: whose(anchor) }));
  const owners = [main, ...named.map(({ owner }) => owner)].filter((owner) => owner !== undefined);
  const units = new Map(owners.map((owner) => [unitOf(owner), owner]));
  return [...units].map(([unit, owner]) => {
    const isOwn = (one: Owner | undefined): boolean => one !== undefined && unitOf(one) === unit;
    const shown = [...cells];
    if (!isOwn(main)) shown[SUBJECT] = WITHHELD;
    if (named.some((each) => !isOwn(each.owner)))
      shown[VALUE] = named.map((each) => (isOwn(each.owner) ? each.anchor : WITHHELD)).join(';');
    if (shown[SUBJECT] === subject && shown[VALUE] === value) return { owner };
    shown[MESSAGE] = WITHHELD;
    return { owner, cells: shown };
  });
}

function unitOf({ agency, anchor }: Owner): string {
  return agency === '' ? `anchor ${anchor}` : `agency ${agency}`;
}
