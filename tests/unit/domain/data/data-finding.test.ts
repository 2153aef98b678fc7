import { expect, test } from 'vitest';
import { dataFinding } from '../../../../src/domain/data/data-finding.js';
import { readItems } from '../../../../src/domain/data/read-items.js';
import { draws, times } from '../../../support/draws.js';

const { normal } = draws('data');
const anchor = times(400, () => ({ x: normal() }));
const fresh = (n: number, spread = 1) => times(n, () => ({ x: spread * normal() }));
const judge = (items: readonly Record<string, unknown>[], real?: string) =>
  dataFinding({ items, anchor }, { descriptor: 'x', real });

test('data like the anchor is let through, a narrow one is not', () => {
  expect(judge(fresh(64))).toBeNull();
  expect(judge(fresh(64, 0.4))).toMatch(/^data-collapse: the spread is 0\.\d+ of the real data's/);
});

test('a quarter of the items must be real where they are marked', () => {
  const marked = (share: number) => fresh(64).map((item, at) => ({ ...item, real: at < 64 * share }));
  expect(judge(marked(0.5), 'real')).toBeNull();
  expect(judge(marked(0.2), 'real')).toContain('less than a quarter');
  expect(judge(marked(0.2))).toBeNull();
});

test('an item that cannot be described hides nothing, and too few items are none', () => {
  expect(judge([...fresh(64), { y: 1 }])).toContain('1 of 65 items have no x');
  expect(judge(fresh(5))).toContain('only 5 items');
});

test('JSON lines and CSV are read, and a line that is neither has no fields', () => {
  expect(readItems('a.jsonl', '{"x": 1}\n\nnonsense\n[3]\n')[0]).toEqual({ x: 1 });
  expect(readItems('a.jsonl', 'nonsense')).toEqual([{}]);
  const csv = 'x,text,real\r\n1.5,"a, ""b""",true\r\n2,,\r\n';
  expect(readItems('a.csv', csv)).toEqual([
    { x: '1.5', text: 'a, "b"', real: 'true' },
    { x: '2', text: '', real: '' },
  ]);
});

test('a text is described by its length, a numeral by its value', () => {
  const texts = times(64, (at) => ({ x: 'w'.repeat(1 + (at % 10)) }));
  const lengths = times(64, (at) => ({ x: 1 + (at % 10) }));
  expect(dataFinding({ items: texts, anchor: lengths }, { descriptor: 'x' })).toBeNull();
});
