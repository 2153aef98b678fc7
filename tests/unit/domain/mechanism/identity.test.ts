import { expect, test } from 'vitest';
import type { Directive } from '../../../../src/contract/mechanism.js';
import { asksNothing, IDENTITY } from '../../../../src/domain/mechanism/identity.js';

const asks = (acts: Partial<Directive>): boolean =>
  !asksNothing({ why: 'a test', ...acts }, { incumbent: { id: 0 } });

test('what holds nothing asks for nothing, however many parts it has', () => {
  expect(asksNothing(IDENTITY, { incumbent: { id: 0 } })).toBe(true);
  expect(asks({ forbid: [], prefer: [{ p: { knob: 'lr' }, w: 1 }], parent: 0, batch: 2, hint: '' })).toBe(
    false,
  );
  expect(asks({ acceptTemp: 0, fidelity: 1 })).toBe(false);
});

test.each<Partial<Directive>>([
  { forbid: [{ knob: 'lr' }] },
  { prefer: [{ p: { knob: 'lr' }, w: 2 }] },
  { move: [{ knob: 'lr', step: 1 }] },
  { parent: 9 },
  { operator: 'model' },
  { acceptTemp: 0.1 },
  { replicate: { id: 0, n: 2 } },
  { fidelity: 0.5 },
  { hint: 'look at lr' },
])('%o asks for something', (acts) => {
  expect(asks(acts)).toBe(true);
});
