import { expect, test } from 'vitest';
import { nameChanges } from '../../../../src/domain/loop/name-changes.js';
import { changedEnvironment, pinEnvironment } from '../../../../src/domain/loop/pin-environment.js';

test('the first measurement on a host fixes its environment, and another one later is a change', () => {
  const { environments, before } = pinEnvironment({}, { host: 'one', environment: 'a' });
  expect([environments, before]).toEqual([{ one: 'a' }, null]);
  expect(pinEnvironment(environments, { host: 'one', environment: 'b' })).toEqual({
    environments: { one: 'a' },
    before: 'a',
  });
  expect(pinEnvironment(environments, { host: 'one', environment: 'a' }).environments).toBe(environments);
});

test("another host has an environment of its own, and a worker that doesn't tell changes nothing", () => {
  const known = { one: 'a' };
  expect(pinEnvironment(known, { host: 'two', environment: 'b' })).toEqual({
    environments: { one: 'a', two: 'b' },
    before: null,
  });
  expect(pinEnvironment(known, { host: 'one' })).toEqual({ environments: known, before: null });
  expect(pinEnvironment(known, { host: 'one', environment: '' })).toEqual({
    environments: known,
    before: null,
  });
  expect(pinEnvironment(known, { host: 'toString', environment: 'c' }).before).toBeNull();
});

test('of ever new hosts the last are remembered', () => {
  let known: Record<string, string> = {};
  for (let host = 0; host < 100; host++)
    known = pinEnvironment(known, { host: `host-${String(host)}`, environment: 'a' }).environments;
  expect(Object.keys(known)).toHaveLength(64);
  expect(known).toHaveProperty('host-99');
});

const PACKAGES = '/venv/lib/python3.11/site-packages';
const listing = (files: Record<string, string>): string =>
  Object.entries(files)
    .map(([path, digest]) => `${path}\t${digest}\n`)
    .join('');

test('a change is named by its file, and many in one package by the package', () => {
  const before = listing({
    '/usr/bin/python3': '1',
    [`${PACKAGES}/scorer/__init__.py`]: '1',
    [`${PACKAGES}/numpy-1.0.dist-info/METADATA`]: '1',
    [`${PACKAGES}/numpy/a.py`]: '1',
    [`${PACKAGES}/numpy/b.py`]: '1',
    [`${PACKAGES}/same.py`]: '1',
  });
  const after = listing({
    '/usr/bin/python3': '2',
    [`${PACKAGES}/scorer/__init__.py`]: '2',
    [`${PACKAGES}/numpy-2.0.dist-info/METADATA`]: '1',
    [`${PACKAGES}/numpy/a.py`]: '2',
    [`${PACKAGES}/numpy/c.py`]: '1',
    [`${PACKAGES}/same.py`]: '1',
  });
  expect(nameChanges(before, before)).toEqual([]);
  expect(nameChanges(before, after)).toEqual([
    '/usr/bin/python3',
    'numpy: 3 files',
    'scorer/__init__.py',
    'numpy-1.0.dist-info/METADATA',
    '1 more',
  ]);
  expect(changedEnvironment('gpu1', ['scorer/__init__.py'])).toBe(
    'the environment of the evaluator on gpu1 (scorer/__init__.py)',
  );
  expect(changedEnvironment('gpu1', [])).toBe('the environment of the evaluator on gpu1');
});
