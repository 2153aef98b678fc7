import { expect, test } from 'vitest';
import { metric, openExample } from './example.js';

const evaluate = async (source: string) => {
  const example = await openExample('sorting');
  await example.write('sort.py', source);
  return example.evaluate();
};

test('sorting: the baseline passes its check and is timed', async () => {
  const example = await openExample('sorting');
  expect((await example.run('check.py')).code).toBe(0);
  const { stdout } = await example.evaluate();
  expect(metric(stdout, 'ns_per_element')).toBeGreaterThan(0);
  expect(metric(stdout, 'ns_per_element')).toBeGreaterThanOrEqual(metric(stdout, 'fastest_round'));
});

test.each([
  ['returns its input', 'def sort(v): return v', 'did not sort'],
  ['makes up elements', 'def sort(v): return [0] * len(v)', 'did not sort'],
  ['loses an element', 'def sort(v): return v[1:]', 'returned'],
  ['crashes', 'def sort(v): return v[len(v)]', 'gave no answer'],
  ['is not there', 'x = 1', 'gave no answer'],
])('sorting: a sort that %s has no score', async (_, source, reason) => {
  const { code, stdout, stderr } = await evaluate(source);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(reason);
});

test.each([
  ['an import', 'import time\ndef sort(v): return v'],
  ['the builtin', 'def sort(v): return sorted(v)'],
  ['the method', 'def sort(v):\n  v.sort()\n  return v'],
  ['the method in disguise', 'f = list.sort\ndef sort(v):\n  f(v)\n  return v'],
  ['a way to the interpreter', 'x = (lambda: 0).__globals__'],
  ['a frame', 'def sort(v):\n  g = (x for x in v)\n  return g.gi_frame'],
  ['a file', 'open("/etc/passwd")'],
  ['a pattern that reads attributes', 'match 1:\n  case int(real=r): pass'],
  ['a broken text', 'def sort(:'],
])('sorting: %s is refused before anything runs', async (_, source) => {
  const { code, stdout, stderr } = await evaluate(source);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('sort.py is refused');
});
