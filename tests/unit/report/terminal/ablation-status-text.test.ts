import { expect, test } from 'vitest';
import { ablationStatusText } from '../../../../src/report/terminal/ablation-status-text.js';
import { cellEnd } from '../../../support/ablation.js';

const known = { id: 'ablation/outer-1a2b3c4d', ended: false, ui: null };
const progress = {
  planned: 6,
  searches: [],
  running: ['ablation/outer-1a2b3c4d/S/sine.1'],
  cells: [
    cellEnd({ arm: 'A', repeat: 0, u: 0.2 }),
    cellEnd({ arm: 'A', repeat: 1, u: 0.4 }),
    cellEnd({ arm: 'S', repeat: 0, u: null, failed: 'crashed' }),
  ],
};

test('a look at an ablation says how far it is, arm by arm, and what runs', () => {
  expect(ablationStatusText(known, progress)).toBe(
    [
      'ablation/outer-1a2b3c4d  running',
      '  3 of 6 loops have ended',
      '  A   2 ended, mean u 0.300',
      '  S   0 ended, 1 failed, mean u –',
      '  runs ablation/outer-1a2b3c4d/S/sine.1',
    ].join('\n'),
  );
});

test('one that stands still says why, and one that has ended says so', () => {
  const [paused] = ablationStatusText(known, { ...progress, paused: 'by a person: night' }).split('\n');
  expect(paused).toBe('ablation/outer-1a2b3c4d  paused by a person: night');
  const [stopping] = ablationStatusText(known, { ...progress, stopping: 'no need' }).split('\n');
  expect(stopping).toBe('ablation/outer-1a2b3c4d  stopping: no need');
  expect(ablationStatusText({ ...known, ended: true, ui: 'http://ui' }, progress)).toMatch(
    /d {2}ended\n[^]*history {3}http:\/\/ui$/,
  );
});
