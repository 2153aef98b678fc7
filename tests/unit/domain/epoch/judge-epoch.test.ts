import { expect, test } from 'vitest';
import type { BridgedScore } from '../../../../src/contract/epoch.js';
import { judgeEpoch } from '../../../../src/domain/epoch/judge-epoch.js';

const about = { direction: 'minimize' as const, from: 'a', to: 'b' };
const run = (value: number | null): BridgedScore['before'] =>
  value === null ? { status: 'crash', value } : { status: 'ok', value };
const scores = (count: number, after: (value: number, at: number) => number | null): BridgedScore[] =>
  Array.from({ length: count }, (_, at) => {
    const value = 10 + at / 2;
    return { experiment: at, commit: 'c', before: run(value), after: run(after(value, at)) };
  });

test('the same scores are one scale, in whatever unit, from forty artifacts on', () => {
  expect(
    judgeEpoch(
      scores(40, (value) => value),
      about,
    ),
  ).toMatchObject({
    decision: 'continue',
    bridge: { artifacts: 40, bias: 0, tau: 1 },
  });
  const few = judgeEpoch(
    scores(39, (value) => value),
    about,
  );
  expect(few).toMatchObject({ decision: 'new-scale' });
  expect(few.why).toBe(
    'scores before and after cannot be compared: only 39 reference artifacts, and one scale takes 40 artifacts',
  );
});

test('a bias of a fiftieth of the range is another scale, and so is another order', () => {
  const biased = judgeEpoch(
    scores(40, (value) => value - 0.4),
    about,
  );
  expect(biased).toMatchObject({ decision: 'new-scale' });
  expect(biased.bridge.bias).toBeCloseTo(0.4 / 19.5, 6);
  const shuffled = judgeEpoch(
    scores(40, (_, at) => 10 + ((at * 17) % 40) / 2),
    about,
  );
  expect(shuffled.decision).toBe('new-scale');
  expect(shuffled.why).toMatch(
    /a bias of .* more than 0\.01; another order \(tau .*, at least 0\.9 is one order\)/,
  );
  expect(biased.why).not.toMatch(/order|only/);
  expect(shuffled.bridge.tau).toBeLessThan(0.9);
});

test('better stays better: the sign of the bias does not depend on the direction of the metric', () => {
  const lower = judgeEpoch(
    scores(40, (value) => value - 0.4),
    about,
  );
  const higher = judgeEpoch(
    scores(40, (value) => value + 0.4),
    { ...about, direction: 'maximize' },
  );
  expect(higher.bridge.bias).toBeCloseTo(lower.bridge.bias ?? Number.NaN, 9);
});

test('an evaluator that scores little of what the old one scored is refused', () => {
  expect(
    judgeEpoch(
      scores(40, (value, at) => (at < 25 ? null : value)),
      about,
    ),
  ).toMatchObject({
    decision: 'refuse',
    why: expect.stringContaining('25 of 40 reference artifacts (crash)') as string,
  });
  expect(
    judgeEpoch(
      scores(42, (value, at) => (at < 2 ? null : value)),
      about,
    ).decision,
  ).toBe('continue');
});

test('where nothing can be compared it is a new scale, never a continued one', () => {
  const gone = scores(40, (value) => value).map((one) => ({ ...one, before: run(null) }));
  expect(judgeEpoch(gone, about)).toMatchObject({
    decision: 'new-scale',
    bridge: { artifacts: 0, bias: null },
  });
  const flat = scores(40, () => 3).map((one) => ({ ...one, before: run(3) }));
  expect(judgeEpoch(flat, about)).toMatchObject({
    decision: 'new-scale',
    bridge: { artifacts: 40, tau: null },
  });
});
