import { expect, test } from 'vitest';
import { pickWeighted, random } from '../../../src/domain/random.js';

test('the same seed gives the same stream, another seed another one', () => {
  const draws = (...seed: (string | number)[]) => {
    const stream = random(...seed);
    return Array.from({ length: 5 }, () => stream.next());
  };
  expect(draws(1, 'a')).toEqual(draws(1, 'a'));
  expect(draws(1, 'a')).not.toEqual(draws(2, 'a'));
  expect(draws(1, 'a')).not.toEqual(draws(1, 'b'));
  expect(draws(1, 12)).not.toEqual(draws(11, 2));
});

test('the first draws of consecutive seeds are spread evenly', () => {
  const bins = Array.from({ length: 10 }, () => 0);
  for (let seed = 0; seed < 5000; seed++) {
    const bin = Math.floor(random('experiment', seed).next() * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  for (const count of bins) expect(Math.abs(count - 500)).toBeLessThan(100);
});

test('a weighted pick follows its weights and never leaves the list', () => {
  const options = [
    { name: 'a', weight: 1 },
    { name: 'b', weight: 3 },
  ];
  expect(pickWeighted(0, options).name).toBe('a');
  expect(pickWeighted(0.26, options).name).toBe('b');
  expect(pickWeighted(0.999999, options).name).toBe('b');
  expect(() => pickWeighted(0, [])).toThrow(RangeError);
});
