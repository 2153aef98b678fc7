import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { mutate } from '../../../../src/domain/proposers/mutate/mutate.js';
import { numeral } from '../../../../src/domain/proposers/mutate/numeral.js';
import { perturb } from '../../../../src/domain/proposers/mutate/perturb.js';
import { scan } from '../../../../src/domain/proposers/mutate/scan.js';
import { random } from '../../../../src/domain/random.js';

const name = fc
  .stringMatching(/^[a-z]{3,8}$/)
  .filter(
    (word) => !/^(?:while|true|false|none|null|yes|off|not|seed|version|use|from|import|print)$/.test(word),
  );
const float = fc
  .tuple(fc.constantFrom('', '-'), fc.nat(99), fc.nat(9999), fc.constantFrom('', 'e-3', 'e5', 'E+04'))
  .map(([sign, whole, part, e]) => `${sign}${String(whole)}.${String(part)}${e}`);
const number = fc.oneof(
  fc.integer({ min: -5000, max: 100_000 }).map(String),
  fc.constantFrom('1e-3', '64', '0x1F', '1_000_000', '.5', '0b101', '0', '0.0', '3e8'),
  float,
);
const python = fc
  .array(
    fc
      .tuple(name, fc.oneof(number, fc.constantFrom('True', 'False', "'3'", 'f(2, x[1], k=0.3)')), name)
      .map(([left, value, note]) => `${left} = ${value}  # ${note} 7`),
    { minLength: 1, maxLength: 12 },
  )
  .map((lines) => ['"""doc 1', 'x = 2"""', 'import os', ...lines].join('\n'));

const run = (path: string, text: string, seed: number, edits: number) =>
  mutate({ files: new Map([[path, text]]), literals: scan(path, text), edits }, random(seed));

const written = (proposal: ReturnType<typeof mutate>): string => {
  const edit = proposal?.edits[0];
  if (edit?.kind !== 'write') throw new Error('expected a write');
  return edit.content;
};

test('a mutation changes literals only, keeps their number and kinds, and repeats by its seed', () => {
  fc.assert(
    fc.property(python, fc.nat(), fc.integer({ min: 1, max: 4 }), (text, seed, edits) => {
      const proposal = run('a.py', text, seed, edits);
      if (proposal === null) return;
      expect(run('a.py', text, seed, edits)).toEqual(proposal);
      const after = written(proposal);
      const [old, now] = [scan('a.py', text), scan('a.py', after)];
      expect(now.map(({ kind }) => kind.type)).toEqual(old.map(({ kind }) => kind.type));
      const changed = now.filter((literal, at) => literal.text !== old[at]?.text);
      expect(changed.length).toBeGreaterThan(0);
      expect(changed.length).toBeLessThanOrEqual(edits);
      const blank = (source: string, literals: typeof old): string =>
        literals
          .toReversed()
          .reduce((rest, { start, end }) => `${rest.slice(0, start)}?${rest.slice(end)}`, source);
      expect(blank(after, now)).toBe(blank(text, old));
    }),
    { numRuns: 300 },
  );
});

const shape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  }
  return typeof value === 'string' ? value : typeof value;
};

test('JSON and YAML keep their structure, their strings and the types of their values', () => {
  const value = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.string(),
  );
  const document = fc.dictionary(name, fc.oneof(value, fc.array(value)), { minKeys: 1 });
  fc.assert(
    fc.property(document, fc.nat(), (data, seed) => {
      const json = JSON.stringify(data, null, 1);
      const proposal = run('a.json', json, seed, 3);
      if (proposal !== null) expect(shape(JSON.parse(written(proposal)))).toEqual(shape(data));
      const yaml = run('a.yaml', json, seed, 3);
      if (yaml !== null) expect(shape(parse(written(yaml)))).toEqual(shape(data));
    }),
    { numRuns: 200 },
  );
});

test('a perturbed number keeps its spelling: int-ness, radix, exponent, underscores, powers of two, sign and range', () => {
  const bounds = { signed: false, range: null };
  fc.assert(
    fc.property(number, fc.nat(), (text, seed) => {
      const next = perturb(text, bounds, random(seed));
      if (next === null) return;
      expect(next).not.toBe(text);
      const [old, now] = [text, next].map((one) => numeral(one.replace('-', '')));
      expect(now?.integer).toBe(old?.integer);
      if (!text.startsWith('0x')) expect(/[eE]/.test(next)).toBe(/[eE]/.test(text));
      expect(next.slice(0, 2) === '0x').toBe(text.startsWith('0x'));
      if (!text.startsWith('-')) expect(next.startsWith('-')).toBe(false);
      if (text === '64') expect(Math.log2(Number(next)) % 1).toBe(0);
      if (text === '1_000_000' && Number(next.replaceAll('_', '')) >= 1000)
        expect(next).toMatch(/^\d{1,3}(_\d{3})+$/);
    }),
    { numRuns: 500 },
  );
});

test('a declared range is never left, whatever the value was', () => {
  fc.assert(
    fc.property(number, fc.nat(), fc.integer({ min: 1, max: 50 }), (text, seed, width) => {
      const range = { low: 2, high: 2 + width };
      const next = perturb(text, { signed: true, range }, random(seed));
      if (next === null) return;
      const value = numeral(next.replace('-', '')).value * (next.startsWith('-') ? -1 : 1);
      expect(value).toBeGreaterThanOrEqual(range.low);
      expect(value).toBeLessThanOrEqual(range.high);
    }),
    { numRuns: 300 },
  );
});
