import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import type { MechanismContext } from '../../../src/contract/mechanism.js';
import { openMechanism } from '../../../src/mechanism-host/open-mechanism.js';
import { contextOf, trialOf } from '../../support/mechanism-context.js';
import { mechanismSource } from '../../support/mechanism-source.js';

const state = fc
  .jsonValue({ maxDepth: 4 })
  .filter((value) => !/\\u0000|\\ud|__proto__/.test(JSON.stringify(value)));
const turns = fc.integer({ min: 0, max: 400_000 });

const BURNS = mechanismSource({
  propose: 'let sum = 0; for (let i = 0; i < s; i++) sum += i % 7; return [{ why: String(sum) }, s];',
});

const turned = (value: Json): Json => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value as { [key: string]: Json })
      .toReversed()
      .map(([key, inner]) => [key, turned(inner)]),
  );
};

test('the same source and input take the same fuel, whatever was asked before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turns, { maxLength: 4 }), turns, async (before, n) => {
      const [fresh, used] = [await openMechanism(BURNS), await openMechanism(BURNS)];
      if (!fresh.ok || !used.ok) throw new Error('it loads');
      for (const one of before) used.value.propose(contextOf(), one);
      expect(used.value.propose(contextOf(), n)).toEqual(fresh.value.propose(contextOf(), n));
    }),
    { numRuns: 15 },
  );
});

test('a state comes back as it was', async () => {
  const opened = await openMechanism(mechanismSource());
  if (!opened.ok) throw new Error('it loads');
  fc.assert(
    fc.property(state, (value) => {
      const called = opened.value.observe(trialOf({}), value as Json);
      expect(called).toMatchObject({ ok: true });
      if (called.ok)
        expect(JSON.parse(JSON.stringify(called.value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 100 },
  );
});

test('the order of the fields of a context is nothing that a mechanism can see', async () => {
  const opened = await openMechanism(
    mechanismSource({ propose: "return [{ why: '' }, { seen: JSON.stringify(c) }];" }),
  );
  if (!opened.ok) throw new Error('it loads');
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 99 }), { maxLength: 8 }), (ids) => {
      const context = contextOf({ trials: ids.map((id) => trialOf({ id })) });
      const other = turned(context as unknown as Json) as unknown as MechanismContext;
      expect(opened.value.propose(other, null)).toEqual(opened.value.propose(context, null));
    }),
    { numRuns: 20 },
  );
});
