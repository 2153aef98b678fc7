import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer } from '../../../../src/domain/proposers/answer/read-answer.js';

const line = fc.stringMatching(/^( {0,8})[a-z_]{1,6} = [a-z0-9+*() ]{1,20}[a-z0-9]$/);
const lines = fc.array(line, { minLength: 1, maxLength: 25 });

const noises: ((text: string) => string)[] = [
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll(/ = /g, ' = ').replaceAll(/([^\s<>=])\n/g, '$1  \n'),
  (text) => `Sure, here you go!\n\n${text}\nI hope that it helps.`,
  (text) => text.replace('FILE: a.py', 'FILE: ./a.py'),
  (text) => text.replace('FILE: a.py', '**FILE: `a.py`**'),
  (text) => `\`\`\`text\n${text}\`\`\`\n`,
  (text) => text,
];

test('an edit survives the round trip through an answer with any noise around it', () => {
  fc.assert(
    fc.property(lines, lines, fc.nat(), fc.constantFrom(...noises), (old, replacement, at, noise) => {
      const start = at % old.length;
      const end = Math.min(old.length, start + 3);
      const search = old.slice(start, end);
      const text = `${old.join('\n')}\n`;
      const unique =
        old.filter((_, from) => search.every((one, i) => one.trim() === old[from + i]?.trim())).length === 1;
      fc.pre(unique);
      const answer = `IDEA: x\nFILE: a.py\n<<<<<<< SEARCH\n${search.join('\n')}\n=======\n${replacement.join('\n')}\n>>>>>>> REPLACE\n`;
      const result = readAnswer(noise(answer), new Map([['a.py', text]]));
      const wanted = `${[...old.slice(0, start), ...replacement, ...old.slice(end)].join('\n')}\n`;
      if (result.status === 'malformed') throw new Error(result.problems.join());
      const [edit] = result.proposal.edits;
      const content = edit?.kind === 'write' ? edit.content : text;
      expect(content.split('\n').map((one) => one.trimEnd())).toEqual(
        wanted.split('\n').map((one) => one.trimEnd()),
      );
    }),
    { numRuns: 300 },
  );
});

test('a uniform shift of the indentation is undone in the replacement too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), (shift) => {
      const text = 'def f():\n        a = 1\n        if a:\n            b = 2\n';
      const pad = (code: string) => code.replaceAll(/^ {8}/gm, ' '.repeat(8 - shift));
      const answer = `FILE: a.py\n<<<<<<< SEARCH\n${pad('        a = 1\n        if a:')}\n=======\n${pad('        a = 3\n        if a > 2:')}\n>>>>>>> REPLACE\n`;
      const result = readAnswer(answer, new Map([['a.py', text]]));
      expect(result).toMatchObject({
        proposal: { edits: [{ content: 'def f():\n        a = 3\n        if a > 2:\n            b = 2\n' }] },
      });
    }),
  );
});

test('no text makes the reader throw, and nothing outside the named files is edited', () => {
  const token = fc.constantFrom(
    'FILE: a.py',
    'DELETE: a.py',
    '```',
    '```py',
    '<<<<<<< SEARCH',
    '=======',
    '>>>>>>> REPLACE',
    'IDEA: x',
    'a = 1',
    '',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(token, fc.string())), (parts) => {
      const result = readAnswer(parts.join('\n'), new Map([['a.py', 'a = 1\nb = 2\n']]));
      if (result.status === 'malformed') expect(result.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
