import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CURVE_CELLS } from '../../../../src/contract/course-limits.js';
import {
  CELLS,
  hopeless,
  type Behind,
  type Curve,
  type StopRule,
} from '../../../../src/domain/early-stop/hopeless.js';

interface Case {
  name: string;
  own: Curve;
  incumbent: Curve;
  rule: StopRule;
  behind: Behind | null;
}

const file = new URL('../../../fixtures/contract/early-stop.json', import.meta.url);
const CASES = JSON.parse(readFileSync(file, 'utf8')) as Case[];

test.each(CASES)('$name: judged as the device worker judges it', ({ own, incumbent, rule, behind }) => {
  const found = hopeless(own, incumbent, rule);
  expect(found === null).toBe(behind === null);
  if (found === null || behind === null) return;
  expect(found.share).toBeCloseTo(behind.share, 9);
  expect(found.loss).toBeCloseTo(behind.loss, 9);
  expect(found.incumbent).toBeCloseTo(behind.incumbent, 9);
});

test('domain and contract cut a budget into as many parts', () => {
  expect(CELLS).toBe(CURVE_CELLS);
});
