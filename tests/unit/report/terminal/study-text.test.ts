import { expect, test } from 'vitest';
import { studyText } from '../../../../src/report/terminal/study-text.js';
import { sampleRun } from '../../../fixtures/report/sample-run.js';

const study = (role: 'candidate' | 'incumbent', tail: string) => ({
  ...sampleRun({ role, value: 0.5, index: 1, sandbox: 'none' }),
  detail: 'u 0.5000 over 2 child loops',
  tail,
});

test('each measurement is told with the loops below it', () => {
  const text = studyText([study('candidate', 'a.0: u 1\nb.0: u 0'), study('incumbent', 'a.0: u 0.2')]);
  expect(text.split('\n')).toEqual([
    'candidate, measurement 2: u 0.5000 over 2 child loops',
    '  a.0: u 1',
    '  b.0: u 0',
    '',
    'incumbent, measurement 2: u 0.5000 over 2 child loops',
    '  a.0: u 0.2',
  ]);
});

test('a measurement that failed before any loop ended says why and no more', () => {
  expect(studyText([study('candidate', '')])).toBe('candidate, measurement 2: u 0.5000 over 2 child loops');
});
