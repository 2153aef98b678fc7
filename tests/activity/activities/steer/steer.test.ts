import { CancelledFailure } from '@temporalio/activity';
import { expect, test } from 'vitest';
import type { Deps } from '../../../../src/activities/deps.js';
import { createSteer } from '../../../../src/activities/steer/steer.js';
import type { Prepared } from '../../../../src/contract/proposal.js';
import type { Steered, SteerRequest } from '../../../../src/contract/steer.js';
import { entry, quiet, type Workbench, workbench } from '../propose/workbench.js';
import { askSteer, guidedRequest, libraryMechanism, policyOf, steerRequest } from './mechanism-bench.js';

const TRAIN = 'LR = 0.1\nDEPTH = 6\nFAST = True\n';

const sweep = policyOf({ 'process/mechanism.js': libraryMechanism('sweep') });
const tabu = policyOf({ 'process/mechanism.js': libraryMechanism('tabu') });

/** The row that the ledger would have of a candidate. */
const settled = (bench: Workbench, prepared: Prepared, value: number): void => {
  if (prepared.status !== 'ready') throw new Error(prepared.reason);
  const { experiment, proposer, commit, tree, base, steering } = prepared;
  if (steering === undefined) throw new Error('nothing says what it was asked for');
  bench.history.push(entry({ experiment, proposer, commit, tree, base, steering, value }));
};

test('a sweep asks for one knob after another, and the engine makes each candidate without a proposer', async () => {
  const bench = workbench({ 'train.py': TRAIN });
  bench.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  let memory = steerRequest(bench, sweep).steering;
  const keys: string[] = [];
  for (let experiment = 1; experiment <= 4; experiment++) {
    const request = steerRequest(bench, sweep, { experiment, t: experiment - 1, steering: memory });
    const { guidance, ...rest } = await askSteer(bench, request);
    memory = { ...memory, ...rest };
    expect(rest.record.faults).toEqual([]);
    const proposal = guidedRequest(bench.request({}, { experiments: [experiment] }), sweep, guidance);
    const [prepared] = await bench.propose(proposal);
    if (prepared?.status !== 'ready') throw new Error(prepared?.reason);
    expect(prepared.proposer).toBe('mechanism');
    expect(prepared.steering?.compliance?.complied).toBe(true);
    keys.push(Object.keys(prepared.steering?.settings ?? {}).join(' '));
    settled(bench, prepared, 2);
  }
  expect(new Set(keys.flat())).toEqual(new Set(['train.py:LR', 'train.py:DEPTH']));
  expect(memory.record).toMatchObject({ calls: 4, nonIdentity: 4 });
});

test('what tabu forbids is not drawn again, and the row says that it was obeyed', async () => {
  const bench = workbench({ 'train.py': 'FAST = True\nSLOW = False\n' });
  bench.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  const [first] = await bench.propose(guidedRequest(bench.request({}), tabu));
  if (first === undefined) throw new Error('no candidate');
  settled(bench, first, 2);
  const { guidance } = await askSteer(bench, steerRequest(bench, tabu, { experiment: 2, t: 1 }));
  const failed = first.steering?.moves[0];
  expect(guidance.directive?.forbid).toHaveLength(1);
  // the same loop under another name would draw the same again
  const again = guidedRequest({ ...bench.request({}), loop: 'demo/t2' }, tabu, guidance);
  const [second] = await bench.propose(again);
  expect(second?.steering?.moves[0]?.knob).not.toBe(failed?.knob);
  expect(second?.steering?.compliance).toMatchObject({ complied: true, parts: { forbid: 'obeyed' } });
});

test('a mechanism is shown each verdict once, in order, and remembers across calls', async () => {
  const counting = policyOf({
    'process/mechanism.js': `export const meta = { name: 'count', domain: 'test', params: {} };
export const init = () => [];
export const observe = (trial, state) => [...state, trial.id];
export const propose = (c, state) => [{ why: String(c.trials.length) }, state];`,
  });
  const bench = workbench({ 'train.py': TRAIN });
  bench.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  let memory = steerRequest(bench, counting).steering;
  for (const ended of [[2, 1], [], [3]]) {
    for (const experiment of ended) bench.history.push(entry({ experiment, value: 2 }));
    memory = { ...memory, ...(await askSteer(bench, steerRequest(bench, counting, { steering: memory }))) };
  }
  expect(memory.state).toEqual([2, 1, 3]);
  expect(memory.record).toMatchObject({ calls: 3, nonIdentity: 0 });
});

