import { readFileSync } from 'node:fs';

const packageFile = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What stands in every manifest; the version is part of a run's id. */
export const PROGRAM = { name: 'settlement', version: packageFile.version } as const;
