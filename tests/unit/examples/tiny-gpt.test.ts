import { expect, test } from 'vitest';
import { metric, openExample } from './example.js';

const evaluate = async (load: string) => {
  const example = await openExample('tiny-gpt');
  await example.write('train.py', `${load}\n`);
  return example.evaluate();
};

const model = (step: string): string => `
from array import array
class Model:
    def __init__(self, streams): self.streams, self.steps = streams, 0
    def step(self, latest):
        ${step}
def load(folder, streams): return Model(streams)`;

test('tiny-gpt: a second of training makes a model that is better than guessing', async () => {
  const example = await openExample('tiny-gpt', { AUTOLIFT_BUDGET_SECONDS: '1' });
  const ran = await example.run('train.py');
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toMatch(/^---\ntrain_bpb: +[\d.]+\ntraining_seconds: [\d.]+$/m);
  expect(ran.stdout).not.toContain('val_bpb');
  const { stdout } = await example.evaluate();
  expect(metric(stdout, 'val_bpb')).toBeLessThan(7.5);
  expect(metric(stdout, 'text_id')).toBeGreaterThan(0);
});

test.each([
  ['a uniform guess', "return (array('f', [1 / 256]) * (256 * self.streams)).tobytes()"],
  ['a sum of 256', "return (array('f', [1.0]) * (256 * self.streams)).tobytes()"],
])('tiny-gpt: %s scores eight bits per byte', async (_, step) => {
  expect(metric((await evaluate(model(step))).stdout, 'val_bpb')).toBe(8);
});

test.each([
  ['too few numbers', "return array('f', [1.0]).tobytes()", 'a step has to give'],
  ['negative numbers', "return (array('f', [-1.0]) * (256 * self.streams)).tobytes()", 'no probability'],
  ['not a number', "return (array('f', [float('nan')]) * (256 * self.streams)).tobytes()", 'no probability'],
  ['an exception', 'raise ValueError', 'gave no answer'],
])('tiny-gpt: a model that gives %s has no score', async (_, step, reason) => {
  const { code, stdout, stderr } = await evaluate(model(step));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(reason);
});

test.each([
  ['the validation text', 'from prepare import validation_segments\nvalidation_segments(48, 512)'],
  ['it through os.open', 'import os, prepare\nos.open(prepare.STDLIB / "asyncio/tasks.py", 0)'],
  ["its parent's memory", 'import os\nopen(f"/proc/{os.getppid()}/mem", "rb")'],
  ['a process', 'import os\nos.system("true")'],
  ['native code', 'import ctypes\nctypes.CDLL(None)'],
])('tiny-gpt: a model that reaches for %s while it is scored has no score', async (_, code) => {
  const ended = await evaluate(code);
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expect(ended.stderr).toContain('while it is scored, a model may not');
});
