import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { branchName, candidateRef } from '../../../../src/contract/names.js';
import { checkRefName } from '../../../../src/storage/git/ref-name.js';

test('the refs of ordinary loops are fine', () => {
  for (const ref of [candidateRef('sine/nov21', 17), `refs/heads/${branchName('nov21-2.b_c')}`]) {
    expect(checkRefName(ref)).toBe(ref);
  }
});

test.each([
  'refs/heads/main',
  'refs/tags/v1',
  'HEAD',
  'refs/autolift/',
  'refs/autolift/a//1',
  'refs/autolift/../heads/main',
  'refs/autolift/a..b/1',
  'refs/autolift/a.lock/1',
  'refs/autolift/a./1',
  'refs/autolift/.a/1',
  'refs/autolift/-a/1',
  'refs/autolift/a b/1',
  'refs/autolift/a~1',
  'refs/autolift/a\n/1',
  'refs/autolift/a@{1}',
  `refs/autolift/${'a'.repeat(300)}/1`,
])('the ref %j is refused', (ref) => {
  expect(() => checkRefName(ref)).toThrow('cannot be the name of a git reference');
});

test('whatever is let through, git accepts too', () => {
  const part = fc.stringMatching(/^[a-zA-Z0-9._@{}~^:?*[\\ -]{1,6}$/);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
      const ref = `refs/autolift/${parts.join('/')}`;
      try {
        checkRefName(ref);
      } catch {
        return;
      }
      execFileSync('git', ['check-ref-format', ref]);
    }),
    { numRuns: 60 },
  );
});
