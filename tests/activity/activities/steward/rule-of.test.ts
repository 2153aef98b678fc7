import { expect, test } from 'vitest';
import { ruleOf } from '../../../../src/activities/steward/rule-of.js';
import { vaultSchema } from '../../../../src/contract/vault-schema.js';

const tailOf = (more: Record<string, unknown>): unknown => {
  const common = { name: 'v', version: '1', task: 'v', kind: 'generator', candidate: 'a', score: 'b' };
  const vault = vaultSchema.parse({ ...common, metric: { name: 'y', direction: 'minimize' }, ...more });
  if (vault.kind === 'reserve') throw new Error('it answers no loop');
  const rule = ruleOf(vault, { id: 'q', claimed: null, standing: null }, () => '0');
  return rule.name === 'sequential' ? rule.tail : rule.name;
};

test('a generator guards its tail unless its vault.yaml leaves it open', () => {
  expect(tailOf({})).toEqual({ pairs: 30, times: 8 });
  expect(tailOf({ worst: -0.5 })).toEqual({ pairs: 30, times: null });
  expect(tailOf({ tail: 'open' })).toBeUndefined();
});
