import { expect, test } from 'vitest';
import { readCode } from '../../../../src/domain/dialogue/read-code.js';
import { readTalk } from '../../../../src/domain/dialogue/read-talk.js';
import { codeAnswer, CRITICISED, EXPLORED, SPECIFIED } from '../../../support/research-answers.js';

test('answers in the form that was asked for are read, with marks and prose around them too', () => {
  expect(readTalk('explore', EXPLORED, {}).status).toBe('ok');
  expect(readTalk('criticise', CRITICISED, { explore: EXPLORED }).status).toBe('ok');
  expect(readTalk('specify', SPECIFIED, {}).status).toBe('ok');
});

test.each([
  ['explore', '', 'it names 0 of at least 2 hypotheses (HYPOTHESIS: name)'],
  [
    'explore',
    EXPLORED.replace('Bandits', 'astrology'),
    'FIELD: astrology is none of combinatorial optimisation, bandits, design of experiments, evolutionary search, Bayesian optimisation',
  ],
  [
    'explore',
    EXPLORED.replace('Bandits', 'combinatorial optimization'),
    'all hypotheses are of one field: take them from several',
  ],
  ['criticise', 'CHOSEN: short memory', 'it finds no weakness (WEAKNESS: what will go wrong)'],
  ['criticise', 'WEAKNESS: none', 'it chooses none (CHOSEN: name)'],
  [
    'criticise',
    CRITICISED.replace('CHOSEN: short memory', 'CHOSEN: magic'),
    'CHOSEN: magic is none of short memory, one knob',
  ],
  ['specify', 'SPEC: whatever', 'it has no IDEA: …'],
] as const)('what is wrong with an answer to %s is said', (round, answer, problem) => {
  const reading = readTalk(round, answer, { explore: EXPLORED });
  expect(reading).toMatchObject({ status: 'malformed' });
  expect('problems' in reading && reading.problems).toContain(problem);
});

test('code is one block of JavaScript; settings are changed only where a block of YAML says so', () => {
  expect(readCode(codeAnswer('export const meta = {};'), SPECIFIED)).toEqual({
    status: 'ok',
    authored: {
      idea: 'what failed last is not tried again at once',
      mechanism: 'export const meta = {};\n',
      process: null,
    },
  });
  const settings = codeAnswer('export const meta = {};', '\n```yaml\nbatch: 2\n```\n');
  expect(readCode(settings, '')).toMatchObject({ authored: { process: 'batch: 2\n' } });
});

test('an answer without its own idea has the one of the specification', () => {
  const bare = '```javascript\nexport const meta = {};\n```';
  expect(readCode(bare, SPECIFIED)).toMatchObject({
    authored: { idea: 'what failed last is not tried again at once' },
  });
});

test.each([
  ['prose', 'I would use a tabu list.', 'it has 0 blocks of JavaScript (```js … ```) and needs one'],
  [
    'two modules',
    `${codeAnswer('export const a = 1;')}\n${codeAnswer('export const b = 1;')}`,
    'it has 2 blocks of JavaScript (```js … ```) and needs one',
  ],
  [
    'a library',
    codeAnswer(`export const a = '${'x'.repeat(70_000)}';`),
    'it is too long: a mechanism is a page, not a library',
  ],
])('%s is no code', (_, answer, problem) => {
  expect(readCode(answer, SPECIFIED)).toEqual({ status: 'malformed', problems: [problem] });
});
