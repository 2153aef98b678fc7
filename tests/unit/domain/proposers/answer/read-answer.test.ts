import { expect, test } from 'vitest';
import { readAnswer } from '../../../../../src/domain/proposers/answer/read-answer.js';

const train = `import os

def step(x):
    lr = 0.1
    if x:
        return lr * x
    return 0

def other(x):
    return 0
`;
const files = new Map([
  ['train.py', train],
  ['lib/a.py', 'a = 1\n'],
]);

const read = (text: string) => readAnswer(text, files);
const edits = (text: string) => {
  const result = read(text);
  if (result.status === 'malformed') throw new Error(result.problems.join('\n'));
  return result.proposal.edits;
};
const problems = (text: string): string => {
  const result = read(text);
  return result.status === 'malformed' ? result.problems.join('\n') : '';
};
const pair = (path: string, search: string, replace: string): string =>
  `FILE: ${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
const write = (content: string) => [{ kind: 'write', path: 'train.py', content }];

test('a well-formed answer with several files, a new one and a deletion', () => {
  const result = read(
    `IDEA: halve the rate\n\n${pair('train.py', '    lr = 0.1', '    lr = 0.05')}\nFILE: new.py (new)\n\`\`\`python\nx = 1\n\`\`\`\nDELETE: lib/a.py\n`,
  );
  expect(result).toEqual({
    status: 'ok',
    proposal: {
      idea: 'halve the rate',
      edits: [
        { kind: 'write', path: 'train.py', content: train.replace('0.1', '0.05') },
        { kind: 'write', path: 'new.py', content: 'x = 1\n' },
        { kind: 'delete', path: 'lib/a.py' },
      ],
    },
  });
});

test.each([
  ['CRLF', pair('train.py', '    lr = 0.1', '    lr = 0.05').replaceAll('\n', '\r\n')],
  [
    'a fence around the block',
    `FILE: train.py\n\`\`\`python\n${pair('x', '    lr = 0.1', '    lr = 0.05').replace('FILE: x\n', '')}\`\`\`\nThat is all.`,
  ],
  [
    'a fence around the whole answer',
    `\`\`\`\nIDEA: x\n${pair('train.py', '    lr = 0.1', '    lr = 0.05')}\`\`\`\n`,
  ],
  ['a path with ./', pair('./train.py', '    lr = 0.1', '    lr = 0.05')],
  ['a path with a/ and back-ticks', pair('`a/train.py`', '    lr = 0.1', '    lr = 0.05')],
  [
    'a bold heading',
    pair('train.py', '    lr = 0.1', '    lr = 0.05').replace('FILE: train.py', '**FILE: train.py**'),
  ],
  ['trailing spaces', pair('train.py', '    lr = 0.1   ', '    lr = 0.05')],
  ['a wrong indentation', pair('train.py', 'lr = 0.1', 'lr = 0.05')],
  ['blank lines around the search text', pair('train.py', '\n    lr = 0.1\n', '\n    lr = 0.05\n')],
  [
    'thinking aloud',
    `<think>FILE: other.py\nDELETE: lib/a.py</think>${pair('train.py', '    lr = 0.1', '    lr = 0.05')}`,
  ],
])('%s is forgiven', (_, text) => {
  expect(edits(text)).toEqual(write(train.replace('0.1', '0.05')));
});

test('a search text with small errors finds the one place that is similar enough', () => {
  const text = pair(
    'train.py',
    'def step(x):\n    lr = 0.10\n    if x:\n        return lr * x',
    'def step(x):\n    return x',
  );
  expect(edits(text)).toEqual(write(train.replace(/def step[\s\S]*?lr \* x/, 'def step(x):\n    return x')));
});

test('later blocks see what earlier ones changed', () => {
  const text =
    pair('train.py', '    lr = 0.1', '    lr = 0.2') + pair('train.py', '    lr = 0.2', '    lr = 0.3');
  expect(edits(text)).toEqual(write(train.replace('0.1', '0.3')));
});

test('an ambiguous search text is sent back with its places', () => {
  expect(problems(pair('train.py', '    return 0', '    return 1'))).toMatch(/fits 2 places \(lines 7, 10\)/);
});

test('a search text that is nowhere is sent back with the nearest text', () => {
  expect(problems(pair('train.py', '    learning_rate = 0.1', ''))).toContain('not in train.py');
  const near = problems(pair('train.py', 'def step(y, z):\n    rate = 0.1\n    if not x:', 'x'));
  expect(near).toContain('nearest text is at line 3');
  expect(near).toContain('lr = 0.1');
});

test.each([
  ['no block at all', 'I would lower the learning rate.', 'no FILE: or DELETE: block'],
  ['an unknown file', pair('nope.py', 'x', 'y'), 'no file nope.py'],
  ['no divider', 'FILE: train.py\n<<<<<<< SEARCH\nx\n>>>>>>> REPLACE\n', 'no ======= line'],
  ['an answer that was cut off', 'FILE: train.py\n<<<<<<< SEARCH\nx\n=======\ny\n', 'cut off'],
  ['content that was cut off', 'FILE: b.py (new)\n```\nx = 1\n', 'cut off'],
  ['no path', '<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n', 'no FILE: line'],
  [
    'a file with an elision',
    'FILE: train.py\n```\nx = 1\n# ... rest of the file unchanged\n```\n',
    'leaves something out',
  ],
  ['deleting what is not there', 'DELETE: nope.py\n', 'no file nope.py'],
])('%s is a problem in words', (_, text, words) => {
  expect(problems(text)).toContain(words);
});

test.each(['lib/a.py', '`lib/a.py`', '### lib/a.py', '**lib/a.py**', 'lib/a.py\n```python'])(
  'the name of a file alone above a SEARCH block is its path: %j',
  (name) => {
    const block = `${name}\n<<<<<<< SEARCH\na = 1\n=======\na = 2\n>>>>>>> REPLACE\n`;
    expect(edits(block)).toEqual([{ kind: 'write', path: 'lib/a.py', content: 'a = 2\n' }]);
  },
);

test('where one file alone may be changed its name may be missing', () => {
  const block = '<<<<<<< SEARCH\na = 1\n=======\na = 2\n>>>>>>> REPLACE\n';
  expect(readAnswer(block, new Map([['a.py', 'a = 1\n']]))).toMatchObject({
    status: 'ok',
    proposal: { edits: [{ path: 'a.py' }] },
  });
});

test('a missing IDEA is taken from the prose, or from the files', () => {
  const idea = (text: string) => {
    const result = read(text);
    return result.status === 'ok' ? result.proposal.idea : '';
  };
  expect(idea(`Lowering the rate should help.\n${pair('train.py', '    lr = 0.1', '    lr = 0.05')}`)).toBe(
    'Lowering the rate should help.',
  );
  expect(idea(pair('train.py', '    lr = 0.1', '    lr = 0.05'))).toBe('change train.py');
});

test('prose with fences of its own is read up to its last fence', () => {
  expect(edits('FILE: notes.md (new)\n```\n# A\n```sh\nls\n```\nend\n```\n')).toEqual([
    { kind: 'write', path: 'notes.md', content: '# A\n```sh\nls\n```\nend\n' },
  ]);
});

test('a file with CRLF keeps it', () => {
  const crlf = new Map([['w.py', 'a = 1\r\nb = 2\r\n']]);
  const result = readAnswer(pair('w.py', 'a = 1', 'a = 3'), crlf);
  expect(result).toMatchObject({ proposal: { edits: [{ content: 'a = 3\r\nb = 2\r\n' }] } });
});
