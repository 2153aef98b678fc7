import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../../src/contract/audit.js';
import type { HoldoutVerdict } from '../../../../src/contract/steward.js';
import {
  charge,
  freePasses,
  leftOf,
  mayAsk,
  suiteBudget,
  usedOf,
} from '../../../../src/domain/holdout/budget.js';
import { pairedVerdict } from '../../../../src/domain/holdout/paired-verdict.js';
import { plannedRelease } from '../../../../src/domain/holdout/release-time.js';
import { TAIL_TIMES, tailGuard, tailHolds, typicalDifference } from '../../../../src/domain/holdout/tail.js';
import { tEvidence } from '../../../../src/domain/holdout/evidence.js';

const gains = fc.array(fc.double({ min: -10, max: 10, noNaN: true, noDefaultInfinity: true }), {
  minLength: 2,
  maxLength: 30,
});
const verdicts = fc.constantFrom<HoldoutVerdict>('pays', 'flat', 'harmful', 'undecided', 'invalid');

test('gains cannot pay and, turned round, pay too', () => {
  const rule = { name: 'sequential', alpha: 0.05, eps: 0, least: 2, most: 1000, worst: null } as const;
  fc.assert(
    fc.property(gains, (values) => {
      const pays = (some: readonly number[]): boolean =>
        pairedVerdict(some, rule, tEvidence).verdict === 'pays';
      expect(pays(values) && pays(values.map((value) => -value))).toBe(false);
    }),
  );
});

test('a gain for all never turns what pays into what does not', () => {
  const rule = { name: 'sequential', alpha: 0.05, eps: 0.1, least: 2, most: 30, worst: -20 } as const;
  fc.assert(
    fc.property(gains, fc.double({ min: 0, max: 5, noNaN: true }), (values, more) => {
      const before = pairedVerdict(values, rule, tEvidence).verdict;
      const after = pairedVerdict(
        values.map((value) => value + more),
        rule,
        tEvidence,
      ).verdict;
      if (before === 'pays') expect(['flat', 'harmful']).not.toContain(after);
    }),
  );
});

test('whatever is asked and answered, the bits released never pass the budget', () => {
  const size = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(size, size, fc.array(verdicts, { maxLength: 100 }), (queries, passes, answers) => {
      const budget = suiteBudget(queries, passes);
      const log: AuditEntry[] = [];
      for (const verdict of answers) {
        if (!mayAsk(budget, usedOf(log, 's'))) break;
        log.push({ kind: 'query', suite: 's' } as AuditEntry);
        log.push({ kind: 'score', suite: 's', verdict, bitsReleased: charge(budget, verdict) } as AuditEntry);
      }
      const used = usedOf(log, 's');
      expect(used.bits).toBeLessThanOrEqual(budget.bits * (1 + 1e-9));
      expect(used.queries).toBeLessThanOrEqual(queries);
      expect(leftOf(budget, used).queries).toBe(queries - used.queries);
    }),
  );
});

test('whoever is killed between question and answer, and whatever is asked meanwhile, no budget is overrun', () => {
  const size = fc.integer({ min: 1, max: 12 });
  const acts = fc.array(
    fc.record({ what: fc.constantFrom('ask', 'answer', 'alarm'), which: fc.nat(), verdict: verdicts }),
    {
      maxLength: 80,
    },
  );
  fc.assert(
    fc.property(size, size, acts, (queries, passes, all) => {
      const budget = suiteBudget(queries, passes);
      const log: AuditEntry[] = [];
      const pending: number[] = [];
      for (const { what, which, verdict } of all) {
        const used = usedOf(log, 's');
        expect(used.pending).toBe(pending.length);
        if (what === 'ask' && mayAsk(budget, used)) {
          pending.push(log.length);
          log.push({ kind: 'query', suite: 's' } as AuditEntry);
        } else if (what === 'answer' && pending.length > 0) {
          // every question that was begun can be answered, in any order
          expect(leftOf(budget, used).passes).toBeGreaterThan(0);
          pending.splice(which % pending.length, 1);
          log.push({
            kind: 'score',
            suite: 's',
            verdict,
            bitsReleased: charge(budget, verdict),
          } as AuditEntry);
        } else if (what === 'alarm' && freePasses(budget, used) > 0)
          log.push({
            kind: 'alarm',
            suite: 's',
            score: 0,
            bitsReleased: budget.bits / budget.passes,
          } as AuditEntry);
        expect(usedOf(log, 's').passes).toBeLessThanOrEqual(budget.passes);
        expect(usedOf(log, 's').bits).toBeLessThanOrEqual(budget.bits * (1 + 1e-9));
      }
    }),
  );
});

test('the moment of an answer follows from question and start alone, and leaves most of a period for the work', () => {
  const ms = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(ms, fc.integer({ min: 1000, max: 600_000 }), ms, (askedAt, period, delay) => {
      const release = plannedRelease(askedAt, period, askedAt + delay);
      expect((release - askedAt) % period).toBe(0);
      expect(release - (askedAt + delay)).toBeGreaterThanOrEqual(0.9 * period - 1e-6);
      expect(release - (askedAt + delay)).toBeLessThan(1.9 * period + 1e-6);
    }),
  );
});

const guard = { worst: null, tail: { ...tailGuard(null), pairs: 2 } };

test('a guarded tail knows no unit and no order', () => {
  fc.assert(
    fc.property(gains, fc.integer({ min: -20, max: 20 }), (values, power) => {
      // what is too small to be scaled exactly says nothing here
      const sizable = values.map((value) => (Math.abs(value) < 1e-200 ? 0 : value));
      const scaled = sizable.map((value) => value * 2 ** power);
      expect(tailHolds(scaled, guard)).toBe(tailHolds(sizable, guard));
      expect(tailHolds(sizable.toReversed(), guard)).toBe(tailHolds(sizable, guard));
    }),
  );
});

test('what a guarded vault calls `pays` an open one does too, and a loss far beyond forbids it', () => {
  const open = { name: 'sequential', alpha: 0.05, eps: 0, least: 2, most: 1000, worst: null } as const;
  const guarded = { ...open, tail: guard.tail };
  const verdict = (values: readonly number[], rule: typeof open | typeof guarded): string =>
    pairedVerdict(values, rule, tEvidence).verdict;
  fc.assert(
    fc.property(gains, (values) => {
      if (verdict(values, guarded) === 'pays') expect(verdict(values, open)).toBe('pays');
      const largest = Math.max(...values.map(Math.abs));
      if (values.filter((value) => Math.abs(value) > 1e-200).length < 3) return;
      const lost = [...values, -(TAIL_TIMES + 1) * largest];
      expect(typicalDifference(lost)).toBeLessThanOrEqual(largest);
      expect(verdict(lost, guarded)).not.toBe('pays');
    }),
  );
});
