import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from '../../../../src/domain/transfer/compare.js';
import { transferReport } from '../../../../src/domain/transfer/transfer-report.js';
import { classVerdicts } from '../../../../src/domain/transfer/verdict.js';
import { normals } from '../../../support/normals.js';
import { branchOn, planOf, rowsOn } from '../../../support/transfer-record.js';

const loss = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const plan = planOf();
const about = { direction: 'minimize' as const, acceptance: plan.task.acceptance };

test("whatever another class's runs say, no number and no verdict of this class changes", () => {
  fc.assert(
    fc.property(
      fc.tuple(loss, loss, loss, loss),
      fc.array(fc.tuple(loss, fc.option(loss)), { maxLength: 12 }),
      (own, other) => {
        const rows = branchOn('a', own);
        const noise = rowsOn(
          'b',
          { 'at 0': (pair) => other[pair]?.[0] ?? null, 'at 1': (pair) => other[pair]?.[1] ?? null },
          { pairs: other.length },
        );
        const alone = transferReport('toy/one', plan, rows);
        const both = transferReport('toy/one', plan, [...noise, ...rows]);
        const onA = <T extends { device: string }>(list: readonly T[]) =>
          list.filter(({ device }) => device === 'a');
        expect(onA(both?.classes ?? [])).toEqual(alone?.classes);
        expect(onA(both?.whole.classes ?? [])).toEqual(alone?.whole.classes);
        expect(both?.changes.map(({ classes }) => onA(classes))).toEqual(
          alone?.changes.map(({ classes }) => classes),
        );
      },
    ),
  );
});

test('flipping the direction and the signs flips nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(loss, loss), { minLength: 2, maxLength: 20 }), (pairs) => {
      const asLoss = pairs.map(([a, b]) => ({ with: a, without: b }));
      const asScore = pairs.map(([a, b]) => ({ with: -a, without: -b }));
      const { e, ...one } = compare(asLoss, about);
      const { e: again, ...two } = compare(asScore, { ...about, direction: 'maximize' });
      expect(two).toEqual(one);
      expect(again).toBe(e);
    }),
  );
});

test('of changes that gain nothing at most one study in twenty holds any; of real ones most are found', () => {
  const draw = normals(7);
  const study = (effect: number) =>
    classVerdicts(
      Array.from({ length: 4 }, () =>
        compare(
          Array.from({ length: 10 }, () => ({ with: draw() - effect, without: draw() })),
          about,
        ),
      ),
    );
  const nothing = Array.from({ length: 400 }, () => study(0));
  const wrong = nothing.filter((verdicts) => verdicts.includes('holds')).length;
  expect(wrong).toBeLessThanOrEqual(400 * 0.05 + 3 * Math.sqrt(400 * 0.05 * 0.95));
  const real = Array.from({ length: 100 }, () => study(3)).flat();
  expect(real.filter((verdict) => verdict === 'holds').length).toBeGreaterThan(350);
  expect(real).not.toContain('absent');
});
