import { EXIT } from '../core/errors.js';
import { PROGRAM } from '../program/version.js';
import { SETTINGS } from '../settings/settings.js';
import { type ManualSection, manualPage } from '../shell/manual.js';
import type { CommandShape } from '../shell/shape.js';

/** What each exit code means, in few words (contract, "Commands"). */
const EXITS: readonly (readonly [code: number, text: string])[] = [
  [EXIT.done, 'done'],
  [EXIT.unexpected, 'an unexpected failure: a defect, or the machine'],
  [EXIT.usage, 'wrong use: flags, configuration or policy'],
  [EXIT.input, 'an input file is unusable, or a row was quarantined with --strict; nothing is loaded or written'],
  [EXIT.quarantined, 'settled, and rows were quarantined; of a night, something needs a person'],
  [EXIT.held, 'the warehouse is held by another run'],
  [EXIT.differs, 'figures differ, or something is missing or changed'],
];

/** `settle man`: the manual page, for man(1). */
export function man(program: CommandShape): { answer: object; text: () => string } {
  const sections: ManualSection[] = [
    {
      title: 'Environment',
      terms: SETTINGS.map(({ key, flag }) => [
        `SETTLE_${key.toUpperCase()}`,
        `in place of --${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      ]),
    },
    {
      title: 'Files',
      terms: [
        ['settle.yaml', 'settings, in the current directory; a flag wins over a variable, a variable over the file'],
      ],
    },
    { title: 'Exit status', terms: EXITS.map(([code, said]) => [String(code), said]) },
  ];
  const page = manualPage(program, PROGRAM.version, sections);
  return { answer: { page }, text: () => page };
}
