import { expect, onTestFinished, test } from 'vitest';
import { createSettle } from '../../../src/activities/settle.js';
import type { LoopInput } from '../../../src/contract/loop.js';
import type { MethodInForce } from '../../../src/contract/method.js';
import type { ProposalPolicy } from '../../../src/contract/activities.js';
import { lessonSource } from '../../../src/domain/memory/lesson-source.js';
import { withWord } from '../../../src/domain/validation/holdout-words.js';
import { openLedger } from '../../../src/storage/ledger/index.js';
import { GOOD, openai, start } from '../../activity/activities/propose/model-bench.js';
import { freshDatabase } from '../../support/postgres.js';
import { IN_FORCE } from '../../support/method-in-force.js';
import { experiment } from '../storage/ledger/ledger-rows.js';

const CANARY = 'c4n4ry'.repeat(8);
const HOUR = 3_600_000;

const scene = async (server = [GOOD]) => {
  const { bench, server: model } = await start(server);
  const ledger = await openLedger(await freshDatabase());
  onTestFinished(async () => {
    await ledger.close();
  });
  await ledger.migrate();
  bench.deps.ledger = ledger;
  const now = Date.now();

  const inputOf = (loop: string, task: Record<string, unknown>): LoopInput => {
    const { task: parsed, source } = bench.request({ ...openai(), ...task });
    return { v: 1, loop, tag: 't', level: 0, task: parsed, source, forkedFrom: null };
  };

  /** An earlier loop with a discard, a crash and a keep that a holdout has confirmed. */
  const earlier = async (loop: string, task: Record<string, unknown> = {}, rows = told(loop)) => {
    const input = inputOf(loop, task);
    await ledger.openLoop({ loop, input, openedAt: now - 2 * HOUR });
    const memory = lessonSource(input);
    const settle = createSettle(bench.deps);
    const { source, tag } = input;
    const experiments = rows.map((row) => ({ ...row, commit: null, settledAt: now - HOUR }));
    const request = { loop, tag, source, tip: source.baseCommit, experiments, events: [] };
    // an answer that was lost is asked for again
    for (let attempt = 0; attempt < 2; attempt++)
      await settle(memory === null ? request : { ...request, memory });
  };

  /** What the model of a later loop is told. */
  const prompt = async (loop: string, task: Record<string, unknown> = {}, method?: ProposalPolicy) => {
    const input = inputOf(loop, task);
    await ledger.openLoop({ loop, input, openedAt: now });
    const rest = { loop, ...(method === undefined ? {} : { method }) };
    await bench.propose(bench.request({ ...openai(), ...task }, rest));
    return (
      model.seen
        .at(-1)
        ?.messages.map(({ content }) => content)
        .join('\n') ?? ''
    );
  };
  return { ledger, earlier, prompt };
};

const told = (loop: string) => [
  experiment(1, { loop, idea: 'LR 0.1 → 0.2 in train.py', reason: 'worse by 0.3' }),
  experiment(2, { loop, idea: 'LR 0.1 → 0.4 in train.py', reason: 'worse by 0.5' }),
  experiment(3, { loop, idea: 'drop the bias', outcome: 'crash', reason: 'exit code 1: KeyError' }),
  experiment(4, {
    loop,
    idea: 'warm up first',
    outcome: 'keep',
    reason: withWord('better by 0.2', {
      kind: 'keep',
      verdict: 'pays',
      record: CANARY,
      reason: null,
      left: null,
    }),
  }),
  experiment(5, { loop, idea: 'print the score', outcome: 'tampered', reason: 'the evaluator was changed' }),
];

const policyOf = ({ policy }: MethodInForce, memory: ProposalPolicy['memory']): ProposalPolicy => ({
  ...policy,
  memory,
  guidance: { directive: null, mechanism: null, parent: null },
});

test("a later loop's prompt has what an earlier one learnt, as hypotheses, and nothing of its holdout", async () => {
  const { ledger, earlier, prompt } = await scene();
  await earlier('demo/one');
  const text = await prompt('demo/two');
  expect(text).toContain('Hypotheses from earlier loops, to be re-tested');
  expect(text).toContain('LR 0.1 → 0.4 in train.py: not kept 2 times (1 loop');
  expect(text).toContain('drop the bias: failed once');
  expect(text).toContain('exit code 1: KeyError');
  expect(text).toContain('warm up first: kept once');
  expect(text).not.toMatch(/print the score|holdout|c4n4ry/);
  expect(JSON.stringify(await ledger.memory.lessons(''))).not.toMatch(/print the score|holdout|c4n4ry/);
});

test('the same idea in two loops is one lesson with both outcomes', async () => {
  const { earlier, prompt } = await scene();
  await earlier('demo/one');
  const idea = 'LR 0.2 → 0.25 in train.py';
  await earlier('demo/other', {}, [experiment(7, { loop: 'demo/other', idea, outcome: 'keep' })]);
  expect(await prompt('demo/two')).toMatch(/kept once, not kept 2 times \(2 loops/);
});

test('nobody is told anything where the task or the method says so', async () => {
  const { earlier, prompt } = await scene();
  await earlier('demo/one');
  for (const [index, memory] of ['off', { read: false }].entries())
    expect(await prompt(`demo/silent-${String(index)}`, { memory })).not.toContain('earlier loops');
  const silent = policyOf(IN_FORCE, { enabled: false, lessons: 5 });
  expect(await prompt('demo/method', {}, silent)).not.toContain('earlier loops');
  expect(await prompt('ablation/x/demo/A.0')).not.toContain('earlier loops');
  const brief = policyOf(IN_FORCE, { enabled: true, lessons: 1 });
  expect((await prompt('demo/brief', {}, brief)).match(/\(1 loop/g)).toHaveLength(1);
});

test('a task that is off leaves nothing to others, and no task is read that is not named', async () => {
  const { ledger, earlier, prompt } = await scene();
  await earlier('quiet/one', { name: 'quiet', memory: 'off' });
  expect(await ledger.memory.lessons('')).toEqual([]);
  await earlier('other/one', { name: 'other' });
  expect(await prompt('demo/alone')).not.toContain('earlier loops');
  const text = await prompt('demo/two', { memory: { from: ['oth*'] }, goal: 'Is a warm start better?' });
  expect(text).toContain('[task other] warm up first: kept once');
});

test('what was better in a single run is told as kept once its branch is promoted', async () => {
  const { earlier, prompt } = await scene();
  const loop = 'demo/one';
  const verdict = { rule: 'branch+promote', options: {}, evidence: { promoted: ['1'] } };
  await earlier(loop, {}, [
    experiment(1, { loop, idea: 'warm up first', outcome: 'provisional' }),
    experiment(2, { loop, idea: 'promote 1 change: #1', proposer: 'promotion', outcome: 'keep', verdict }),
  ]);
  const text = await prompt('demo/two');
  expect(text).toContain('warm up first: kept once, better in a single run once (1 loop');
  expect(text).not.toContain('promote 1 change');
});
