import { expect, test } from 'vitest';
import { tokensOf } from '../../../../src/domain/gates/tokens.js';

const words = (source: string): string[] =>
  tokensOf(source)
    .filter(({ kind }) => kind === 'word')
    .map(({ text }) => text);

test('comments, texts, regular expressions and templates hold no words', () => {
  expect(words('a // Date\n/* eval */ b \'import\' "eval" `Date`; /eval(/; c')).toEqual(['a', 'b', 'c']);
});

test('what a template computes does hold words, at any depth', () => {
  expect(words('`one ${a + `two ${b}` + { c: 1 }.c} eval` + d')).toEqual(['a', 'b', 'c', 'c', 'd']);
});

test('a slash after a value divides, after a sign or a keyword it begins a regular expression', () => {
  expect(words('a / b / c')).toEqual(['a', 'b', 'c']);
  expect(words('x = /b/.test(c); return /[/]d/')).toEqual(['x', 'test', 'c', 'return']);
  expect(words('(a) / b')).toEqual(['a', 'b']);
});

test('lines are counted through comments, texts and templates', () => {
  expect(tokensOf('/*\n\n*/ `\n` a').find(({ text }) => text === 'a')?.line).toBe(4);
});

test('what never ends is read to its end', () => {
  for (const open of ["'abc", '"abc', '`abc', '`a${b', '/* abc', '/abc', '\\', '`a\\']) {
    expect(tokensOf(`a ${open}`).length).toBeGreaterThan(0);
  }
});
