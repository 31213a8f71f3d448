import { expect, test } from 'vitest';
import { codeIn, page, rows, shown } from './pages.js';

/** Every promise names what proves it. That the paths exist is links.test.ts's. */

const promises = rows(page('docs/promises.md').tokens).map(
  ([what = [], proof = []]) => [shown(what), codeIn(proof)] as const,
);

test('promises are found', () => expect(promises.length).toBeGreaterThan(40));

test.each(promises)('%s', (_promise, proof) => {
  expect(proof.filter((code) => /^test\/|^npm run /.test(code)).length).toBeGreaterThan(0);
});
