import type { LoopStatus } from '../../src/contract/loop.js';
import { loopRecord } from './loop-record.js';

const { experiments } = loopRecord({ experiments: 40 });

/** A loop in the middle of its work. */
export function loopStatus(change: Partial<LoopStatus> = {}): LoopStatus {
  return {
    loop: 'tiny-gpt/apr5',
    task: 'tiny-gpt',
    level: 0,
    phase: 'running',
    note: '',
    metric: { name: 'val_bpb', direction: 'minimize' },
    branch: 'autoresearch/apr5',
    incumbent: { experiment: 37, commit: 'c', branchCommit: 'b', value: 2.3214, n: 3 },
    promotion: null,
    holdout: null,
    baseline: { value: 2.412243, n: 3 },
    noise: { sigma: 0.00134, n: 3 },
    spent: { experiments: 40, deviceSeconds: 2000, dollars: 0.37, tokens: 414_000 },
    budget: { experiments: 100, dollars: 5, wallClock: 7200 },
    elapsedSeconds: 1463,
    outcomes: { keep: 11, discard: 26, crash: 3 },
    recent: experiments.slice(-8),
    running: [{ experiment: 41, idea: 'tie the embeddings', waitingFor: 'run on cpu' }],
    waiting: 1,
    awaitingApproval: [{ experiment: 39, idea: 'drop the bias', reason: 'confirmed' }],
    hints: ['try a smaller batch'],
    ...change,
  };
}
