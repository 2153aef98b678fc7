import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Evidence } from '../../../../src/domain/acceptance/rule.js';
import { RULES } from '../../../../src/domain/acceptance/rules.js';
import type { Acceptance } from '../../../../src/contract/task-schema.js';
import { taskWith } from '../../../support/loop-input.js';
import { normals } from '../../../support/normals.js';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const NAMES = Object.keys(RULES) as Acceptance['rule'][];
const options = (rule: Acceptance['rule']): Acceptance =>
  taskWith({ acceptance: { rule, n: 3, nmax: 4 } }).acceptance;

const samples = fc
  .array(value, { minLength: 4, maxLength: 4 })
  .map((values) => values.map((v, index) => ({ index, value: v })));

const evidence: fc.Arbitrary<Evidence> = fc.record({
  direction: fc.constantFrom('minimize' as const, 'maximize' as const),
  candidate: samples,
  incumbent: samples,
  standing: fc.record({ value, n: fc.integer({ min: 1, max: 9 }) }),
  noise: fc.record({ sigma: fc.double({ min: 0, max: 10, noNaN: true }), n: fc.integer({ min: 2, max: 9 }) }),
});

const mirrored = (one: Evidence): Evidence => {
  const flip = ({ index, value: v }: { index: number; value: number }) => ({ index, value: -v });
  return {
    ...one,
    direction: one.direction === 'minimize' ? 'maximize' : 'minimize',
    candidate: one.candidate.map(flip),
    incumbent: one.incumbent.map(flip),
    standing: { ...one.standing, value: -one.standing.value },
  };
};

test.each(NAMES)('%s: mirroring values and direction gives the same decision', (name) => {
  fc.assert(
    fc.property(evidence, (one) => {
      const decision = RULES[name].step(one, options(name)).decision;
      expect(RULES[name].step(mirrored(one), options(name)).decision).toBe(decision);
    }),
  );
});

test.each(NAMES)('%s: an exact copy of the incumbent is never kept', (name) => {
  fc.assert(
    fc.property(evidence, value, (one, level) => {
      const same = one.candidate.map(({ index }) => ({ index, value: level }));
      const clone = { ...one, candidate: same, incumbent: same, standing: { value: level, n: 1 } };
      expect(RULES[name].step(clone, options(name)).decision).not.toBe('keep');
    }),
  );
});

test.each(NAMES)(
  '%s: a keep stays a keep when the screening run and all pairs get better by as much',
  (name) => {
    fc.assert(
      fc.property(evidence, fc.double({ min: 0, max: 1000, noNaN: true }), (one, bonus) => {
        if (RULES[name].step(one, options(name)).decision !== 'keep') return;
        const sign = one.direction === 'minimize' ? -1 : 1;
        const better = one.candidate.map(({ index, value: v }) => ({ index, value: v + sign * bonus }));
        const step = RULES[name].step({ ...one, candidate: better }, options(name));
        expect(step.decision).toBe('keep');
      }),
    );
  },
);

test.each(['paired-t', 'sprt', 'screen+sprt'] as const)(
  '%s: of 2000 null candidates no more than alpha are kept',
  (name) => {
    const normal = normals('null candidates', name);
    const wanted = taskWith({ acceptance: { rule: name, n: 5, nmax: 12 } }).acceptance;
    let kept = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const draw = () => Array.from({ length: 13 }, (_, index) => ({ index, value: normal() }));
      const one: Evidence = {
        direction: 'minimize',
        candidate: draw(),
        incumbent: draw(),
        standing: { value: 0, n: 10 },
        noise: { sigma: 1, n: 30 },
      };
      if (RULES[name].step(one, wanted).decision === 'keep') kept++;
    }
    expect(kept / 2000).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt(0.05 / 2000));
    expect(kept).toBeGreaterThan(0);
  },
);

test('under pure noise confirm keeps far less than strict', () => {
  let state = 12345;
  const uniform = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform() || 1e-12)) * Math.cos(2 * Math.PI * uniform());
  const kept = { strict: 0, confirm: 0 };
  for (let trial = 0; trial < 2000; trial++) {
    const draw = (from: number) => [0, 1, 2, 3].slice(from).map((index) => ({ index, value: normal() }));
    const one: Evidence = {
      direction: 'minimize',
      candidate: draw(0),
      incumbent: draw(1),
      standing: { value: 0, n: 3 },
      noise: { sigma: 1, n: 3 },
    };
    for (const name of ['strict', 'confirm'] as const) {
      if (RULES[name].step(one, options(name)).decision === 'keep') kept[name]++;
    }
  }
  expect(kept.strict / 2000).toBeGreaterThan(0.4);
  expect(kept.confirm / 2000).toBeLessThan(0.1);
});
