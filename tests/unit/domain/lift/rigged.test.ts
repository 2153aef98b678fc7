import { expect, test } from 'vitest';
import { canaryBreaches } from '../../../../src/domain/epoch/canaries.js';
import { liftDifferences } from '../../../../src/domain/lift/lift-differences.js';
import { liftVerdict } from '../../../../src/domain/lift/lift-verdict.js';
import type { Directive } from '../../../../src/contract/mechanism.js';
import { mechanismDistance } from '../../../../src/domain/lift/mechanism-distance.js';
import { effectOf, effectText } from '../../../../src/domain/mechanism/effect.js';
import { times } from '../../../support/draws.js';
import { contextOf } from '../../../support/mechanism-context.js';
import { gained, singing, soundSystem } from '../../../support/rigged.js';

type Mechanism = (probe: number) => Directive;

const context = contextOf();

const behaviour = (mechanism: Mechanism) =>
  times(50, (probe) => times(4, () => effectText(effectOf(mechanism(probe), context))));

const identity: Mechanism = () => ({ why: '' });
/** Code that is there, and a reason that says so; it does nothing. */
const dead: Mechanism = (probe) => ({ why: `tabu search avoided ${String(probe)} moves` });
const tabu: Mechanism = (probe) => ({
  ...(probe % 5 === 0 && { forbid: [{ key: 'lr+' }] }),
  why: 'tabu',
});

const verdictOf = (mechanism: Mechanism) => {
  const liveness = mechanismDistance(behaviour(mechanism), behaviour(identity));
  const differences = liftDifferences(soundSystem({ scores: gained(0.1) }), soundSystem());
  return liftVerdict(differences, { liveness });
};

test('inert: a mechanism that is never called is no lift, however much is gained beside it', () => {
  expect(verdictOf(dead)).toBe('inert');
});

test('control: a mechanism that acts on a fifth of the probes and gains as much pays', () => {
  expect(mechanismDistance(behaviour(tabu), behaviour(identity))).toBeCloseTo(0.2, 12);
  expect(verdictOf(tabu)).toBe('pays');
});

test('leak: a holdout token in a proposal makes the lift invalid, however much it gains', () => {
  const after = (leaks: string[]) =>
    soundSystem({ scores: gained(0.1), canariesPass: canaryBreaches(singing({ leaks })).length === 0 });
  expect(liftVerdict(liftDifferences(after(['proposal 3']), soundSystem()))).toBe('invalid');
  expect(liftVerdict(liftDifferences(after([]), soundSystem()))).toBe('pays');
});
