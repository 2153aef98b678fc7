import { expect, test } from 'vitest';
import { acceptanceSchema } from '../../../../src/contract/acceptance-schema.js';
import type { LoopResult } from '../../../../src/contract/loop.js';
import type { Role } from '../../../../src/contract/measurement.js';
import type { MechanismStanding } from '../../../../src/contract/steering.js';
import { decide } from '../../../../src/domain/acceptance/decide.js';
import { readStudy } from '../../../../src/domain/research/read-study.js';
import { loopInput, taskWith } from '../../../support/loop-input.js';

/** From the ends of child loops to the verdict: settings beside a mechanism gain in each of them. */
const LOOPS = 8;
const { source } = loopInput('below/x', taskWith());
const research = { tasks: [{ task: taskWith(), source, target: 0, base: 10 }], repeats: LOOPS, rescore: 1 };

/** Loops that end at a loss of `value`, where the target is 0. */
const ends = (value: number, mechanism?: MechanismStanding) =>
  Array.from({ length: LOOPS }, (_, repeat) => {
    const name = `toy.${String(repeat)}`;
    const result: LoopResult = {
      loop: name,
      stopped: 'budget spent: 3 experiments',
      incumbent: { experiment: 2, commit: 'c', branchCommit: 'c', value: value + repeat / 10, n: 1 },
      baseline: { value: 10, n: 1 },
      spent: { experiments: 3, deviceSeconds: 3, dollars: 0, tokens: 0 },
      outcomes: {},
      ...(mechanism === undefined ? {} : { mechanism }),
    };
    return { unit: { task: 0, name, loop: name, seed: repeat }, result };
  });

const measured = (role: Role, index: number, of: ReturnType<typeof ends>) =>
  readStudy(
    {
      parent: { loop: 'above', experiment: 1, role, index },
      research: { ...research, parallel: 1 },
      commit: role,
      seed: 1,
      evaluatorHash: null,
      deviceClass: 'cpu',
      startedAt: '2026-01-01T00:00:00.000Z',
      seconds: 1,
    },
    of,
  );

const verdictOn = (candidate?: MechanismStanding, incumbent?: MechanismStanding) =>
  decide({
    direction: 'maximize',
    acceptance: acceptanceSchema.parse({ rule: 'lift', nmax: 4 }),
    measurements: [0, 1, 2, 3].flatMap((index) => [
      measured('candidate', index, ends(2, candidate)),
      measured('incumbent', index, ends(7 + index / 10, incumbent)),
    ]),
    candidate: 'candidate',
    incumbent: { commit: 'incumbent', value: 0.2, n: 1 },
    noise: null,
  });

test.each<MechanismStanding>(['inert', 'untried', 'faulty'])(
  'a gain beside a mechanism that was %s in all loops is not kept as its own',
  (standing) => {
    const verdict = verdictOn(standing);
    expect(verdict).toMatchObject({ outcome: 'discard' });
    expect(verdict.reason).toMatch(
      standing === 'faulty'
        ? /^invalid \(G8\): its mechanism broke or was stopped in 100 % of its loops$/
        : /^inert: .*its mechanism changed no decision in any of its loops$/,
    );
  },
);

test('the same gain pays beside a mechanism that asked for something, and where only settings were changed', () => {
  expect(verdictOn('live')).toMatchObject({ outcome: 'keep' });
  expect(verdictOn()).toMatchObject({ outcome: 'keep' });
  expect(verdictOn('untried', 'untried')).toMatchObject({ outcome: 'keep' });
});
