import { expect, test } from 'vitest';
import { readStandings } from '../../../../src/domain/loop/read-standings.js';
import { revertsOf } from '../../../../src/contract/reverts.js';
import { standingsOf } from '../../../../src/report/standings.js';
import { AT, event, experiment, LOOP, loopRow, modelCall, run } from './ledger-rows.js';
import { scratchLedger } from './open-ledger.js';

test('what is appended is read back exactly, verdicts in their order', async () => {
  const { ledger } = await scratchLedger();
  const rows = [
    experiment(0, {
      outcome: 'keep',
      against: null,
      measurements: [run({ role: 'baseline', commit: 'b'.repeat(40) })],
    }),
    experiment(3, { outcome: 'keep', branchCommit: 'f'.repeat(40), value: 5e-324 }),
    experiment(1, {
      outcome: 'crash',
      value: null,
      verdict: null,
      duplicateOf: null,
      measurements: [run({ status: 'crash', value: null, log: null, exitCode: null })],
    }),
    experiment(2, {
      outcome: 'refused',
      commit: null,
      tree: null,
      deviceClass: null,
      value: null,
      verdict: null,
      against: 3,
      measurements: [],
    }),
  ];
  const events = [event(0, { kind: 'opened' }), event(1)];
  await ledger.append({ experiments: rows.slice(0, 2), events });
  await ledger.append({ experiments: rows.slice(2), events: [] });
  const call = modelCall(`${LOOP}/1/1/0`, {
    transcript: { sha256: 'd'.repeat(64), bytes: 1, mediaType: 'x/y' },
  });
  await ledger.recordModelCall(call);
  expect(await ledger.record(LOOP)).toEqual({
    loop: loopRow(),
    experiments: rows,
    modelCalls: [call],
    events,
  });
  expect(await ledger.record('sine/none')).toBeNull();
});

test('what a method asked of a candidate is read back with its row, and by the history', async () => {
  const { ledger } = await scratchLedger();
  const steering = {
    directive: { forbid: [{ key: 'train.py:lr+' }], why: 'it failed twice' },
    mechanism: 'tabu',
    parent: 0,
    moves: [{ knob: 'train.py:depth', step: -2 }],
    settings: { 'train.py:depth': 3 },
    compliance: { complied: true, parts: { forbid: 'obeyed' } },
  };
  await ledger.append({ experiments: [experiment(1, { steering }), experiment(2)], events: [] });
  const record = await ledger.record(LOOP);
  expect(record?.experiments.map((row) => row.steering)).toEqual([steering, undefined]);
  const history = await ledger.history(LOOP, { limit: 10, tailsOf: [] });
  expect(history.map((row) => row.steering)).toEqual([steering, undefined]);
});

test('writing everything twice changes nothing', async () => {
  const { ledger } = await scratchLedger();
  const batch = { experiments: [experiment(1), experiment(2)], events: [event(0)] };
  const write = async (): Promise<void> => {
    await ledger.openLoop(loopRow());
    await ledger.append(batch);
    await ledger.recordModelCall(modelCall('k'));
  };
  await write();
  const before = await ledger.record(LOOP);
  await Promise.all([write(), write(), write()]);
  expect(await ledger.record(LOOP)).toEqual(before);
  await ledger.append({
    experiments: [experiment(2, { idea: 'another' }), experiment(3)],
    events: [event(1)],
  });
  const after = await ledger.record(LOOP);
  expect(after?.experiments.map(({ idea }) => idea)).toEqual(['idea 1', 'idea 2', 'idea 3']);
  expect(after?.events).toHaveLength(2);
});

test('a batch that cannot be written whole is not written at all', async () => {
  const { ledger } = await scratchLedger();
  const broken = experiment(2, { measurements: [run(), run({ index: 1, device: null as never })] });
  await expect(ledger.append({ experiments: [experiment(1), broken], events: [event(0)] })).rejects.toThrow();
  expect(await ledger.record(LOOP)).toMatchObject({ experiments: [], events: [] });
  await expect(
    ledger.append({ experiments: [experiment(1, { loop: 'no/loop' })], events: [] }),
  ).rejects.toThrow('foreign key');
});

test('text that PostgreSQL cannot hold is kept as well as it can be', async () => {
  const { ledger } = await scratchLedger();
  const hostile =
    String.raw`nul:` + '\0 half:\ud800 whole:\u{1F600} slashes:\\u0000 \\\\u0000 quote:" line:\n';
  const row = experiment(1, {
    idea: hostile,
    reason: hostile,
    measurements: [run({ tail: hostile, notes: [hostile] })],
  });
  await ledger.append({ experiments: [row], events: [event(0, { text: hostile })] });
  const readable = hostile.replace('\0', '\ufffd').replace('\ud800', '\ufffd');
  const [back] = (await ledger.record(LOOP))?.experiments ?? [];
  expect([back?.idea, back?.measurements[0]?.tail, back?.measurements[0]?.notes[0]]).toEqual([
    readable,
    readable,
    readable,
  ]);
});

test('a second loop of the same name is refused', async () => {
  const { ledger } = await scratchLedger();
  await expect(ledger.openLoop({ ...loopRow({ tag: 'other' }), loop: LOOP })).rejects.toThrow(
    /sine\/nov21: the ledger holds another loop of this name\n.*another tag/,
  );
});

