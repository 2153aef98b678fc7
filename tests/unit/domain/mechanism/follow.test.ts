import { expect, test } from 'vitest';
import { IDENTITY } from '../../../../src/domain/mechanism/identity.js';
import { type Answer, follow } from '../../../../src/domain/mechanism/follow.js';
import {
  isHalted,
  livenessOf,
  type MechanismRecord,
  NO_CALLS,
  recordCompliance,
} from '../../../../src/domain/mechanism/mechanism-record.js';
import { contextOf } from '../../../support/mechanism-context.js';

const context = contextOf();
const ask = (answer: Answer) => follow(answer, context, { record: NO_CALLS, state: 'before' });

test('a legal answer is followed and counted', () => {
  const directive = { forbid: [{ knob: 'lr' }], why: 'a test' };
  expect(ask({ directive, state: { n: 1 } })).toEqual({
    directive,
    state: { n: 1 },
    record: { calls: 1, nonIdentity: 1, complied: 0, faults: [] },
  });
});

test('the identity is called and acts on nothing', () => {
  expect(ask({ directive: { why: 'rest' }, state: null }).record).toMatchObject({ calls: 1, nonIdentity: 0 });
});

test.each<[string, Answer, RegExp]>([
  ['a fault of the host', { fault: 'out of fuel' }, /out of fuel/],
  ['an illegal directive', { directive: { parent: 5, why: '' }, state: null }, /parent/],
  ['a state that is too large', { directive: { why: '' }, state: 'é'.repeat(40_000) }, /80002 bytes/],
])('after %s the loop goes on without the mechanism', (_, answer, words) => {
  const followed = ask(answer);
  expect(followed.directive).toBe(IDENTITY);
  expect(followed.state).toBe('before');
  expect(followed.record.faults.join()).toMatch(words);
  expect(isHalted(followed.record)).toBe(true);
});

const live: MechanismRecord = { calls: 5, nonIdentity: 2, complied: 2, faults: [] };

test('a mechanism is live only if it was called, acted, and differs from the identity on probes', () => {
  expect(livenessOf(live, 0.3)).toBe('live');
  expect(livenessOf(live, null)).toBe('live');
  expect(livenessOf(live, 0)).toBe('inert');
  expect(livenessOf({ ...live, nonIdentity: 0 }, 0.3)).toBe('inert');
  expect(livenessOf({ ...live, complied: 0 }, 0.3)).toBe('inert');
  expect(livenessOf(NO_CALLS, 0.3)).toBe('inert');
  expect(livenessOf({ ...live, faults: ['threw'] }, 0.3)).toBe('faulty');
});

test('compliance is counted apart from calls', () => {
  expect(recordCompliance(live, true).complied).toBe(3);
  expect(recordCompliance(live, false)).toBe(live);
});
