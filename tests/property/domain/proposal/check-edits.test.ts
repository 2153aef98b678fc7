import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Edit } from '../../../../src/contract/proposal.js';
import { checkEdits } from '../../../../src/domain/proposal/check-edits.js';

/** Segments that are ordinary, hostile, or nearly one of both. */
const segment = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-cA-C]{1,2}$/) },
  fc.constantFrom(
    '.git',
    '.GIT',
    '.git.',
    'git~1',
    '..',
    '.',
    '',
    'con',
    '.gitattributes',
    'é',
    'e\u0301',
    'É',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), path, content: fc.string({ maxLength: 20 }) }),
  fc.record({ kind: fc.constant('delete' as const), path }),
);
const files = fc.uniqueArray(
  fc.record({
    path: fc.stringMatching(/^[a-c]{1,2}(\/[a-c]{1,2}){0,2}$/),
    mode: fc.constantFrom('100644', '120000', '160000'),
  }),
  { selector: (file) => file.path, maxLength: 6 },
);

const parents = (name: string): string[] =>
  name.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));

test('what is let through stays inside the task, under one name, and replaces only regular files', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 5 }), files, (edits, base) => {
      const checked = checkEdits(edits, {
        files: base,
        isEditable: () => true,
        maxFileSize: 1000,
        isUnchanged: () => false,
      });
      if (checked.status !== 'ok') return;
      const special = new Set(base.filter(({ mode }) => mode !== '100644').map((file) => file.path));
      for (const { path: name } of checked.edits) {
        const parts = name.split('/');
        expect(parts.some((part) => ['', '.', '..'].includes(part))).toBe(false);
        expect(parts.some((part) => /^\.git[. ]*$/i.test(part) || /^git~\d/i.test(part))).toBe(false);
        expect(/[\\\0-\x1f\x7f]/.test(name)).toBe(false);
        expect(parents(name).some((parent) => special.has(parent))).toBe(false);
      }
      const after = new Set(base.map((file) => file.path));
      for (const { kind, path: name } of checked.edits) if (kind === 'write') after.add(name);
      const added = [...after].filter((name) => !base.some((file) => file.path === name));
      for (const name of added) {
        const twins = [...after].filter(
          (other) => other.normalize('NFD').toLowerCase() === name.normalize('NFD').toLowerCase(),
        );
        expect(twins).toEqual([name]);
        expect([...after].some((other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`))).toBe(
          false,
        );
      }
    }),
    { numRuns: 3000 },
  );
});

test('a refused proposal names one of its paths', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
      const checked = checkEdits(edits, {
        files: [],
        isEditable: () => false,
        maxFileSize: 10,
        isUnchanged: () => false,
      });
      expect(checked.status).toBe('refused');
      if (checked.status !== 'refused') return;
      expect(edits.some(({ path: name }) => checked.reason.startsWith(JSON.stringify(name)))).toBe(true);
    }),
  );
});
