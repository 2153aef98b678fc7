import { expect, test } from 'vitest';
import type { LoopResult } from '../../../../src/contract/loop.js';
import type { MechanismStanding } from '../../../../src/contract/steering.js';
import { FAULTY_SHARE, LIVE_SHARE, UNTRIED_SHARE } from '../../../../src/domain/research/metric-names.js';
import { byChildLoops } from '../../../../src/domain/research/by-child-loops.js';
import { readStudy, type Study } from '../../../../src/domain/research/read-study.js';
import { loopInput, taskWith } from '../../../support/loop-input.js';

const { source } = loopInput('below/x', taskWith());
const study: Study = {
  parent: { loop: 'above', experiment: 1, role: 'candidate', index: 0 },
  research: {
    tasks: [{ task: taskWith(), source, target: 0, base: null }],
    repeats: 2,
    rescore: 1,
    parallel: 1,
  },
  commit: 'c',
  seed: 1,
  evaluatorHash: null,
  deviceClass: 'cpu',
  startedAt: '2026-01-01T00:00:00.000Z',
  seconds: 1,
};

const end = (repeat: number, mechanism?: MechanismStanding) => {
  const name = `toy.${String(repeat)}`;
  const result: LoopResult = {
    loop: name,
    stopped: 'budget spent: 9 experiments',
    incumbent: { experiment: 2, commit: 'c', branchCommit: 'c', value: 1, n: 1 },
    baseline: { value: 10, n: 1 },
    spent: { experiments: 9, deviceSeconds: 3, dollars: 0, tokens: 0 },
    outcomes: {},
    ...(mechanism === undefined ? {} : { mechanism }),
  };
  return { unit: { task: 0, name, loop: name, seed: repeat }, result };
};

test('a study says in how many of its loops the mechanism was live', () => {
  const record = readStudy(study, [end(0, 'live'), end(1, 'inert')]);
  expect(record.metrics[LIVE_SHARE]).toBe(0.5);
  expect(record.tail).toMatch(/^toy\.0: .*[^t]\ntoy\.1: .*, its mechanism inert$/);
});

test('a study says in how many of its loops the mechanism broke, where one did', () => {
  expect(readStudy(study, [end(0, 'faulty'), end(1, 'live')]).metrics[FAULTY_SHARE]).toBe(0.5);
  expect(readStudy(study, [end(0, 'live'), end(1, 'inert')]).metrics).not.toHaveProperty(FAULTY_SHARE);
});

test('a study says in how many of its loops the mechanism had no chance, and does not call it live there', () => {
  const { metrics } = readStudy(study, [end(0, 'inert'), end(1, 'untried')]);
  expect(metrics).toMatchObject({ [LIVE_SHARE]: 0, [UNTRIED_SHARE]: 0.5 });
  expect(readStudy(study, [end(0, 'live')]).metrics).not.toHaveProperty(UNTRIED_SHARE);
});

test('a study without mechanisms says nothing of them', () => {
  expect(readStudy(study, [end(0), end(1)]).metrics).not.toHaveProperty(LIVE_SHARE);
});

test('a study is told from a run of a device: it ran nothing outside of its loops', () => {
  const record = readStudy(study, [end(0)]);
  expect(byChildLoops(record)).toBe(true);
  expect(byChildLoops({ device: { ...record.device, host: 'box' } })).toBe(false);
});

test('a study says which of its loops ended before their experiments were spent', () => {
  const whole = end(0);
  const cut = { ...end(1), result: { ...end(1).result, stopped: 'budget spent: 0.0106 device hours' } };
  const record = readStudy(study, [whole, cut]);
  expect(record.detail).toMatch(/over 2 child loops, 1 of them cut off by their device time$/);
  expect(record.tail).toMatch(/^toy\.0: .*[^e]\ntoy\.1: .*, cut off by its device time$/);
  expect(readStudy(study, [whole]).detail).not.toContain('cut off');
  for (const stopped of [
    'budget spent: $0.25',
    'budget spent: 900 tokens',
    'budget spent: a call may cost $0.05',
  ])
    expect(readStudy(study, [{ ...end(1), result: { ...end(1).result, stopped } }]).detail).toMatch(
      /1 of them cut off by their money$/,
    );
});
