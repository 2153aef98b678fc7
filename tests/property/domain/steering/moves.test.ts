import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scan } from '../../../../src/domain/proposers/mutate/scan.js';
import { knobsOf } from '../../../../src/domain/steering/knobs.js';
import { makeMoves } from '../../../../src/domain/steering/make-moves.js';
import { movesBetween } from '../../../../src/domain/steering/moves-between.js';

const literal = fc.oneof(
  fc.integer({ min: 1, max: 5000 }).map(String),
  fc.double({ min: 0.001, max: 900, noNaN: true }).map((value) => value.toFixed(3)),
  fc.constantFrom('True', 'False', '1e-3', '2.5e4'),
);

const knobs = (text: string) => knobsOf(scan('t.py', text));

test('a step is recognised as a move of its knob in its direction, and nothing else is', () => {
  fc.assert(
    fc.property(
      fc.array(literal, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      fc.integer({ min: -6, max: 6 }),
      (values, at, step) => {
        const text = values.map((value, i) => `k${String(i)} = ${value}\n`).join('');
        const before = knobs(text);
        const knob = before.space[at % before.space.length];
        fc.pre(knob !== undefined && knob.kind !== 'choice' && step !== 0);
        if (knob === undefined) return;
        const made = makeMoves([{ knob: knob.id, step }], before, new Map([['t.py', text]]));
        // small numbers are spelled with few digits: some steps can't be written
        if (typeof made === 'string') return;
        const [edit] = made.edits;
        const { moves } = movesBetween(before, knobs(edit?.kind === 'write' ? edit.content : text));
        expect(moves.length).toBeLessThanOrEqual(1);
        for (const move of moves) {
          expect(move.knob).toBe(knob.id);
          if ('step' in move) expect(Math.sign(move.step)).toBe(Math.sign(step));
        }
      },
    ),
  );
});
