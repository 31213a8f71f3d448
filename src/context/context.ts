import type { Language } from '../words/said.js';

/** What a command may do to the world besides its files; an argument, so that tests pass their own. */
export interface Context {
  /** What people who read the answer speak; English where nobody says. */
  language?: Language | undefined;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Says what is under way: on standard error, or nowhere. */
  progress: Progress;
  /** Says a text for people on standard output before the command goes on; nothing where they asked for JSON or quiet. */
  say: (text: string) => void;
  /** Says what was done unasked, or is wrong although the command goes on: a line on standard error; nothing where they asked for quiet. */
  note: (line: string) => void;
  /** Whether anybody reads a summary, which takes statements of its own. */
  summary: boolean;
  /** Where a long statement's percent can be asked for, undefined while nothing runs; gives whether anybody will ask. */
  watch: (percent: () => number | undefined) => boolean;
  /** Called when a signal ends the command: stop what runs, take away what is half done. */
  onSignal: (undo: () => void) => void;
}

/** A step under way, `done` of `total` (0 of 0 where that isn't known). */
export type Progress = (phase: Phase, step: string, done: number, total: number) => void;

export type Phase =
  | 'open'
  | 'engine'
  | 'read'
  | 'load'
  | 'settle'
  | 'audit'
  | 'compare'
  | 'write'
  | 'statements'
  | 'publish'
  | 'verify'
  | 'prune'
  | 'compact';
