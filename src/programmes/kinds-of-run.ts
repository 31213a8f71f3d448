import { kindsRead } from './interface/kinds-read.js';
import { KINDS, PROGRAMMES } from './registry.js';

/** Of a manifest, what tells which exports its run looked at. */
interface Written {
  outputs: readonly { file: string }[];
}

/** The statements are one entry of a manifest, and no file of a programme's. */
const STATEMENTS = 'anchors/';

/**
 * The names of the kinds of exports that a run looked at, whether there were any: by the files that it wrote, which tell its
 * programme and what its policy asked for. Of a programme that isn't known, all.
 */
export function kindsOfRun({ outputs }: Written): ReadonlySet<string> {
  const files = outputs.map(({ file }) => file).filter((file) => file !== STATEMENTS);
  const programme = PROGRAMMES.find((each) =>
    files.every((file) => each.outputs.some((output) => output.file === file)),
  );
  const kinds = programme === undefined ? KINDS : kindsRead(programme, (_, file) => files.includes(file));
  return new Set(kinds.map(({ name }) => name));
}
