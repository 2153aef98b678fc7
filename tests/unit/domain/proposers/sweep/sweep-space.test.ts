import { expect, test } from 'vitest';
import { scan } from '../../../../../src/domain/proposers/mutate/scan.js';
import { sampleRandom } from '../../../../../src/domain/proposers/sweep/sample-random.js';
import { sweepSpace, writeSettings } from '../../../../../src/domain/proposers/sweep/sweep-space.js';
import { random } from '../../../../../src/domain/random.js';
import { knobsOf } from '../../../../../src/domain/steering/knobs.js';

const TRAIN = `LR = 3e-4  # range: 1e-5..1e-1
DEPTH = 6  # range: 2..12
BATCH = 32
MOMENTUM = 0.95
SHIFT = -2.0
FLAT = True
KIND = "adam"  # choices: adam | sgd | lion
WARM = 0
BIAS = 0.0
`;
const knobs = knobsOf(scan('train.py', TRAIN));
const of = (only?: string[], freeze: string[] = []) => sweepSpace(knobs, { only, freeze });
const axis = (name: string) => of([`train.py:${name}`]).dimensions[0]?.axis;

test('every literal that mutate changes is a dimension, with its declared range or choices', () => {
  expect(of().dimensions.map(({ id }) => id)).toEqual(knobs.space.map(({ id }) => id));
  expect(axis('LR')).toEqual({ kind: 'float', low: 1e-5, high: 0.1, log: true });
  expect(axis('DEPTH')).toEqual({ kind: 'int', low: 2, high: 12, log: false });
  expect(axis('KIND')).toEqual({ kind: 'choice', low: 0, high: 2, log: false });
  expect(axis('FLAT')).toEqual({ kind: 'choice', low: 0, high: 1, log: false });
});

test('without a range the bounds follow from the value: powers stay powers, signs stay, 0.95 stays below 1', () => {
  expect(axis('BATCH')).toEqual({ kind: 'int', low: 2, high: 8, log: false });
  expect(axis('MOMENTUM')).toMatchObject({ kind: 'float', log: true });
  expect(axis('SHIFT')).toEqual({ kind: 'float', low: 0.2, high: 20, log: true });
  expect(axis('WARM')).toEqual({ kind: 'int', low: 0, high: 4, log: false });
  expect(axis('BIAS')).toEqual({ kind: 'float', low: -1, high: 1, log: false });
  const settings = Array.from({ length: 50 }, (_, n) =>
    of().settings(sampleRandom(of().dimensions, random('t', n))),
  );
  for (const one of settings) {
    expect(Math.log2(Number(one.get('train.py:BATCH'))) % 1).toBe(0);
    expect(Number(one.get('train.py:MOMENTUM'))).toBeLessThan(1);
    expect(Number(one.get('train.py:SHIFT'))).toBeLessThan(0);
  }
});

test('an artifact lies where a sampler would have to ask for it, and none outside lies anywhere', () => {
  const space = of();
  const place = space.place(knobs.config);
  expect(place).not.toBeNull();
  const back = space.settings(place ?? []);
  for (const [id, setting] of back) {
    const now = knobs.config[id];
    if (typeof now === 'number') expect(setting).toBeCloseTo(now, 12);
    else expect(setting).toBe(now);
  }
  expect(space.place({ ...knobs.config, 'train.py:DEPTH': 13 })).toBeNull();
  expect(space.place({ ...knobs.config, 'train.py:KIND': 'rms' })).toBeNull();
  const { 'train.py:LR': _gone, ...fewer } = knobs.config;
  expect(space.place(fewer)).toBeNull();
});

test('settings are written in the spelling that is there; a task names knobs, and a method freezes them', () => {
  const text = (only: string[], params: number[], freeze: string[] = []): string => {
    const proposal = writeSettings(of(only, freeze).settings(params), knobs, new Map([['train.py', TRAIN]]));
    const [edit] = proposal?.edits ?? [];
    return edit?.kind === 'write' ? edit.content : 'nothing';
  };
  expect(text(['train.py:LR', 'train.py:KIND'], [1e-3, 2])).toContain('LR = 1e-3  #');
  expect(text(['train.py:LR', 'train.py:KIND'], [1e-3, 2])).toContain('KIND = "lion"  #');
  expect(text(['train.py:B*'], [3, 0.5])).toContain('BATCH = 8\n');
  expect(text(['train.py:DEPTH'], [6])).toBe('nothing');
  expect(text(['train.py:DEPTH'], [7], ['train.py'])).toBe('nothing');
});

test('random settings follow from the seed alone and reach all of the space', () => {
  const draw = (n: number): number[] => sampleRandom(of().dimensions, random('sweep', n));
  expect(draw(1)).toEqual(draw(1));
  const drawn = Array.from({ length: 200 }, (_, n) => draw(n));
  of().dimensions.forEach(({ axis: { kind, low, high } }, index) => {
    const values = drawn.map((one) => one[index] ?? Number.NaN);
    expect(values.every((value) => value >= low && value <= high)).toBe(true);
    if (kind !== 'float') expect(new Set(values).size).toBe(high - low + 1);
  });
});
