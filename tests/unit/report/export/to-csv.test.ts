import { expect, test } from 'vitest';
import { toCsv } from '../../../../src/report/export/to-csv.js';
import { loopRecord } from '../../../support/loop-record.js';
import { parseCsv } from '../../../support/parse-csv.js';

test('the real outcome, reason, seconds, dollars and secondary metrics are columns', () => {
  const [header = [], baseline = []] = parseCsv(toCsv(loopRecord({ experiments: 3 })));
  const value = (name: string) => baseline[header.indexOf(name)];
  expect(value('outcome')).toBe('keep');
  expect(value('reason')).toBe('baseline');
  expect(Number(value('seconds'))).toBeCloseTo(62.4);
  expect(value('metric.peak_vram_mb')).toBe('451.2');
  expect(value('metric.tokens_per_second')).toBe('18250');
  expect(value('dollars')).toBe('0');
});

test('a formula becomes text and a negative number stays a number', () => {
  const record = loopRecord({ experiments: 2 });
  Object.assign(record.experiments[1] ?? {}, { idea: '=HYPERLINK("http://x")' });
  Object.assign(record.experiments[2] ?? {}, { idea: '-0.5' });
  const [header = [], , formula = [], number = []] = parseCsv(toCsv(record));
  expect(formula[header.indexOf('idea')]).toBe(`'=HYPERLINK("http://x")`);
  expect(number[header.indexOf('idea')]).toBe('-0.5');
});

test('a mean is written without the last bit of its arithmetic', () => {
  const record = loopRecord({ experiments: 1 });
  Object.assign(record.experiments[0] ?? {}, { value: 50.29999999999999 });
  const [header = [], baseline = []] = parseCsv(toCsv(record));
  expect(baseline[header.indexOf('value')]).toBe('50.3');
});
