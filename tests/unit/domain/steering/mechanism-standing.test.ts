import { expect, test } from 'vitest';
import { NO_CALLS } from '../../../../src/domain/mechanism/mechanism-record.js';
import { mechanismWords } from '../../../../src/domain/method/method-words.js';
import {
  inertReason,
  standingOf,
  standingShares,
} from '../../../../src/domain/steering/mechanism-standing.js';

const asked = (calls: number) => ({ ...NO_CALLS, calls });

test('a mechanism that has changed no decision within five trials is inert', () => {
  expect(standingOf(asked(4), 4)).toBe('untried');
  expect(standingOf(asked(5), 5)).toBe('inert');
  expect(standingOf(NO_CALLS, 5)).toBe('inert');
  expect(inertReason(asked(5), 5)).toBe('it was called 5 times in 5 trials and changed no decision');
});

test('one that waits for its moment is live from then on', () => {
  expect(standingOf({ ...asked(40), nonIdentity: 1, complied: 1 }, 40)).toBe('live');
  expect(inertReason({ ...asked(40), nonIdentity: 1, complied: 1 }, 40)).toBeNull();
});

test('one whose first wish was not followed yet had no chance', () => {
  expect(standingOf({ ...asked(40), nonIdentity: 1 }, 40)).toBe('untried');
});

test('a fault counts for more than what went before it', () => {
  expect(standingOf({ ...asked(9), nonIdentity: 9, faults: ['threw'] }, 9)).toBe('faulty');
});

test('loops without a mechanism have no shares, and those with one that had no chance yet are told apart', () => {
  expect(standingShares([undefined, undefined])).toBeNull();
  expect(standingShares(['inert', 'faulty'])).toEqual({ live: 0, untried: 0, faulty: 0.5 });
  expect(standingShares(['inert', 'live', 'untried', 'faulty'])).toEqual({
    live: 0.25,
    untried: 0.25,
    faulty: 0.25,
  });
});

test('status names it in words', () => {
  const mechanism = {
    name: 'toy',
    ...asked(5),
    inert: 'it was called 5 times in 5 trials and changed no decision',
  };
  expect(mechanismWords({ mechanism })).toMatch(/^toy is inert and doesn't count: it was called 5 times/);
});
