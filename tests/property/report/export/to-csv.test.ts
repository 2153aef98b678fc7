import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsv } from '../../../../src/report/export/to-csv.js';
import { parseCsv } from '../../../support/parse-csv.js';
import { loopRecord } from '../../../support/loop-record.js';

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('=1+1', '+cmd', '-2+3', '@SUM(A1)', 'a,"b"\r\nc', '-0.5', '\t=x', ' =x'),
);

test('any idea comes back from the CSV as one cell that no spreadsheet runs', () => {
  fc.assert(
    fc.property(text, text, (idea, reason) => {
      const record = loopRecord({ experiments: 1 });
      Object.assign(record.experiments[1] ?? {}, { idea, reason });
      const [header = [], , row = []] = parseCsv(toCsv(record));
      expect(row).toHaveLength(header.length);
      const cell = row[header.indexOf('idea')] ?? '';
      expect(/^[=+\-@\t]/.test(cell) && !/^[+-][\d.]/.test(cell)).toBe(false);
      expect(row[header.indexOf('outcome')]).toBe(record.experiments[1]?.outcome);
    }),
    { numRuns: 100 },
  );
});
