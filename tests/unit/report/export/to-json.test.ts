import { standingsOf } from '../../../../src/report/standings.js';
import { expect, test } from 'vitest';
import { toJson } from '../../../../src/report/export/to-json.js';
import { loopRecord } from '../../../support/loop-record.js';

test('the JSON holds the whole record, and the scores that its loop believes', () => {
  const record = loopRecord({ experiments: 5, scenario: 'hostile' });
  const { baseline, incumbent } = standingsOf(record);
  expect(JSON.parse(toJson(record))).toEqual({ v: 1, ...record, standings: { baseline, incumbent } });
});
