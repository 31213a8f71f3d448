/**
 * The parts of what an anchor is paid: the rewards that a rule can take away. Here each is declared, once. Everything else
 * follows from the rows of `anchor_part`: its column of settlement.csv, of the manifest's totals and of the workbook, its line of a
 * statement and of adjustments.csv, and what `forfeits:` of a policy may name.
 */
interface Declared {
  /** As files and policies name it. A part is earned for the month; `watch_time` alone is earned day by day. */
  name: string;
  clause: string;
  /** What people read: of one anchor, and of all of them in the summary of a run. */
  en: { one: string; all: string };
  zh: string;
  /** The head of its column in a workbook, in both languages. */
  head: readonly [en: string, zh: string];
}

/** In the order of the files' columns and lines; `forfeits: all` means these. */
export const PARTS = [
  {
    name: 'watch_time',
    clause: 'C7',
    en: { one: 'watch time', all: 'Watch time' },
    zh: '用户消费时长激励',
    head: ['Watch time', '时长激励'],
  },
  {
    name: 'attendance_bonus',
    clause: 'C11',
    en: { one: 'Attendance bonus', all: 'Attendance bonuses' },
    zh: '优质月全勤激励',
    head: ['Attendance bonus', '全勤激励'],
  },
  {
    name: 'newcomer_bonus',
    clause: 'C10',
    en: { one: 'Newcomer bonus', all: 'Newcomer bonuses' },
    zh: '新手主播激励',
    head: ['Newcomer bonus', '新手激励'],
  },
] as const satisfies readonly Declared[];

export type Part = (typeof PARTS)[number]['name'];
export type BonusName = Exclude<Part, 'watch_time'>;

export const PART_NAMES: readonly Part[] = PARTS.map(({ name }) => name);

/** All but the watch time, which settlement.csv shows before its cap and after it. */
export const BONUSES = PARTS.filter((part): part is Extract<(typeof PARTS)[number], { name: BonusName }> => {
  return part.name !== 'watch_time';
});
