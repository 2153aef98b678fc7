import { expect, test } from 'vitest';
import type { Directive } from '../../../../src/contract/mechanism.js';
import {
  canonicalDirective,
  IDENTITY,
  isIdentity,
} from '../../../../src/domain/mechanism/canonical-directive.js';
import { contextOf } from '../../../support/mechanism-context.js';

const context = contextOf();
const identity = (acts: Partial<Directive>): boolean => isIdentity({ why: 'a test', ...acts }, context);

test('what changes nothing is the identity, however much it says', () => {
  expect(isIdentity(IDENTITY, context)).toBe(true);
  expect(identity({ forbid: [], prefer: [{ p: { knob: 'lr' }, w: 1 }], parent: 0, batch: 1, hint: '' })).toBe(
    true,
  );
  expect(identity({ acceptTemp: 0, fidelity: 1 })).toBe(true);
});

test('a batch that asks for nothing else is the identity for several proposals', () => {
  expect(identity({ batch: 2 })).toBe(true);
  const text = (acts: Partial<Directive>) => canonicalDirective({ why: 'a test', ...acts }, context);
  expect(text({ batch: 2 })).toBe(text({}));
  const forbid = [{ knob: 'lr' }];
  expect(identity({ forbid, batch: 2 })).toBe(false);
  expect(text({ forbid, batch: 2 })).not.toBe(text({ forbid }));
});

test('each part that acts is not the identity', () => {
  expect(identity({ forbid: [{ knob: 'lr' }] })).toBe(false);
  expect(identity({ parent: 9 })).toBe(false);
  expect(identity({ operator: 'model' })).toBe(false);
  expect(identity({ hint: 'look at lr' })).toBe(false);
  expect(identity({ replicate: { id: 0, n: 2 } })).toBe(false);
});

test('order and reasons leave the text as it is', () => {
  const a: Directive = { forbid: [{ knob: 'lr' }, { key: 'act=gelu' }], why: 'one' };
  const b: Directive = { forbid: [{ key: 'act=gelu' }, { knob: 'lr' }, { knob: 'lr' }], why: 'two' };
  expect(canonicalDirective(a, context)).toBe(canonicalDirective(b, context));
});
