import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import type { MechanismContext } from '../../../src/contract/mechanism.js';
import { checkDirective } from '../../../src/domain/mechanism/check-directive.js';
import { stateFault } from '../../../src/domain/mechanism/check-state.js';
import { stackSource } from '../../../src/domain/mechanism/stack.js';
import { anyContext } from '../../support/mechanism-contexts.js';
import { LIBRARY, load, type Loaded, loadSource, sourceOf } from '../../support/mechanism-library.js';

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** The whole history is observed, then two more calls are made. */
const answers = (mechanism: Loaded, context: MechanismContext): [Json, Json][] => {
  const empty = { ...context, t: 0, trials: [], elites: context.elites.slice(0, 1) };
  const start = context.elites[0];
  const first = start === undefined ? empty : { ...empty, incumbent: { ...context.incumbent, ...start } };
  let state = asJson(mechanism.init(first));
  for (const trial of context.trials) state = asJson(mechanism.observe(trial, state));
  return [0, 1].map(() => {
    const [directive, next] = mechanism.propose(context, state);
    state = asJson(next);
    return [asJson(directive), state];
  });
};

const holds = (mechanism: Loaded, numRuns = 60): void => {
  fc.assert(
    fc.property(anyContext, (context) => {
      const said = answers(mechanism, context);
      for (const [directive, state] of said) {
        expect(checkDirective(directive, context)).toHaveProperty('legal');
        expect(stateFault(state)).toBeNull();
      }
      expect(JSON.stringify(answers(mechanism, context))).toBe(JSON.stringify(said));
    }),
    { numRuns },
  );
};

describe.each(LIBRARY)('%s', (name) => {
  test('answers every context legally, the same each time, with a small state', async () => {
    const mechanism = await load(name);
    expect(mechanism.meta.name).toBe(name);
    holds(mechanism);
  });
});

test('so do stacks of all of them, whoever decides', async () => {
  const members = LIBRARY.map((name) => ({ name, source: sourceOf(name) }));
  for (const decides of ['first', 'rotate'] as const) {
    holds(await loadSource(stackSource(members, decides)), 15);
    holds(await loadSource(stackSource(members.toReversed(), decides)), 15);
  }
});
