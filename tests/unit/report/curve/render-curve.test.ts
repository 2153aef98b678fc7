import { expect, test } from 'vitest';
import { renderCurve } from '../../../../src/report/curve/render-curve.js';
import { loopRecord, type RecordOptions } from '../../../support/loop-record.js';

const curve = (options: RecordOptions): string => renderCurve({ record: loopRecord(options) });
const count = (svg: string, pattern: RegExp): number => svg.match(pattern)?.length ?? 0;

test('each experiment is one mark with its number, outcome and idea as a title', () => {
  const svg = curve({ experiments: 40 });
  expect(count(svg, /<title>#\d+ /g)).toBe(40);
  expect(svg).toMatch(/<title>#\d+ keep · 2\.\d+ \(\+[\d.]+ %\)\n/);
});

test('the axis says what is plotted and which way is better', () => {
  expect(curve({ experiments: 5 })).toContain('↓ lower is better');
  expect(curve({ experiments: 5, direction: 'maximize' })).toContain('↑ higher is better');
});

test('more than two decades of kept scores are drawn on a log scale', () => {
  expect(curve({ experiments: 200, scenario: 'decades' })).toContain('log scale');
  expect(curve({ experiments: 200 })).not.toContain('log scale');
});

test('an exploded run is an arrow at the edge and does not flatten the curve', () => {
  const record = loopRecord({ experiments: 40 });
  const worst = record.experiments.find(({ outcome }) => outcome === 'discard');
  if (worst !== undefined) worst.value = 1e12;
  const svg = renderCurve({ record });
  expect(svg).toContain('above the plot');
  expect(svg).toContain('class="m discarded clip"');
  expect(svg).toContain('>2.4</text>');
});

test('the light and the dark picture have a background of their own, and auto has both', () => {
  const record = loopRecord({ experiments: 5 });
  expect(renderCurve({ record, theme: 'light' })).toContain('.paper{fill:#ffffff}');
  expect(renderCurve({ record, theme: 'dark' })).not.toContain('.paper{fill:#ffffff}');
  expect(renderCurve({ record, theme: 'auto' })).toContain('prefers-color-scheme:dark');
});

test.each([
  { experiments: 0 },
  { experiments: 1 },
  { experiments: 12, scenario: 'crash-only' },
  { experiments: 6, scenario: 'no-baseline' },
  { experiments: 30, scenario: 'hostile' },
  { experiments: 5000 },
] as RecordOptions[])('%j gives finite coordinates only', (options) => {
  const svg = curve(options);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg).toMatch(/<\/svg>\n$/);
});

test('a keep that settled after a later number takes over where it settled', () => {
  const record = loopRecord({ experiments: 2, seed: 2 });
  const [, first, second] = record.experiments;
  if (first === undefined || second === undefined) throw new Error('two experiments were asked for');
  Object.assign(first, { outcome: 'keep', value: 2.1, settledAt: second.settledAt + 5000 });
  Object.assign(second, { outcome: 'keep', value: 2.2 });
  expect(renderCurve({ record })).toContain('incumbent 2.100000 from experiment 1');
});
