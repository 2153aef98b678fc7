import { expect, test } from 'vitest';
import type { AblationResult, Arm } from '../../../../src/contract/ablation.js';
import { ablationReport } from '../../../../src/domain/ablation/ablation-report.js';
import { ablationMarkdown } from '../../../../src/report/ablation/ablation-markdown.js';
import { ablationSvg } from '../../../../src/report/ablation/ablation-svg.js';
import { ablationText } from '../../../../src/report/ablation/ablation-text.js';
import { ablationInput, cellEnd } from '../../../support/ablation.js';

const ARMS: Arm[] = ['A', 'B', 'H'];

const result = (more: Partial<AblationResult> = {}): AblationResult => ({
  planned: 9,
  searches: [],
  running: [],
  stopped: null,
  cells: [0, 1, 2].flatMap((repeat) => [
    cellEnd({ arm: 'A', repeat, u: 0.1 }),
    cellEnd({ arm: 'B', repeat, u: 0.3 + 0.1 * repeat }),
    cellEnd({
      arm: 'H',
      repeat,
      ...(repeat === 1 ? { u: null, failed: 'it <b>broke</b> | badly' } : { u: 0.1 }),
    }),
  ]),
  ...more,
});

const report = (more: Partial<AblationResult> = {}) =>
  ablationReport(ablationInput({ arms: ARMS, n: 3 }), result(more));

test('table, terminal and figure tell the same difference with its interval', () => {
  const said = '+0.300 [+0.052, +0.548]';
  expect(ablationMarkdown(report())).toContain(
    '| +0.300 | [+0.052, +0.548] | +0.300 | +3.000 | 3 / 0 / 0 | 0 | .250 | .500 | 2.93 |',
  );
  expect(ablationText(report())).toMatch(/B − A +\+0\.300 +\[\+0\.052, \+0\.548\]/);
  expect(ablationSvg(report())).toContain(said);
});

test('every row of the table has as many cells as its head, whatever was said by whom', () => {
  const lines = ablationMarkdown(report()).split('\n');
  const heads = lines.flatMap((line, at) => (line.startsWith('| ---') ? [at - 1] : []));
  for (const at of heads) {
    const width = (line = ''): number => line.replaceAll('\\|', '').split('|').length;
    const end = lines.findIndex((line, after) => after > at && !line.startsWith('|'));
    for (const row of lines.slice(at, end)) expect(width(row)).toBe(width(lines[at]));
  }
});

test('a failed loop is named with its reason, and an ablation that was stopped says so', () => {
  const markdown = ablationMarkdown(report({ stopped: 'cancelled' }));
  expect(markdown).toContain('- H on one, repeat 1: it &lt;b>broke&lt;/b> \\| badly');
  expect(markdown).toContain('**Stopped (cancelled): this is not whole.**');
  expect(ablationText(report())).toContain('Failed: H on one, repeat 1');
});

test('the figure is one drawing with a row for each arm but A, and stands without any pair', () => {
  const svg = ablationSvg(report());
  expect(svg.match(/class="arm"/g)).toHaveLength(2);
  expect(svg.match(/class="pair"/g)).toHaveLength(3 + 2);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  const empty = ablationSvg(report({ cells: [] }));
  expect(empty).toContain('No pair has ended.');
  expect(empty).not.toMatch(/NaN|Infinity/);
});

test('an arm that does the same on every seed is told, as its repeats are one', () => {
  expect(ablationMarkdown(report())).toContain('A came to the same on every seed');
  expect(ablationText(report())).not.toContain('B came to the same');
});

test('without A the figure shows the contrasts that were asked for', () => {
  const arms: Arm[] = ['S', 'C'];
  const cells = [0, 1, 2].flatMap((repeat) => [
    cellEnd({ arm: 'S', repeat, u: 0.1 }),
    cellEnd({ arm: 'C', repeat, u: 0.3 + 0.1 * repeat }),
  ]);
  const svg = ablationSvg(ablationReport(ablationInput({ arms, n: 3 }), result({ cells })));
  expect(svg).toContain('C − S');
  expect(svg).toContain('+0.300 [+0.052, +0.548]');
  expect(svg).not.toMatch(/against A|No pair/);
});
