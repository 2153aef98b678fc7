import { expect, test } from 'vitest';
import type { Directive } from '../../../src/contract/mechanism.js';
import { directivesInWords, steeringWords } from '../../../src/report/steering-words.js';
import { loopRecord } from '../../support/loop-record.js';

const rows = (directive: Directive, count = 5, parent: number | null = null) =>
  loopRecord({ experiments: count })
    .experiments.slice(0, count)
    .map((row) => ({
      ...row,
      steering: {
        directive,
        mechanism: 'toy',
        parent,
        moves: [],
        settings: {},
        compliance: { complied: true, parts: {} },
      },
    }));

test('a report names a mechanism inert whose directives ask for nothing', () => {
  const words = directivesInWords(rows({ forbid: [], parent: 7, why: 'go on' }));
  expect(words).toBe("mechanism toy is inert and doesn't count: of 5 directives none changed what came next");
});

test('one that asks for anything, or had no chance yet, is not', () => {
  expect(directivesInWords(rows({ forbid: [{ knob: 'a' }], why: '' }))).toBe(
    'mechanism toy: 5 directives, 5 obeyed',
  );
  expect(directivesInWords(rows({ why: '' }, 4))).toBe('mechanism toy: 4 directives, 0 obeyed');
});

test('to ask is not to act', () => {
  const all = rows({ forbid: [{ knob: 'a' }], why: '' }).map((row) => ({
    ...row,
    steering: { ...row.steering, acts: false },
  }));
  expect(directivesInWords(all)).toContain('is inert');
  expect(all[0] && steeringWords(all[0])).not.toContain('as asked');
});

test('a restart of the method is not the mechanism’s doing', () => {
  expect(directivesInWords(rows({ why: '' }, 5, 3))).toContain('is inert');
  expect(directivesInWords(rows({ parent: 7, why: '' }, 5, 3))).toContain('is inert');
  expect(directivesInWords(rows({ parent: 3, why: '' }, 5, 3))).toBe('mechanism toy: 5 directives, 5 obeyed');
});

test('to have asked for nothing is not to be obeyed, though nothing was disobeyed', () => {
  const mixed = [...rows({ why: '' }, 3), ...rows({ forbid: [{ knob: 'a' }], why: '' }, 2)];
  expect(directivesInWords(mixed)).toBe('mechanism toy: 5 directives, 2 obeyed');
  const [nothing] = rows({ why: 'go on' }, 1);
  const [something] = rows({ forbid: [{ knob: 'a' }], why: 'not a' }, 1);
  expect(nothing && steeringWords(nothing)).toBe('toy said: go on; no knob was moved');
  expect(something && steeringWords(something)).toBe('toy said: not a; no knob was moved, as asked');
});
