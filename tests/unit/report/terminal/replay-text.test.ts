import { expect, test } from 'vitest';
import { replay } from '../../../../src/domain/replay/replay.js';
import { replayText } from '../../../../src/report/terminal/replay-text.js';
import {
  acceptanceOf,
  recordedExperiment as experiment,
  recordedLoop,
} from '../../../support/recorded-loop.js';

const luck = experiment(1, 'keep', [9, 10.4, 10.2], { commit: 'base', values: [10, 10.1] });
const loop = recordedLoop([10], [luck, experiment(2, 'discard', [11]), experiment(3, 'keep', [8])]);
const shown = { columns: 120, all: false };

test('each keep stands beside what it came to when it was measured again', () => {
  const text = replayText(replay(loop, acceptanceOf({ rule: 'strict' })), shown);
  expect(text).toMatch(/ 1 {2}keep +keep +\+1 +-0.25 \[-2.2, \+1.7\], 2 pairs/);
  expect(text).toContain('1 other: not kept either way');
  expect(text).toContain('every verdict follows from it');
  expect(text).toContain(
    'Of 2 keeps, 1 was measured again in pairs: 1 (100 %) showed no gain; +1 of gain when kept, -0.25',
  );
});

test('what is unknown is counted, and an idea cannot move the cursor', () => {
  const nasty = { ...experiment(4, 'keep', [1]), idea: '\u001b[2Jgone' };
  const hostile = { ...loop, experiments: [...loop.experiments, nasty] };
  const text = replayText(replay(hostile, acceptanceOf({ rule: 'confirm', n: 2 })), {
    columns: 80,
    all: true,
  });
  expect(text).toMatch(/, \d unknown: the record lacks the runs/);
  expect(text).not.toContain('\u001b');
});

test('pairs that a rule decided by are starred where they are summed up too', () => {
  const kept = experiment(1, 'keep', [9, 9.1, 9.2], { commit: 'base', values: [10, 10.1] });
  const options = acceptanceOf({ rule: 'confirm', n: 2 });
  const text = replayText(replay(recordedLoop([10, 10, 10.2], [kept]), options), shown);
  expect(text).toContain('1 was measured again in pairs*, all by those that decided: 0 (0 %) showed no gain');
  expect(text).toContain('* the rule decided by these very runs');
});

test('verdicts that only have another name are told apart from those that would have been another', () => {
  const rows = [experiment(1, 'keep', [9.9]), experiment(2, 'discard', [9.95]), experiment(3, 'keep', [5])];
  const found = replay(recordedLoop([10, 10.2, 9.8], rows), acceptanceOf({ rule: 'floor', repeats: 3 }));
  expect(found).toMatchObject({ changed: [1], renamed: [2] });
  expect(replayText(found, shown)).toContain(
    '1 verdict would have been another; 1 more, not kept either way, by name only.',
  );
});

test('where verdicts are unknown it is not said that nothing would have been kept', () => {
  const said = (rows: Parameters<typeof recordedLoop>[1]): string =>
    replayText(replay(recordedLoop([10], rows), acceptanceOf({ rule: 'confirm', n: 2 })), shown);
  expect(said([experiment(1, 'keep', [9])])).not.toContain('Nothing would have been kept');
  expect(said([experiment(1, 'discard', [11])])).toContain('Nothing would have been kept');
});
