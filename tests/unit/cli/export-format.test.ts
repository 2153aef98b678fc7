import { expect, test } from 'vitest';
import { exportFormat } from '../../../src/cli/export-format.js';

const chosen = (asked: Partial<Parameters<typeof exportFormat>[0]>): string =>
  exportFormat({ format: undefined, json: undefined, output: undefined, ...asked });

test('the ending of the file picks the format where none is named', () => {
  expect(chosen({ output: 'k.csv' })).toBe('csv');
  expect(chosen({ output: 'out/K.JSON' })).toBe('json');
  expect(chosen({ output: 'results.tsv' })).toBe('tsv');
  expect(chosen({ output: 'results.txt' })).toBe('tsv');
  expect(chosen({})).toBe('tsv');
});

test('--json and --format are stronger than the ending, and --format the strongest', () => {
  expect(chosen({ json: true, output: 'k.csv' })).toBe('json');
  expect(chosen({ format: 'tsv', json: true, output: 'k.csv' })).toBe('tsv');
});

test('an unknown format is refused with the nearest one', () => {
  expect(() => chosen({ format: 'cvs' })).toThrow(/"cvs" is not a format.*"csv"/);
});
