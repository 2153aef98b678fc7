import { expect, test } from 'vitest';
import { acceptanceSchema } from '../../../../src/contract/acceptance-schema.js';
import { lift } from '../../../../src/domain/acceptance/lift.js';
import type { Evidence, Sample } from '../../../../src/domain/acceptance/rule.js';
import { random } from '../../../../src/domain/random.js';

const options = acceptanceSchema.parse({ rule: 'lift', nmax: 8 });

/** So many measurements of eight child loops each. */
const samples = (count: number, u: (index: number, unit: number) => number, cost = 100): Sample[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    value: 0,
    units: Object.fromEntries(
      Array.from({ length: 8 }, (_unit, unit) => [`t${String(unit)}.0`, u(index, unit)]),
    ),
    cost,
  }));

const evidence = (candidate: Sample[], incumbent: Sample[]): Evidence => ({
  direction: 'maximize',
  candidate,
  incumbent,
  standing: { value: 0, n: 1 },
  noise: null,
});

const noisy = (seed: string, mean: number) => {
  const draw = random('lift', seed);
  return () => mean + 0.2 * (draw.next() - 0.5);
};

const judge = (mean: number, { count = 8, cost = 100 } = {}) =>
  lift.step(evidence(samples(count, noisy('a', mean), cost), samples(count, noisy('b', 0))), options);

test('a gain on too few loops is told what it lacks', () => {
  const few = lift.step(evidence(samples(3, noisy('a', 0.4)), samples(3, noisy('b', 0))), {
    ...options,
    nmax: 3,
  });
  expect(few.decision).toBe('inconclusive');
  expect(few.reason).toContain('nothing pays on fewer than 30');
});

test('a gain that is there in every loop pays, once thirty loops have been seen', () => {
  expect(judge(0.4)).toMatchObject({ decision: 'keep' });
  expect(judge(0.4).reason).toMatch(/^pays: mean d 0\.4\d* over 32 child loop pairs/);
  expect(judge(0.4, { count: 3 })).toMatchObject({ decision: 'more', candidate: [3], incumbent: [3] });
});

test('a loss is harmful, and what is no better is never kept', () => {
  expect(judge(-0.4)).toMatchObject({ decision: 'discard' });
  expect(judge(-0.4).reason).toMatch(/^harmful/);
  expect(judge(0).decision).not.toBe('keep');
});

test('a method that changes nothing is inert', () => {
  const same = samples(1, (index, unit) => (index + unit) / 10);
  expect(lift.step(evidence(same, same), options).reason).toMatch(/^inert/);
});

test('twice the cost must pay for itself', () => {
  const dear = judge(0.03, { cost: 1600 });
  expect(dear).toMatchObject({ decision: 'discard' });
});

test('one catastrophe among the loops forbids a keep', () => {
  const good = samples(8, noisy('a', 0.4));
  const [first] = good;
  if (first?.units !== undefined) first.units['t0.0'] = -0.9;
  const verdict = lift.step(evidence(good, samples(8, noisy('b', 0))), options);
  expect(verdict.decision).toBe('inconclusive');
  expect(verdict.reason).toMatch(/; 1 pair lost more than 0\.5 \(0\.\d+ at most\): after one nothing pays;/);
});

test('the evidence of either side alone asks for the other', () => {
  expect(
    lift.step(
      evidence(
        samples(1, () => 1),
        [],
      ),
      options,
    ),
  ).toMatchObject({
    decision: 'more',
    candidate: [],
    incumbent: [0],
  });
});

test('a gain under a mechanism that changed no decision is inert, as the gain is none of its own', () => {
  const gained = samples(8, noisy('a', 0.4));
  const base = samples(8, noisy('b', 0));
  const dead = gained.map((one) => ({ ...one, live: 0 }));
  const verdict = lift.step(evidence(dead, base), options);
  expect(verdict).toMatchObject({ decision: 'discard' });
  expect(verdict.reason).toMatch(/^inert: .*its mechanism changed no decision in any of its loops$/);
  const once = gained.map((one, index) => ({ ...one, live: index === 0 ? 0.125 : 0 }));
  expect(lift.step(evidence(once, base), options)).toMatchObject({ decision: 'keep' });
});

test('a mechanism that breaks, or that somebody takes out, is kept for no gain, and ends after its first measurement', () => {
  const [gained, base] = [samples(8, noisy('a', 0.4)), samples(8, noisy('b', 0))];
  const broke = gained.map((one, index) => (index === 0 ? { ...one, live: 0.875, faulty: 0.125 } : one));
  for (const count of [1, 8]) {
    const verdict = lift.step(evidence(broke.slice(0, count), base.slice(0, count)), options);
    expect(verdict).toMatchObject({ decision: 'discard' });
    expect(verdict.reason).toMatch(
      /^invalid \(G8\): its mechanism broke or was stopped in [\d.]+ % of its loops$/,
    );
  }
  const frail = base.map((one) => ({ ...one, faulty: 0.125 }));
  expect(lift.step(evidence(broke, frail), options)).toMatchObject({ decision: 'keep' });
});

test('where the mechanism in use is as dead, something else was lifted', () => {
  const still = (all: Sample[]) => all.map((one) => ({ ...one, live: 0 }));
  const lifted = evidence(still(samples(8, noisy('a', 0.4))), still(samples(8, noisy('b', 0))));
  expect(lift.step(lifted, options)).toMatchObject({ decision: 'keep' });
});

test('sham: what pays in loops too short for their mechanism is the settings’ gain, and is not kept as its own', () => {
  const untried = (all: Sample[]) => all.map((one) => ({ ...one, live: 0, untried: 1 }));
  const base = samples(8, noisy('b', 0));
  // it may still come to life: no verdict before there is evidence of one
  const soon = evidence(untried(samples(1, noisy('a', 0.4))), base);
  expect(lift.step(soon, options)).toMatchObject({ decision: 'more' });
  const gained = untried(samples(8, noisy('a', 0.4)));
  const verdict = lift.step(evidence(gained, base), options);
  expect(verdict).toMatchObject({ decision: 'discard' });
  expect(verdict.reason).toMatch(/^inert: mean d 0\.4\d* over 32 .*its mechanism changed no decision/);
  expect(lift.step(evidence(gained, untried(base)), options)).toMatchObject({ decision: 'keep' });
  const [first, ...rest] = gained;
  const once = first === undefined ? rest : [{ ...first, live: 0.125, untried: 0.875 }, ...rest];
  expect(lift.step(evidence(once, base), options)).toMatchObject({ decision: 'keep' });
});
