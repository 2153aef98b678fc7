import { expect, test } from 'vitest';
import { asksFleet, studyOnFleet } from '../../../../src/domain/research/study-on-fleet.js';
import { loopInput, taskWith } from '../../../support/loop-input.js';

const served = new Map([['cpu', [3]]]);

const outer = (parallel?: number) => {
  const { source } = loopInput('toy/one', taskWith());
  const written = { tasks: [{ folder: 'a', experiments: 1, target: 1 }], repeats: 1, rescore: 3 };
  return {
    task: { ...taskWith(), research: { ...written, ...(parallel === undefined ? {} : { parallel }) } },
    research: {
      tasks: [{ task: taskWith(), source, target: 1, base: null }],
      repeats: 1,
      rescore: 3,
      parallel: parallel ?? 1,
    },
  };
};

test('a study has the number of children that its task writes, whatever is served', () => {
  expect(asksFleet(outer(1))).toBe(false);
  expect(studyOnFleet(outer(1), served).research?.parallel).toBe(1);
  expect(studyOnFleet(outer(7), served).research?.parallel).toBe(7);
});

test('a study whose task writes none has as many as keep busy what is served', () => {
  expect(asksFleet(outer())).toBe(true);
  expect(studyOnFleet(outer(), served).research).toEqual({ ...outer().research, parallel: 4 });
});

test('a loop without a study has none', () => {
  const plain = { task: taskWith() };
  expect(asksFleet(plain)).toBe(false);
  expect(studyOnFleet(plain, served)).toEqual({});
});
