import { expect, test } from 'vitest';
import { decide, type Question } from '../../../../src/domain/acceptance/decide.js';
import type { Measurement } from '../../../../src/contract/measurement.js';
import type { z } from 'zod';
import type { taskSchema } from '../../../../src/contract/task-schema.js';
import { taskWith } from '../../../support/loop-input.js';
import { measured } from '../../../support/recorded-loop.js';

const CANDIDATE = 'c'.repeat(40);
const INCUMBENT = 'a'.repeat(40);

const run = (role: 'candidate' | 'incumbent', index: number, value: number | null): Measurement =>
  measured(role, index, role === 'candidate' ? CANDIDATE : INCUMBENT, value);

type Rule = z.input<typeof taskSchema>['acceptance'];

const ask = (acceptance: Rule, measurements: Measurement[], more: Partial<Question> = {}) =>
  decide({
    direction: 'minimize',
    acceptance: taskWith({ acceptance }).acceptance,
    measurements,
    candidate: CANDIDATE,
    incumbent: { commit: INCUMBENT, value: 1, n: 3 },
    noise: { sigma: 0.1, n: 3 },
    ...more,
  });

test('strict keeps what is better on one run and discards a tie', () => {
  expect(ask({ rule: 'strict' }, [run('candidate', 0, 0.99)])).toMatchObject({ outcome: 'keep' });
  expect(ask({ rule: 'strict' }, [run('candidate', 0, 1)])).toMatchObject({ outcome: 'discard' });
});

test('a relative smallest effect is taken of the standing', () => {
  const rule = { rule: 'strict', minEffect: '5%' } as const;
  expect(ask(rule, [run('candidate', 0, 0.96)])).toMatchObject({ outcome: 'discard' });
  expect(ask(rule, [run('candidate', 0, 0.94)])).toMatchObject({ outcome: 'keep' });
});

test('floor calls a gain within k standard deviations inconclusive', () => {
  expect(ask({ rule: 'floor' }, [run('candidate', 0, 0.85)])).toMatchObject({ outcome: 'inconclusive' });
  expect(ask({ rule: 'floor' }, [run('candidate', 0, 0.75)])).toMatchObject({ outcome: 'keep' });
  expect(ask({ rule: 'floor' }, [run('candidate', 0, 1.2)])).toMatchObject({ outcome: 'discard' });
});

test('confirm asks for fresh pairs only after a good screening run', () => {
  const rule = { rule: 'confirm', n: 2 } as const;
  expect(ask(rule, [run('candidate', 0, 1.1)])).toMatchObject({ outcome: 'discard' });
  expect(ask(rule, [run('candidate', 0, 0.5)])).toMatchObject({
    decision: 'more',
    candidate: [1, 2],
    incumbent: [1, 2],
  });
});

test('confirm judges the fresh pairs alone: a lucky screening run is not kept', () => {
  const lucky = [
    run('candidate', 0, 0.1),
    ...[1, 2].flatMap((i) => [run('candidate', i, 1.01), run('incumbent', i, 1)]),
  ];
  expect(ask({ rule: 'confirm', n: 2 }, lucky)).toMatchObject({ outcome: 'discard' });
});

test('confirm needs the mean gain to pass z standard errors', () => {
  const pairs = (gains: number[]) => [
    run('candidate', 0, 0.5),
    ...gains.flatMap((gain, i) => [run('candidate', i + 1, 1 - gain), run('incumbent', i + 1, 1)]),
  ];
  expect(ask({ rule: 'confirm', n: 3 }, pairs([0.5, -0.3, 0.1]))).toMatchObject({ outcome: 'inconclusive' });
  expect(ask({ rule: 'confirm', n: 3 }, pairs([0.5, 0.4, 0.45]))).toMatchObject({ outcome: 'keep' });
});

test('confirm decides a metric without noise on one run', () => {
  const question = { noise: { sigma: 0, n: 3 } };
  expect(ask({ rule: 'confirm' }, [run('candidate', 0, 0.999)], question)).toMatchObject({
    outcome: 'keep',
  });
});

test('measurements of an incumbent that has since been replaced are no evidence', () => {
  const question = { incumbent: { commit: 'b'.repeat(40), value: 1, n: 1 } };
  const old = [run('candidate', 0, 0.5), run('candidate', 1, 0.5), run('incumbent', 1, 1)];
  expect(ask({ rule: 'confirm', n: 1 }, old, question)).toMatchObject({
    decision: 'more',
    candidate: [],
    incumbent: [1],
  });
});

test('a crash of the candidate decides at once', () => {
  expect(ask({ rule: 'confirm' }, [run('candidate', 0, null)])).toMatchObject({
    outcome: 'crash',
    reason: 'crashed',
  });
});

test('a seed that crashes the incumbent too says nothing about the candidate', () => {
  const both = [run('candidate', 0, 0.5), run('incumbent', 1, null), run('candidate', 1, null)];
  expect(ask({ rule: 'confirm', n: 1 }, both)).toMatchObject({ outcome: 'inconclusive' });
});

test.each(['sprt', 'paired-t', 'intensify', 'screen+sprt', 'confirm'] as const)(
  'a keep under %s says how often its few clean runs leave it possible to crash',
  (rule) => {
    const pairs = [0, 1, 2, 3].flatMap((i) => [run('candidate', i, 0.2 + 0.01 * i), run('incumbent', i, 1)]);
    const kept = ask({ rule, n: 3, nmax: 4 }, pairs, { noise: { sigma: 0.1, n: 12 } });
    expect(kept).toMatchObject({
      outcome: 'keep',
      reason: expect.stringContaining(
        '0 crashes in 4 runs: a crash rate up to 53 % is not excluded at 95 %',
      ) as string,
    });
  },
);

test('a crash that a bet counted as the worst of a pair is told with the keep', () => {
  const rule = { rule: 'sprt', evidence: 'bet', bound: 1, nmax: 200 } as const;
  const runs = Array.from({ length: 60 }, (_, i) => i).flatMap((i) => [
    run('incumbent', i, 1),
    run('candidate', i, i === 2 ? null : 0.1),
  ]);
  const kept = ask(rule, runs, { noise: { sigma: 0.1, n: 12 } });
  expect(kept).toMatchObject({
    outcome: 'keep',
    reason: expect.stringContaining('1 crash in 60 runs') as string,
  });
});
