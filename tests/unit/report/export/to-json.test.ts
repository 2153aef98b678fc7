import { expect, test } from 'vitest';
import { toJson } from '../../../../src/report/export/to-json.js';
import { loopRecord } from '../../../support/loop-record.js';

test('the JSON holds the whole record', () => {
  const record = loopRecord({ experiments: 5, scenario: 'hostile' });
  expect(JSON.parse(toJson(record))).toEqual({ v: 1, ...record });
});
