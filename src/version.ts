import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from './package-folder.js';

const packageFile = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
  version: string;
};

/** What stands in every manifest; the version is part of a run's id. */
export const PROGRAM = { name: 'settlement', version: packageFile.version } as const;
