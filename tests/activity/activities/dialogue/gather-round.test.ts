import { expect, test } from 'vitest';
import { createGatherRound } from '../../../../src/activities/dialogue/gather-round.js';
import type { RoundKind } from '../../../../src/contract/dialogue.js';
import type { FoundSighting, Recall } from '../../../../src/contract/lesson.js';
import type { LoopRecord } from '../../../../src/contract/ledger.js';
import { roundPrompt } from '../../../../src/domain/dialogue/round-prompt.js';
import { OPEN_DIALOGUE } from '../../../../src/domain/dialogue/open-dialogue.js';
import { entry, workbench } from '../propose/workbench.js';
import { researcher } from './dialogue-bench.js';

const FILES = {
  'program.md': 'You change how a loop searches.\n',
  'method/process/process.yaml': 'batch: 2\n',
};

const LESSON: FoundSighting = {
  lesson: '3f9c',
  loop: 'demo/earlier',
  task: 'demo',
  theme: 'sign flip',
  effect: 'helped',
  count: 1,
  idea: 'sign flip after two failures',
  evidence: 'pays: mean d 0.3',
  outcome: 'keep',
  experiment: 4,
  commit: null,
  level: 'R4',
  epoch: 0,
  evaluatorHash: null,
  deviceClass: null,
  rule: 'lift',
  firstAt: Date.now(),
  lastAt: Date.now(),
  relevance: 1,
};

const measured = (metrics: Record<string, number>) => ({ role: 'candidate', index: 3, metrics });

test('a round is shown u of each task, and the loop of each that got least far under the method that stands', async () => {
  const bench = workbench(FILES);
  const proposing = bench.request({
    level: 'R4',
    goal: 'get further',
    instructions: 'program.md',
    editable: ['method/process/**'],
    proposer: { kind: 'research' },
  });
  const metrics = { 'u/sine.0': 0.5, 'u/sine.1': 0.2, 'u/k-module.0': 0.7 };
  const rows = [
    {
      ...entry({ experiment: 1, outcome: 'keep', commit: proposing.base, idea: 'tabu' }),
      measurements: [measured(metrics)],
    },
    {
      ...entry({ experiment: 2, outcome: 'discard', commit: 'f'.repeat(40), idea: 'sweep' }),
      measurements: [],
    },
  ];
  const asked: string[] = [];
  const gather = createGatherRound({
    ...bench.deps,
    ledger: {
      ...bench.deps.ledger,
      record: () => Promise.resolve({ experiments: rows } as unknown as LoopRecord),
      history: (loop) => {
        asked.push(loop);
        return Promise.resolve([
          entry({ experiment: 0, outcome: 'keep' }),
          entry({
            experiment: 1,
            outcome: 'unconfirmed',
            reason: 'better; holdout: flat (record 1)',
            idea: 'raise lr',
          }),
        ]);
      },
    },
  });
  const input = await gather({
    proposing,
    researcher: researcher(),
    round: 'explore',
    dialogue: OPEN_DIALOGUE,
  });
  expect(asked).toEqual(['demo/t1/1-candidate-3/sine.1', 'demo/t1/1-candidate-3/k-module.0']);
  const { user } = roundPrompt(input);
  for (const part of [
    '#1 keep (u: sine 0.350, k-module 0.700): tabu',
    'sine.1: u 0.200; 1 verdict, keeps none; longest streak without a keep 1',
    '#1 discard',
    'raise lr',
    'batch: 2',
    'You change how a loop searches.',
    'get further',
  ])
    expect(user).toContain(part);
  expect(user).not.toContain('holdout');
});

test('what earlier outer loops have learnt is a hypothesis of the round in which hypotheses are made, and of no other', async () => {
  const bench = workbench(FILES);
  const task = { level: 'R4', editable: ['method/process/**'], proposer: { kind: 'research' } };
  const asked: Recall[] = [];
  const memory = {
    recall: (wanted: Recall) => {
      asked.push(wanted);
      return Promise.resolve([LESSON]);
    },
  };
  const gather = createGatherRound({ ...bench.deps, ledger: { ...bench.deps.ledger, memory } });
  const shown = async (round: RoundKind, more: object = {}) => {
    const proposing = bench.request({ ...task, ...more });
    const input = await gather({ proposing, researcher: researcher(), round, dialogue: OPEN_DIALOGUE });
    return roundPrompt(input).user;
  };
  expect(await shown('explore')).toMatch(/hypotheses from earlier loops[^]*sign flip after two failures/);
  expect(asked[0]?.words).toContain('process');
  expect(await shown('specify')).not.toContain('sign flip');
  expect(await shown('explore', { memory: 'off' })).not.toContain('sign flip');
});
