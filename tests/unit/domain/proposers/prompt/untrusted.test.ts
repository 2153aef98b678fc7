import { expect, test } from 'vitest';
import { oneLine, plainText, tailOf } from '../../../../../src/domain/proposers/prompt/untrusted.js';

test.each([
  ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
  ['a window title', 'a\u001b]0;title\u0007b', 'ab'],
  ['a hyperlink', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['an 8-bit sequence', 'a\u009b31mb', 'ab'],
  ['a progress bar', '10%\r50%\r100%\ndone\r\n', '100%\ndone\n'],
  ['bells and zeros', 'a\u0007\u0000b\tc', 'ab\tc'],
  ['text that runs backwards', 'a\u202egnp.exe', 'agnp.exe'],
  ['invisible tags', `a${String.fromCodePoint(0xe0041)}b\u200b`, 'ab'],
])('%s is shown, not obeyed', (_, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test('a tail counts bytes and cuts between characters', () => {
  expect(tailOf('abc', 3)).toBe('abc');
  expect(tailOf('äöü€', 5)).toBe('[… 2 characters cut]\nü€');
});

test('one line is one line of at most so many characters', () => {
  expect(oneLine(' a\n\tb  c\u001b[0m ', 99)).toBe('a b c');
  expect(oneLine('abcdef', 4)).toBe('abc…');
});
