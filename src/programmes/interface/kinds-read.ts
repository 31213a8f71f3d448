import type { Kind } from '../../exports/column-types.js';
import type { Programme } from './programme.js';
import type { Output } from './settling.js';

/** The exports that figures can follow from: of those that a policy has to ask for, the ones that it does. */
export function kindsRead(
  { kinds, outputs }: Pick<Programme, 'kinds' | 'outputs'>,
  isAsked: (asked: NonNullable<Output['asked']>, file: string) => boolean,
): Kind[] {
  const not = outputs.flatMap(({ file, asked }) => (asked === undefined || isAsked(asked, file) ? [] : [asked.reads]));
  return kinds.filter((kind) => !not.includes(kind));
}
