/** What a notice says in another language than that of its file, from its cells alone: file, subject, count and value. */
export interface NoticeWords {
  /** What it is about, in a few words. */
  title: string;
  /** What was seen and what it does to the figures; `{subject2}` is the second part of a subject, `{value2}` of a value. */
  message: string;
  /** How to fix it. */
  fix: string;
}
