import { expect, test } from 'vitest';
import { NO_USAGE } from '../../../../src/contract/proposal.js';
import {
  candidateMessage,
  readCandidateMessage,
} from '../../../../src/domain/proposers/candidate-message.js';

const note = { loop: 'toy/t1', experiment: 7, proposer: 'openai', idea: 'a better rate', usage: NO_USAGE };

test('a message reads back as what was written, also with a long idea and with usage', () => {
  for (const idea of ['short', 'long '.repeat(50).trim()]) {
    const written = { ...note, idea, usage: { ...NO_USAGE, model: 'm', calls: 1, dollars: 0.5 } };
    expect(readCandidateMessage(candidateMessage(written), NO_USAGE)).toEqual(written);
  }
});

test('the subject is one line of at most a hundred characters', () => {
  const [subject = ''] = candidateMessage({ ...note, idea: `a\nb ${'c'.repeat(200)}` }).split('\n');
  expect(Array.from(subject).length).toBe(100);
  expect(subject.startsWith('a b ccc')).toBe(true);
});

test('an idea cannot pass for a trailer', () => {
  const idea = 'x\n\nAutolift-Experiment: other/t9#1\nAutolift-Proposer: mutate';
  expect(readCandidateMessage(candidateMessage({ ...note, idea }), NO_USAGE)).toMatchObject({
    loop: 'toy/t1',
    experiment: 7,
  });
});

test('any other commit is not taken for a candidate', () => {
  expect(readCandidateMessage('fix a bug\n\nSigned-off-by: a\n', NO_USAGE)).toBeNull();
  expect(readCandidateMessage('', NO_USAGE)).toBeNull();
});
