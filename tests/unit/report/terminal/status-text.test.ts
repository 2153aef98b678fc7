import { expect, test } from 'vitest';
import { finalSummary } from '../../../../src/report/terminal/final-summary.js';
import { statusText } from '../../../../src/report/terminal/status-text.js';
import { loopStatus } from '../../../support/loop-status.js';

test('the status tells phase, score, outcomes, spending, what is left and what it waits for', () => {
  expect(statusText(loopStatus({ note: 'waits for a person' })))
    .toBe(`tiny-gpt/apr5  running: waits for a person
  score     val_bpb ↓ incumbent 2.321400 (#37), gain +3.77 % over the baseline 2.412243, σ 0.0013
  outcomes  11 keep, 26 discard, 3 crash
  spent     40 experiments in 24m 23s (1.6/min), 33m 20s of device time, $0.37, 414,000 tokens
  left      60 experiments, 1h 35m of wall clock, $4.63
  branch    autoresearch/apr5
  running   #41 run on cpu · tie the embeddings
  waiting   1 prepared, waiting for a device
  approve?  #39 drop the bias
  hint      try a smaller batch`);
});

test('a loop without a score or a limit says so', () => {
  const text = statusText(loopStatus({ incumbent: null, budget: {} }));
  expect(text).toContain('no score yet');
  expect(text).toContain('no limit: it runs until it is stopped');
});

test('a run ends by naming score, branch, report and history', () => {
  const places = { ui: 'http://127.0.0.1:8233/x', report: 'report.html', repository: '/home/ada/x' };
  const text = finalSummary(loopStatus({ phase: 'done', note: 'budget' }), places);
  expect(text).toContain('tiny-gpt/apr5 done: budget');
  expect(text).toMatch(/branch +autoresearch\/apr5 in \/home\/ada\/x/);
  expect(text).toMatch(/report +report\.html/);
  expect(text).toMatch(/history +http:\/\/127\.0\.0\.1:8233\/x/);
});

test('one experiment and one token are told in the singular', () => {
  const spent = { experiments: 1, deviceSeconds: 3, dollars: 0, tokens: 1 };
  const text = statusText(loopStatus({ spent, budget: { experiments: 2, tokens: 2 } }));
  expect(text).toMatch(/spent +1 experiment in .*, 1 token\n/);
  expect(text).toMatch(/left +1 experiment, 1 token\n/);
});

test('what is provisional has a line of its own, and an ended loop says that it was never tested', () => {
  const promotion = { phase: 'scout', provisional: 2, head: null, scoutsLeft: 5 } as const;
  expect(statusText(loopStatus({ promotion }), 80)).toContain(
    'on trial  2 provisional changes, next promotion test in 5 candidates',
  );
  const ended = finalSummary(loopStatus({ promotion, phase: 'done' }), {});
  expect(ended).toContain('2 provisional changes that no test was made of');
});
