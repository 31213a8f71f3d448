import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, REPOSITORY } from '../support/workspace.js';
import { codeIn, page, section } from './pages.js';

/** Each recipe names the files that change together: all that mention its model, and no other. That they exist is links.ts's. */

const PAGE = page('CONTRIBUTING.md');
const CODE = /^(src|sql)\/[\w./-]+\.(ts|sql)$/;

const sources = ['src', 'sql'].flatMap((folder) =>
  filesIn(join(REPOSITORY, folder))
    .map((file) => `${folder}/${file}`)
    .filter((file) => CODE.test(file) && !file.includes('/migrations/'))
    .map((file) => ({ file, text: readFileSync(join(REPOSITORY, file), 'utf8') })),
);

/** What a recipe is like, and the files that it names besides, of which an author takes one or the other. */
const MODELS: [recipe: string, models: string[], besides: string[]][] = [
  ['A session flag with a reason', ['opted_out'], []],
  ['A bonus', ['attendance_bonus', 'newcomer_bonus'], ['sql/content-incentive/anchor/attendance_bonus.sql']],
  [
    'A notice',
    ['copy_supersedes'],
    ['src/programmes/content-incentive/notices.ts', 'sql/notices/file_notice.sql', 'src/verify/lists/file-notices.ts'],
  ],
];

test.each(MODELS)('%s: names all files of code that mention its model', (recipe, models, besides) => {
  const mentioning = sources.filter(({ text }) => models.every((model) => text.includes(model)));
  expect(mentioning.length).toBeGreaterThan(2);
  const named = codeIn(section(PAGE, recipe)).filter((code) => CODE.test(code));
  const known = [...mentioning.map(({ file }) => file), ...besides];
  expect([...new Set(named)].sort()).toEqual([...new Set(known)].sort());
});

test('every recipe names the pages that it changes', () => {
  const recipes = section(PAGE, 'Recipes').flatMap((token) => (token.type === 'heading' ? [token.text as string] : []));
  expect(recipes.length).toBeGreaterThan(7);
  const without = ['A change of the warehouse'];
  for (const recipe of recipes.filter((each) => !without.includes(each)))
    expect([recipe, codeIn(section(PAGE, recipe)).join()]).toEqual([recipe, expect.stringContaining('docs/')]);
});
