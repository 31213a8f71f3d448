import { beforeEach, expect, test } from 'vitest';
import type { FoundClose } from '../../src/close/close-file.js';
import { closedPolicies, type PolicyFile } from '../../src/place/closed-policies.js';
import { closeOf } from './closed.js';

/** Whether the policies that periods were closed by are where they were, byte by byte. */

let OCTOBER: FoundClose;
beforeEach(() => {
  OCTOBER = closeOf('2023-10', { id: 'oct', sha256: 'o1' });
});

const file = (id: string | undefined, sha256: string | undefined): PolicyFile => ({ file: `${id}.yaml`, sha256, id });
const told = (files: PolicyFile[], closes = [OCTOBER]) =>
  closedPolicies(closes, files).map(({ code, subject }) => `${code} ${subject}`);

test.each<[what: string, files: PolicyFile[], told: string[]]>([
  ['there, among others', [file('nov', 'n1'), file('oct', 'o1')], []],
  ['there under another name', [{ file: 'old.yaml', sha256: 'o1', id: 'oct' }], []],
  ['changed', [file('nov', 'n1'), file('oct', 'o2')], ['policy_changed oct']],
  ['there, and a changed copy beside it', [file('oct', 'o2'), file('oct', 'o1')], []],
  ['gone', [file('nov', 'n1')], ['policy_missing oct']],
  ['gone with all others', [], ['policy_missing oct']],
  ['under another id', [file('oct-2', 'o2')], ['policy_missing oct']],
  ['in a file that can’t be read', [file(undefined, undefined)], ['policy_missing oct']],
])('%s', (_, files, expected) => expect(told(files)).toEqual(expected));

test('of several revisions the last one’s policy counts, and every period for itself', () => {
  const later = closeOf('2023-10', { id: 'oct-2', sha256: 'o2' });
  const again = { ...later, close: { ...later.close, programme: 'oct' } };
  const november = closeOf('2023-11', { id: 'nov', sha256: 'n1' });
  expect(told([file('oct-2', 'o2'), file('nov', 'n1')], [OCTOBER, november, again])).toEqual([]);
  expect(told([file('oct', 'o1')], [OCTOBER, november, again])).toEqual(['policy_missing oct-2', 'policy_missing nov']);
  expect(told([], [])).toEqual([]);
});

test('of two programmes that closed the same days each is asked about', () => {
  const other = closeOf('2023-10', { id: 'mall', sha256: 'm1' });
  expect(told([], [OCTOBER, other])).toEqual(['policy_missing mall', 'policy_missing oct']);
});

test('what they say', () => {
  const [missing] = closedPolicies([OCTOBER], []);
  expect(missing).toMatchObject({ severity: 'attention', file: '', count: null, value: '' });
  expect(missing?.message).toMatch(
    /^the policy oct, by which 2023-10-01 to 2023-10-28 was closed, is not in the folder.* Put its file back\.$/,
  );
  const [changed] = closedPolicies([OCTOBER], [file('oct', 'o2')]);
  expect(changed?.message).toMatch(
    /^oct\.yaml isn't the policy oct by which 2023-10-01 to 2023-10-28 was closed: what comes late .* settled by the changed file/,
  );
});