test('earlier experiments are found by their tree, but not those that were cut short', async () => {
  const { ledger } = await scratchLedger();
  const tree = '7'.repeat(40);
  await ledger.openLoop(loopRow({ loop: 'sine/other' }));
  await ledger.append({
    experiments: [
      experiment(5, { tree }),
      experiment(4, { tree, outcome: 'crash' }),
      experiment(3, { tree, outcome: 'cancelled' }),
      experiment(6, { tree: '8'.repeat(40), outcome: 'cancelled' }),
      experiment(1, { tree: '9'.repeat(40), loop: 'sine/other' }),
    ],
    events: [],
  });
  const trees = [tree, '8'.repeat(40), '9'.repeat(40), 'x'];
  expect(await ledger.findByTree(LOOP, trees)).toEqual(new Map([[tree, 4]]));
  expect(await ledger.findByTree(LOOP, [])).toEqual(new Map());
});

test('a watcher gets each verdict once', async () => {
  const { ledger } = await scratchLedger();
  await ledger.append({ experiments: [experiment(2), experiment(1)], events: [] });
  const first = await ledger.experimentsSince(LOOP, 0);
  expect(first.map(({ experiment: { experiment: number } }) => number)).toEqual([2, 1]);
  await ledger.append({ experiments: [experiment(1), experiment(3)], events: [] });
  const next = await ledger.experimentsSince(LOOP, first.at(-1)?.position ?? 0);
  expect(next.map((entry) => entry.experiment)).toEqual([
    expect.objectContaining({ experiment: 3, settledAt: AT + 3 }),
  ]);
});

test('the list of loops counts', async () => {
  const { ledger } = await scratchLedger();
  await ledger.append({
    experiments: [
      experiment(0, { outcome: 'keep', value: 3 }),
      experiment(1, { outcome: 'keep', value: 2 }),
      experiment(2, { outcome: 'tampered', value: -99 }),
    ],
    events: [],
  });
  await ledger.openLoop({ ...loopRow({ loop: 'sine/new' }), openedAt: AT + 9 });
  expect(await ledger.loops()).toEqual([
    {
      epoch: 1,
      evaluatorHash: null,
      environment: null,
      task: 'sine',
      level: 0,
      experiments: 2,
      kept: 1,
      lastSettledAt: AT + 2,
      loop: LOOP,
      metric: { name: 'mse', direction: 'minimize' },
      openedAt: AT,
      saidLast: null,
      unmeasured: false,
    },
    expect.objectContaining({ loop: 'sine/new', experiments: 0, kept: 0, lastSettledAt: null }),
  ]);
});

test('of all loops at once the same scores are read as from the record of each', async () => {
  const { ledger } = await scratchLedger();
  const noisy = { commit: 'a'.repeat(40), outcome: 'keep' as const, value: 3 };
  const again = (value: number, index: number) =>
    run({ role: 'incumbent', commit: 'e'.repeat(40), index, value });
  const verdict = { rule: 'strict', options: {}, evidence: { candidate: [], incumbent: [] } };
  const kept = { candidate: [{ index: 0, value: 2 }], incumbent: [] };
  await ledger.append({
    experiments: [
      experiment(0, { ...noisy, measurements: [run({ role: 'baseline', value: 3 })] }),
      experiment(1, {
        outcome: 'keep',
        commit: 'e'.repeat(40),
        value: 2,
        verdict: { ...verdict, evidence: kept },
      }),
      experiment(2, { value: 9, verdict, measurements: [run(), again(4, 0), again(6, 1)] }),
      experiment(3, { value: 9, verdict, measurements: [run()] }),
      experiment(4, { value: null, verdict: null, outcome: 'cancelled', measurements: [again(99, 0)] }),
    ],
    events: [],
  });
  await ledger.openLoop(loopRow({ loop: 'sine/new' }));
  const [one, empty] = await ledger.standingRows();
  const record = await ledger.record(LOOP);
  if (one === undefined || record === null) throw new Error('no record');
  const read = readStandings({ ...one, reverts: revertsOf(one.reverted) });
  expect(read).toEqual(standingsOf(record));
  expect(read.incumbent).toMatchObject({ experiment: 1, value: 4, n: 3 });
  expect(read.baseline).toMatchObject({ experiment: 0, value: 3, n: 1 });
  expect(empty).toMatchObject({ loop: 'sine/new', rows: [], reverted: [] });
});

test('what was spent adds up, calls without an experiment too', async () => {
  const { ledger } = await scratchLedger();
  expect(await ledger.spent(LOOP)).toEqual({ experiments: 0, deviceSeconds: 0, dollars: 0, tokens: 0 });
  await ledger.append({
    experiments: [experiment(0), experiment(1, { measurements: [run(), run({ index: 1 })] })],
    events: [],
  });
  await ledger.recordModelCall(modelCall('a'));
  await ledger.recordModelCall(modelCall('b', { experiment: 9, status: 'malformed' }));
  expect(await ledger.spent(LOOP)).toEqual({
    experiments: 1,
    deviceSeconds: 3.75,
    dollars: 0.0246,
    tokens: 2200,
  });
});

test('a model call is found by its key', async () => {
  const { ledger } = await scratchLedger();
  await ledger.recordModelCall(modelCall('a'));
  expect(await ledger.findModelCall('a')).toEqual(modelCall('a'));
  expect(await ledger.findModelCall('b')).toBeNull();
});
