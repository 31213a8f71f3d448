import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from '../disk/package-folder.js';
import { buildOf, codeDigest } from './build-digest.js';
import { trustedSql } from './sql-files.js';

const packageFile = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
  version: string;
};

/** The digest of the sources that the program was put together from; not there where it runs from the sources. */
declare const CODE_DIGEST: string | undefined;

let build: string | undefined;

/** What a manifest says of the program that settled. */
export interface Program {
  name: string;
  version: string;
  /** The digest of all that decides about figures; absent in runs of builds that didn't say it. */
  build?: string;
}

/** What stands in every manifest; version and build are part of a run's id. */
export const PROGRAM: Readonly<Required<Program>> = {
  name: 'settlement',
  version: packageFile.version,
  get build() {
    build ??= buildOf(typeof CODE_DIGEST === 'string' ? CODE_DIGEST : codeDigest(PACKAGE), trustedSql());
    return build;
  },
};

/** Whether what a manifest names is this program, by what decides about figures. */
export function isThisProgram({ version, build: made }: Program): boolean {
  return version === PROGRAM.version && made === PROGRAM.build;
}
