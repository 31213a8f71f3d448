import type { Policy } from './policy.js';

/** Pictures of a folder as exports of the programme: what was measured of them, and a row by which each is judged. */
export interface MeasuredPictures {
  /** How many files were looked at. */
  pictures: number;
  /** The measurements as an export, for the folder of exports. */
  measures: { name: string; csv: string };
  /** Further exports by which the pictures are judged as if they were published on a day, by name. */
  asPublished: Readonly<Record<string, string>>;
}

/** How a programme checks the pictures of a folder. */
export interface PictureCheck {
  /** Measures every file below the folder by the policy's terms. Names are paths below it; links are not followed. */
  measure: (
    folder: string,
    policy: Policy,
    on: string,
    onDone: (done: number, all: number) => void,
  ) => Promise<MeasuredPictures>;
  /** The list of a run that has the verdicts: its cells `picture`, `fault`, `fix`, `fix_zh`. */
  list: string;
  /** What a fault is called in words, in either language. */
  faultSaid: (fault: string) => readonly [en: string, zh: string];
}
