import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../../src/contract/json.js';
import { applyMoves } from '../../../../src/domain/mechanism/apply-moves.js';
import { checkDirective } from '../../../../src/domain/mechanism/check-directive.js';
import { effectOf, isNothing } from '../../../../src/domain/mechanism/effect.js';
import { contextOf } from '../../../support/mechanism-context.js';

const context = contextOf();
const json = fc.jsonValue() as fc.Arbitrary<Json>;
const near = fc.record(
  {
    forbid: fc.oneof(json, fc.array(fc.oneof(json, fc.constant({ knob: 'lr' })))),
    prefer: fc.oneof(json, fc.array(fc.record({ p: json, w: json }))),
    move: fc.oneof(json, fc.array(fc.record({ knob: fc.constantFrom('lr', 'depth', 'act'), step: json }))),
    parent: json,
    replicate: fc.oneof(json, fc.record({ id: json, n: json })),
    why: fc.oneof(json, fc.string()),
  },
  { requiredKeys: ['why'] },
) as fc.Arbitrary<Json>;

test('whatever a mechanism answers, the answer is judged and nothing throws', () => {
  fc.assert(
    fc.property(fc.oneof(json, near), (answer) => {
      const checked = checkDirective(answer, context);
      if ('legal' in checked) effectOf(checked.legal, context);
      else expect(checked.faults.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

const moves = fc.uniqueArray(
  fc.oneof(
    fc.record({ knob: fc.constant('lr'), step: fc.integer({ min: -4, max: 4 }) }),
    fc.record({ knob: fc.constant('depth'), step: fc.integer({ min: -20, max: 20 }) }),
    fc.record({ knob: fc.constant('act'), to: fc.constantFrom('relu', 'gelu', 'tanh') }),
  ),
  { minLength: 1, maxLength: 3, selector: ({ knob }) => knob },
);

test('legal moves change every knob that they name, into a setting that it has', () => {
  fc.assert(
    fc.property(moves, (move) => {
      const checked = checkDirective({ move, why: '' }, context);
      fc.pre('legal' in checked);
      const before = context.incumbent.config ?? {};
      const after = applyMoves(before, move, context.space);
      for (const { knob } of move) expect(after[knob]).not.toBe(before[knob]);
      for (const knob of context.space) {
        if (knob.values !== undefined) expect(knob.values).toContain(after[knob.id]);
      }
      expect(isNothing(effectOf({ move, why: '' }, context))).toBe(false);
    }),
  );
});
