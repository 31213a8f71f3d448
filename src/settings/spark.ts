import { isAbsolute, resolve } from 'node:path';
import { isAddress } from '../engine/spark/connect/address.js';
import { type SparkSettings, USUAL_PATIENCE, USUAL_PREFIX } from '../engine/spark/settings.js';
import type { Wording } from '../words/said.js';
import { say } from '../words/say.js';
import type { Finding } from '../yaml/faults.js';
import { isMapping, unknownKey } from './findings.js';

const EXAMPLE = '{ connect: "sc://host:15002", lake: /shared/lake }';

/** What `spark` of settle.yaml may say; `right` ends a sentence. What it says is repeated nowhere, for it may hold a token. */
const KEYS: Readonly<Record<string, { right: Wording; sound: (value: unknown) => boolean; needed?: true }>> = {
  connect: {
    right: say('expected the address of the Spark server: "sc://host:15002"'),
    sound: (value) => typeof value === 'string' && isAddress(value),
    needed: true,
  },
  lake: {
    right: say('expected the path of a folder that Spark and this machine share'),
    sound: (value) => typeof value === 'string' && value.trim() !== '' && !/\p{Cc}/u.test(value),
    needed: true,
  },
  database_prefix: {
    right: say('expected a word of small letters, digits and underscores that begins with a letter: settle_'),
    sound: (value) => typeof value === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(value),
  },
  patience: {
    right: say('expected a whole number of seconds, 10 to 86400'),
    sound: (value) => Number.isInteger(value) && (value as number) >= 10 && (value as number) <= 86_400,
  },
};

export function sparkFindings(value: unknown): Finding[] {
  if (!isMapping(value))
    return [{ path: ['spark'], expected: say('expected where Spark is: {example}', { example: EXAMPLE }) }];
  const said = Object.keys(value).flatMap((key): Finding[] => {
    const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (known === undefined) return [unknownKey(['spark', key], Object.keys(KEYS))];
    return known.sound(value[key]) ? [] : [{ path: ['spark', key], found: '…', expected: known.right }];
  });
  const lacking = Object.entries(KEYS).filter(([key, { needed }]) => needed && !Object.hasOwn(value, key));
  return [
    ...said,
    ...lacking.map(([key]) => ({
      path: ['spark'],
      expected: say('{key} is missing: {example}', { key, example: EXAMPLE }),
    })),
  ];
}

/** The values of a file in which nothing is wrong; the lake begins at the file's own folder, as all paths do. */
export function sparkIn({ spark }: Record<string, unknown>, folder: string): SparkSettings | undefined {
  if (spark === undefined) return undefined;
  const { connect, lake, database_prefix, patience } = spark as Record<string, unknown>;
  return {
    connect: connect as string,
    lake: isAbsolute(lake as string) ? (lake as string) : resolve(folder, lake as string),
    databasePrefix: (database_prefix as string | undefined) ?? USUAL_PREFIX,
    patience: (patience as number | undefined) ?? USUAL_PATIENCE,
  };
}
