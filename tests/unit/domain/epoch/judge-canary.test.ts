import { expect, test } from 'vitest';
import type { Canary } from '../../../../src/contract/task-schema.js';
import { hiddenFiles } from '../../../../src/domain/epoch/hidden-files.js';
import { judgeCanary, withNoOp, type Perch } from '../../../../src/domain/epoch/judge-canary.js';
import { taskWith } from '../../../support/loop-input.js';

const perch: Perch = { direction: 'minimize', baseline: { value: 1, n: 10 }, noise: { sigma: 0.1, n: 10 } };
const exact: Perch = { ...perch, noise: { sigma: 0, n: 3 } };
const judge = (canary: Canary, value: number, on = perch) =>
  judgeCanary(canary, { status: 'ok', value, detail: '' }, on);
const bad: Canary = { kind: 'known-bad', path: 'canaries/pretty' };
const good: Canary = { kind: 'known-good', path: 'canaries/plain.patch' };
const impossible: Canary = { kind: 'impossible', path: 'canaries/chance', expect: 0.5 };

test('a known-bad artifact must not beat the baseline by more than noise, whichever way is better', () => {
  expect(judge(bad, 1.4)).toBeNull();
  expect(judge(bad, 0.9)).toBeNull();
  expect(judge(bad, 0.2)).toMatch(/canary canaries\/pretty \(known-bad\): .*scored 0\.2.*the baseline 1,/);
  expect(judge(bad, 1.8, { ...perch, direction: 'maximize' })).not.toBeNull();
  expect(judge(bad, 0.2, { ...perch, direction: 'maximize' })).toBeNull();
});

test('a known-good artifact must beat the baseline, or what is expected of it', () => {
  expect(judge(good, 0.7)).toBeNull();
  expect(judge(good, 1)).toContain('does not beat the baseline');
  expect(judge({ ...good, expect: 0.5 }, 0.7)).toContain('expected 0.5');
});

test('nothing scores better than what is possible', () => {
  expect(judge(impossible, 0.6)).toBeNull();
  expect(judge(impossible, 0.45)).toBeNull();
  expect(judge(impossible, 0)).toContain('a leak or tampering');
  expect(judge(impossible, 0.499_999, exact)).not.toBeNull();
});

test('the unchanged artifact scores the baseline: within its noise, exactly where there is none', () => {
  expect(judge({ kind: 'no-op' }, 1.2)).toBeNull();
  expect(judge({ kind: 'no-op' }, 1.6)).toContain('no-op (the unchanged artifact)');
  expect(judge({ kind: 'no-op' }, 0.4)).not.toBeNull();
  expect(judge({ kind: 'no-op' }, 1, exact)).toBeNull();
  expect(judge({ kind: 'no-op' }, 1.000_001, exact)).not.toBeNull();
});

test('noise that rests on few runs touches no canary by chance, and noise that is not known is named', () => {
  const three: Perch = { ...perch, noise: { sigma: 0.1, n: 3 } };
  expect(judge({ kind: 'no-op' }, 1.6, three)).toBeNull();
  const one: Perch = { ...perch, noise: { sigma: 0, n: 1 } };
  expect(judge({ kind: 'no-op' }, 1.1, one)).toContain('acceptance.repeats: 3 measures it');
});

test('a canary that is caught cheating is not believed, and one that ought to do well must run', () => {
  const crash = { status: 'crash' as const, value: null, detail: 'boom' };
  expect(judgeCanary(bad, { ...crash, status: 'tampered' }, perch)).toBeNull();
  expect(judgeCanary(impossible, crash, perch)).toBeNull();
  expect(judgeCanary(good, crash, perch)).toContain('ended as crash: boom');
  expect(judgeCanary({ kind: 'no-op' }, crash, perch)).toContain('ended as crash: boom');
});

test('a known-bad artifact that is caught cheating, and well paid by the evaluator all the same, is a breach', () => {
  const caught = { status: 'tampered' as const, value: 0.2, detail: 'it printed another score' };
  expect(judgeCanary(bad, caught, perch)).toContain('scored 0.2');
  expect(judgeCanary(bad, { ...caught, value: 1.4 }, perch)).toBeNull();
});

test('the unchanged artifact is always among the canaries, once', () => {
  expect(withNoOp([bad])).toEqual([{ kind: 'no-op' }, bad]);
  expect(withNoOp([good, { kind: 'no-op' }])).toEqual([{ kind: 'no-op' }, good]);
});

test('canaries are hidden from candidates and agents', () => {
  const task = taskWith({ canaries: [{ kind: 'no-op' }, { kind: 'known-bad', path: './canaries/pretty/' }] });
  expect(hiddenFiles(task)).toEqual(['canaries/pretty', 'canaries/pretty/**']);
  expect(hiddenFiles(taskWith())).toEqual([]);
});