test('a trial that is to be measured again comes with its files', async () => {
  const lucky = policyOf({
    'process/mechanism.js': `export const meta = { name: 'again', domain: 'test', params: {} };
export const init = () => null;
export const observe = (trial, state) => state;
export const propose = (c, state) => [{ replicate: { id: 4, n: 3 }, why: 'lucky?' }, state];`,
  });
  const bench = workbench({ 'train.py': TRAIN });
  bench.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  const commit = 'c'.repeat(40);
  bench.history.push(entry({ experiment: 4, outcome: 'keep', value: 0.1, commit, tree: 't', base: 'b' }));
  const { guidance } = await askSteer(bench, steerRequest(bench, lucky));
  expect(guidance.again).toMatchObject({ id: 4, n: 3, commit, tree: 't', base: 'b', judged: false });
});

test('a mechanism that breaks is told of and never asked again', async () => {
  const broken = policyOf({
    'process/mechanism.js': `export const meta = { name: 'broken', domain: 'test', params: {} };
export const init = () => null;
export const observe = (trial, state) => state;
export const propose = () => { for (;;); };`,
  });
  const bench = workbench({ 'train.py': TRAIN });
  bench.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  const first = await askSteer(bench, steerRequest(bench, broken));
  expect(first.record.faults[0]).toContain('fuel');
  expect(first.guidance.directive).toMatchObject({ why: expect.stringContaining('identity') as string });
  const steering = { ...steerRequest(bench, broken).steering, record: first.record };
  const second = await askSteer(bench, steerRequest(bench, broken, { steering }));
  expect(second.guidance.directive).toBeNull();
  expect(second.record.calls).toBe(1);
});

test('a search that is stuck starts from an elite that is not the incumbent', async () => {
  const restarts = policyOf({ 'process/process.yaml': 'restarts: { after: 3 }' });
  const bench = workbench({ 'train.py': TRAIN });
  const { base } = bench.request({});
  bench.history.push(entry({ experiment: 0, outcome: 'keep', value: 1, commit: base }));
  const incumbent = { experiment: 7, commit: base, branchCommit: base, value: 0.5, n: 1 };
  const calm = await askSteer(bench, steerRequest(bench, restarts, { incumbent, sinceKeep: 2 }));
  expect(calm).toMatchObject({ base: null, guidance: { parent: null } });
  const stuck = await askSteer(bench, steerRequest(bench, restarts, { incumbent, sinceKeep: 3 }));
  expect(stuck).toMatchObject({ base, guidance: { parent: 0 } });
});

test('a cancelled activity ends the step that it waits for', async () => {
  const bench = workbench({ 'train.py': TRAIN });
  bench.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  const environment = quiet();
  const runMechanism: Deps['runMechanism'] = (_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      environment.cancel();
    });
  const steer = createSteer({ ...bench.deps, runMechanism });
  const asked = environment.run<[SteerRequest], Steered, typeof steer>(steer, steerRequest(bench, sweep));
  await expect(asked).rejects.toBeInstanceOf(CancelledFailure);
});

test('what waits for its verdict is a trial that taught nothing, so that it is not asked for again', async () => {
  const bench = workbench({ 'train.py': TRAIN });
  bench.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  const first = await askSteer(bench, steerRequest(bench, sweep));
  const [move] = first.guidance.directive?.move ?? [];
  if (move === undefined) throw new Error('the sweep asks for nothing');
  const pending = [{ experiment: 1, operator: 'mechanism', moves: [move] }];
  const { record, state, observed } = first;
  const steering = { record, state, observed, pending };
  const second = await askSteer(bench, steerRequest(bench, sweep, { experiment: 2, steering }));
  expect(second.guidance.directive?.move).not.toEqual([move]);
});
