import { expect, test } from 'vitest';
import type { LoopStatus } from '../../../../src/contract/loop.js';
import { currentDetails } from '../../../../src/domain/loop/details.js';
import { HOSTILE } from '../../../fixtures/report/texts.js';
import { loopStatus } from '../../../support/loop-status.js';

test('the details tell best, baseline, verdicts, what runs, what is left and how to intervene', () => {
  const text = currentDetails(loopStatus());
  expect(text).toContain('Best so far **2.321400** (experiment 37, gain +3.77 %), baseline 2.412243');
  expect(text).toContain('| 37 | **keep** | 2.321456 |');
  expect(text).toContain('- now #41 tie the embeddings (run on cpu)');
  expect(text).toContain('`autolift approve tiny-gpt/apr5 39`');
  expect(text).toContain('Left: experiments 60 of 100');
  expect(text).toContain('`autolift pause tiny-gpt/apr5`');
  expect(currentDetails(loopStatus({ phase: 'paused' }))).toContain('`autolift resume tiny-gpt/apr5`');
});

test('ideas cannot break the table, make links or bring markup', () => {
  const recent = [
    ...HOSTILE,
    'a | b',
    '[x](http://evil.example)',
    '`code` *bold* ![i](https://evil.example/p.png)',
  ].map((idea, experiment) => ({ experiment, outcome: 'discard' as const, idea, value: null, reason: idea }));
  for (let from = 0; from < recent.length; from += 4) {
    const text = currentDetails(
      loopStatus({ recent: recent.slice(from, from + 4), awaitingApproval: [], hints: [] }),
    );
    const rows = text.split('\n').filter((line) => /^\| \d/.test(line));
    expect(rows).toHaveLength(Math.min(4, recent.length - from));
    for (const row of rows) {
      expect(row.match(/\|/g)).toHaveLength(6);
      expect(row).not.toMatch(/[<>[\]`*]|https?:/);
    }
  }
});

test('the details stay small whatever the loop holds', () => {
  const idea = 'x'.repeat(100_000);
  const many = Array.from({ length: 300 }, (_, experiment) => ({
    experiment,
    idea,
    waitingFor: idea,
    reason: idea,
  }));
  const recent = many.map((each) => ({ ...each, outcome: 'crash' as const, value: null }));
  const text = currentDetails(
    loopStatus({ recent, running: many, awaitingApproval: many, hints: many.map(() => idea), note: idea }),
  );
  expect(text.length).toBeLessThan(6000);
});

test('a noise is said to come from what it was measured on', () => {
  const said = (noise: LoopStatus['noise']) => currentDetails(loopStatus({ noise }));
  expect(said({ sigma: 0.25, n: 10 })).toContain('noise σ 0.25 (10 runs)');
  expect(said({ sigma: 0.25, n: 10, from: 'pairs' })).toContain('noise σ 0.25 (pairs, 9 degrees of freedom)');
});
