import { expect, test } from 'vitest';
import { withoutChange } from '../../../../src/domain/transfer/artifacts.js';
import { transferReport } from '../../../../src/domain/transfer/transfer-report.js';
import { around, branchOn, planOf, rowsOn } from '../../../support/transfer-record.js';

const plan = planOf();
const verdicts = (rows: Parameters<typeof transferReport>[2]) => {
  const report = transferReport('toy/one', plan, rows);
  return {
    whole: report?.whole.verdict,
    changes: report?.changes.map(({ experiment, verdict }) => [experiment, verdict]),
  };
};

test('a change that pays on every other class holds everywhere, one that pays on one of them on some', () => {
  const rows = [...branchOn('a', [9, 8, 7, 6]), ...branchOn('b', [90, 80, 95, 60])];
  expect(verdicts(rows)).toEqual({
    whole: 'holds everywhere',
    changes: [
      [1, 'holds everywhere'],
      [3, 'holds on some'],
      [4, 'holds everywhere'],
    ],
  });
});

test("a change that gains nothing or loses on every other class is one of the loop's own class only", () => {
  const rows = [...branchOn('a', [9, 9.5, 8, 9.4]), ...branchOn('b', [90, 95, 80, 90])];
  expect(verdicts(rows)).toEqual({
    whole: 'only here',
    changes: [
      [1, 'only here'],
      [3, 'holds everywhere'],
      [4, 'only here'],
    ],
  });
});

test('a metric that never varies is decided by three seeds; nothing gained is not a gain', () => {
  const still = (value: number) => () => value;
  const rows = rowsOn(
    'a',
    { 'at 0': still(9), 'at 1': still(9), 'at 3': still(8), 'at 4': still(8) },
    { pairs: 3 },
  );
  expect(verdicts(rows).changes).toEqual([
    [1, 'only here'],
    [3, 'holds everywhere'],
    [4, 'only here'],
  ]);
});

test('noise as large as the gain leaves it undecided, and two pairs never say anything', () => {
  const noisy = (pair: number) => 9 + (pair % 2 === 0 ? 3 : -3);
  expect(verdicts(rowsOn('a', { 'at 0': noisy, 'at 1': () => 8 })).changes).toEqual([[1, 'undecided']]);
  expect(verdicts(rowsOn('a', { 'at 0': around(9), 'at 1': around(5) }, { pairs: 2 })).changes).toEqual([
    [1, 'undecided'],
  ]);
});

test('what runs out of memory on another class does not hold there, whatever it gains where it ran', () => {
  const never = transferReport('toy/one', plan, [...rowsOn('a', { 'at 0': around(9), 'at 1': () => null })]);
  expect(never?.changes[0]).toMatchObject({ verdict: 'only here', classes: [{ pairs: 0, failed: 10 }] });
  const once = transferReport(
    'toy/one',
    plan,
    rowsOn('a', { 'at 0': around(9), 'at 1': (pair) => (pair === 4 ? null : around(5)(pair)) }),
  );
  expect(once?.changes[0]).toMatchObject({ verdict: 'undecided', classes: [{ pairs: 9, failed: 1 }] });
});

test('the smallest gain that the task counts is asked of the other class too, by its own baseline', () => {
  const asked = planOf({ acceptance: { rule: 'strict', minEffect: '5%' } });
  const rows = rowsOn('a', { 'at 0': around(100), 'at 1': around(98) });
  expect(transferReport('toy/one', plan, rows)?.changes[0]?.verdict).toBe('holds everywhere');
  expect(transferReport('toy/one', asked, rows)?.changes[0]?.verdict).toBe('only here');
});

test('what stands without a change is told beside the change in its place', () => {
  const rows = [
    ...branchOn('a', [9, 8, 7, 6]),
    ...rowsOn('a', { [withoutChange(4, 1)]: around(6), [withoutChange(4, 3)]: around(8) }),
  ];
  const [first, second, last] = transferReport('toy/one', plan, rows)?.changes ?? [];
  expect(first?.leftOut[0]?.verdict).not.toBe('holds');
  expect(second?.leftOut).toMatchObject([{ device: 'a', verdict: 'holds' }]);
  expect(last?.leftOut).toEqual([]);
});

test('studies on other seeds are put together, pairs never are', () => {
  const one = rowsOn('a', { 'at 0': around(9), 'at 1': around(8) }, { id: 'first', pairs: 4 });
  const two = rowsOn('a', { 'at 0': around(9), 'at 1': around(8) }, { id: 'second', pairs: 3 });
  expect(transferReport('toy/one', plan, [...one, ...two])?.changes[0]?.classes[0]?.pairs).toBe(7);
  const apart = [
    ...one.filter(({ artifact }) => artifact === 'at 0'),
    ...two.filter(({ artifact }) => artifact === 'at 1'),
  ];
  expect(transferReport('toy/one', plan, apart)?.changes).toEqual([]);
});

test("runs on the loop's own class are no transfer, and without others there is nothing to tell", () => {
  expect(transferReport('toy/one', plan, branchOn('cpu', [9, 8, 7, 6]))).toBeNull();
  expect(transferReport('toy/one', plan, [])).toBeNull();
});

test('classes stand by name, whichever had the first run that ended', () => {
  const [a, b] = [branchOn('a', [9, 8, 7, 6]), branchOn('b', [90, 80, 95, 60])];
  expect(transferReport('toy/one', plan, [...b, ...a])).toEqual(
    transferReport('toy/one', plan, [...a, ...b]),
  );
});
