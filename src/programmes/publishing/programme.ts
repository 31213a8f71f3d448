import type { Programme } from '../interface/programme.js';
import { listing } from '../listing/listing.js';
import type { Listing } from '../listing/lists.js';
import { PUBLISHING_EXPORTS } from './exports.js';
import { PUBLISHING_NOTICES } from './notices.js';
import { PUBLISHING_NAME, PUBLISHING_POLICY } from './policy.js';
import { PICTURE_LIST, PUBLICATION_LIST, PUBLISHING_CODES } from './words.js';

const query = (name: string): string => `${PUBLISHING_NAME}/emit/${name}.sql`;

/** What is published, and its pictures (rulebook, V1 to V7). */
export const PUBLISHING_LISTING: Listing = {
  name: PUBLISHING_NAME,
  title: ['publications and pictures', '作品与图片'],
  kinds: PUBLISHING_EXPORTS,
  policy: PUBLISHING_POLICY,
  lists: [PUBLICATION_LIST, PICTURE_LIST],
  further: [
    { file: 'inputs/picture_measures.csv', query: query('inputs_measures') },
    { file: 'inputs/pictures.csv', query: query('inputs_pictures') },
    { file: 'inputs/publications.csv', query: query('inputs_publications') },
  ],
  codes: PUBLISHING_CODES,
  counts: [
    { total: 'publications', words: ['Publications', '作品'] },
    { total: 'faulty_publications', words: ['  not in order', '  不合规'] },
    { total: 'pictures', words: ['Pictures', '图片'] },
    { total: 'faulty_pictures', words: ['  not in order', '  不合规'] },
  ],
  notices: { codes: PUBLISHING_NOTICES, tables: () => ({}) },
  verifier: async () => (await import('./verify/verify.js')).verifyRun,
};

export const PUBLISHING: Programme = {
  ...listing(PUBLISHING_LISTING),
  pictures: async () => (await import('./pictures/pictures.js')).PICTURE_CHECK,
};
