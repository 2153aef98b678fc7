import { expect, test } from 'vitest';
import { withoutChange } from '../../../../src/domain/transfer/artifacts.js';
import { transferReport } from '../../../../src/domain/transfer/transfer-report.js';
import { transferSection } from '../../../../src/report/html/transfer-section.js';
import { transferText } from '../../../../src/report/transfer/transfer-text.js';
import { around, branchOn, planOf, rowsOn } from '../../../support/transfer-record.js';

const plan = planOf();
const report = transferReport('toy/one', plan, [
  ...branchOn('a', [9, 8, 7, 6]),
  ...rowsOn('a', { [withoutChange(4, 3)]: around(8) }),
  ...rowsOn('b', { 'at 0': around(90), 'at 1': () => null }, { pairs: 3 }),
]);

test('a terminal is told each change with its verdict, and each class with gain, interval and pairs', () => {
  const text = report === null ? '' : transferText(report, 120);
  expect(text).toContain('toy/one: what was kept on cpu, measured elsewhere (loss, minimize)');
  expect(text).toMatch(/all 3 kept changes: holds everywhere\n {5}a +holds +\+\d+\.\d %.* 10 pairs, e/);
  expect(text).toMatch(/#1 idea 1: holds on some: a; not b\n/);
  expect(text).toMatch(/ b +does not hold +no pair +0 pairs, 3 failed with it/);
  expect(text).toMatch(/#3 idea 3.*\n.*\n +a +holds .*what stands beside itself without it/);
  expect(text).toContain('b: unchanged 90');
  for (const line of report === null ? [] : transferText(report, 70).split('\n').slice(5, -2))
    expect(line.length).toBeLessThanOrEqual(70);
});

test('the page shows the same, with text of models as text', () => {
  const changes = report?.changes.map((one) => ({ ...one, idea: '<script>x</script>' })) ?? [];
  const page = transferSection(report === null ? null : { ...report, changes });
  expect(page).toMatch(/On other devices.*#1.*&lt;script&gt;.*does not hold/);
  expect(page).not.toContain('<script>');
  expect(transferSection(null)).toBe('');
});
