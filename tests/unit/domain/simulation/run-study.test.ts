import { expect, test } from 'vitest';
import { random } from '../../../../src/domain/random.js';
import { composeSource } from '../../../../src/domain/simulation/grammar/compose.js';
import { ARMS, runStudy } from '../../../../src/domain/simulation/run-study.js';
import { PLAN } from '../../../../src/domain/simulation/study-plan.js';
import { mean } from '../../../../src/domain/statistics.js';
import { load, loadSource, sourceOf } from '../../../support/mechanism-library.js';

const outcome = async (study: number, candidates = 8, fresh = 4) => {
  const draw = random('study test', study);
  const sources = Array.from({ length: candidates }, () => composeSource(draw, sourceOf));
  const made = await Promise.all(
    sources.map(async (source) => ({ source, mechanism: await loadSource(source) })),
  );
  const fixed = { identity: await load('identity'), handWritten: await load('sweep') };
  return runStudy({ ...PLAN, study, arms: ARMS, candidates, perFamily: 1, fresh }, made, fixed);
};

test('a study names the inert, never pays for the sham, and finds a mechanism that pays', async () => {
  const { arms, verdicts, chosen } = await outcome(1);
  expect(verdicts['inert/A']).toBe('inert');
  expect(verdicts['S/A']).not.toBe('pays');
  expect(verdicts['C/A']).toBe('pays');
  expect(chosen).not.toBe('');
  expect(arms['inert']).toEqual(arms['A']);
  expect(mean(arms['C']?.heldOut ?? [])).toBeGreaterThan(mean(arms['A']?.heldOut ?? []));
});

test('the same study twice comes to the same', async () => {
  expect(await outcome(2, 3, 1)).toEqual(await outcome(2, 3, 1));
});
