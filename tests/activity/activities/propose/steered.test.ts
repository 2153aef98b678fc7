import { expect, test } from 'vitest';
import { guidedRequest, policyOf } from '../steer/mechanism-bench.js';
import { edit, openai, start } from './model-bench.js';
import { entry, workbench } from './workbench.js';

const TRAIN = 'LR = 0.1\nDEPTH = 6\nFAST = True\n';
const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1);

test('frozen knobs are never drawn', async () => {
  const bench = workbench({ 'train.py': TRAIN });
  const policy = policyOf({ 'process/process.yaml': 'freeze: ["train.py:LR", "train.py:FA*"]' });
  const request = bench.request({ proposer: { kind: 'mutate', edits: 3 } }, { experiments: numbers(6) });
  for (const one of await bench.propose(guidedRequest(request, policy))) {
    if (one.status !== 'ready') continue;
    expect(Object.keys(one.steering?.settings ?? {})).toEqual(['train.py:DEPTH']);
  }
});

test('what a mechanism prefers is drawn more often', async () => {
  const bench = workbench({ 'train.py': 'A = 0.31\nB = 0.32\nC = 0.33\nD = 0.34\n' });
  const directive = { prefer: [{ p: { knob: 'train.py:C' }, w: 50 }], why: '' };
  const request = bench.request({}, { experiments: numbers(20) });
  const prepared = await bench.propose(
    guidedRequest(request, policyOf({ 'process/process.yaml': '' }), { directive }),
  );
  const ofC = prepared.filter(({ steering }) => steering?.moves.some(({ knob }) => knob === 'train.py:C'));
  expect(ofC.length).toBeGreaterThan(15);
});

test('a method without a mechanism still says what each candidate moved, and asks nothing of it', async () => {
  const bench = workbench({ 'train.py': 'FAST = True\n' });
  const [one] = await bench.propose(guidedRequest(bench.request({}), policyOf({ 'agent/prompt.md': 'x' })));
  expect(one?.steering).toEqual({
    directive: null,
    mechanism: null,
    parent: null,
    moves: [{ knob: 'train.py:FAST', to: false }],
    settings: { 'train.py:FAST': false },
    compliance: null,
  });
});

test('the row of a part of a run says that it was obeyed, or ignored where the loop gave whole ones only', async () => {
  const policy = policyOf({ 'process/process.yaml': '' });
  const directive = { fidelity: 0.25, why: '' };
  for (const [given, word] of [
    [{ fidelity: 0.25 }, 'obeyed'],
    [{}, 'ignored'],
  ] as const) {
    const bench = workbench({ 'train.py': TRAIN });
    const [one] = await bench.propose(guidedRequest(bench.request({}), policy, { directive, ...given }));
    expect(one?.steering?.fidelity).toBe('fidelity' in given ? 0.25 : undefined);
    expect(one?.steering?.compliance).toEqual({ complied: word === 'obeyed', parts: { fidelity: word } });
  }
  const again = { replicate: { id: 0, n: 2 }, why: '' };
  const bench = workbench({ 'train.py': TRAIN });
  const [one] = await bench.propose(guidedRequest(bench.request({}), policy, { directive: again }));
  expect(one?.steering?.compliance?.parts).toEqual({ replicate: 'ignored' });
});

test('files that had a part of a run are a duplicate only where they would get no more of one', async () => {
  const policy = policyOf({ 'process/process.yaml': '' });
  const bench = workbench({ 'train.py': TRAIN });
  const move = [{ knob: 'train.py:DEPTH', to: 7 }];
  const ask = async (experiment: number, fidelity: number) => {
    const given = fidelity < 1 ? { fidelity } : {};
    const guidance = { mechanism: 'halving', directive: { move, ...given, why: '' }, ...given };
    const request = bench.request({}, { experiments: [experiment] });
    const [one] = await bench.propose(guidedRequest(request, policy, guidance));
    if (one?.status === 'duplicate') bench.history.push(entry({ experiment, outcome: 'duplicate' }));
    if (one?.status !== 'ready' || one.steering === undefined) return one?.status;
    const { commit, tree, steering } = one;
    const seen = { value: 1, n: 1, fidelity, of: null };
    const looked = fidelity < 1 ? { ...steering, seen } : steering;
    bench.history.push(entry({ experiment, commit, tree, steering: looked }));
    return one.status;
  };
  expect(await ask(1, 0.25)).toBe('ready');
  expect(await ask(2, 0.25)).toBe('duplicate');
  expect(await ask(3, 0.5)).toBe('ready');
  expect(await ask(4, 1)).toBe('ready');
  expect(await ask(5, 1)).toBe('duplicate');
});

test('a model that does what is forbidden is asked again with the reason, and refused if it does it again', async () => {
  const [lower, deeper] = [edit('LR = 0.1', 'LR = 0.05'), edit('DEPTH = 6', 'DEPTH = 8')];
  const directive = { forbid: [{ knob: 'train.py:LR' }], hint: 'go deeper', why: '' };
  const policy = policyOf({ 'agent/prompt.md': 'Think of width first.' });
  const { server, bench } = await start([{ answer: lower }, { answer: deeper }]);
  const request = guidedRequest(bench.request(openai()), policy, { directive, mechanism: 'tabu' });
  const [one] = await bench.propose(request);
  expect(one).toMatchObject({ status: 'ready', usage: { calls: 2 } });
  expect(one?.steering).toMatchObject({
    settings: { 'train.py:DEPTH': 8 },
    compliance: { complied: true, parts: { forbid: 'obeyed' } },
  });
  const [first, second] = server.seen;
  expect(first?.messages[1]?.content).toContain('Think of width first.');
  expect(first?.messages[1]?.content).toMatch(/<data-\w+ hint>\ngo deeper\n/);
  expect(second?.messages.at(-1)?.content).toContain('the search forbids train.py:LR now');

  const stubborn = await start([{ answer: lower }, { answer: lower }, { answer: lower }]);
  const again = guidedRequest(stubborn.bench.request(openai()), policy, { directive, mechanism: 'tabu' });
  const [refused] = await stubborn.bench.propose(again);
  expect(refused).toMatchObject({ status: 'refused', steering: { mechanism: 'tabu' } });
});

test('a model is not refused by a directive that forbids every knob: that is lifted', async () => {
  const { bench } = await start([{ answer: edit('LR = 0.1', 'LR = 0.05') }]);
  const knobs = ['train.py:LR', 'train.py:DEPTH'];
  const directive = { forbid: knobs.map((knob) => ({ knob })), why: '' };
  const [one] = await bench.propose(
    guidedRequest(bench.request(openai()), policyOf({}), { directive, mechanism: 'all' }),
  );
  expect(one).toMatchObject({ status: 'ready', steering: { compliance: { complied: false } } });
});

test('the objective bounds a proposal: lines and files beyond it are refused with the number', async () => {
  const policy = policyOf({
    'objective/objective.yaml': 'constraints: { maxChangedLines: 1, newFiles: false }',
  });
  const two = edit('LR = 0.1\nDEPTH = 6', 'LR = 0.2\nDEPTH = 7');
  const { bench } = await start([{ answer: two }, { answer: two }, { answer: two }]);
  const [one] = await bench.propose(guidedRequest(bench.request(openai()), policy));
  expect(one).toMatchObject({ status: 'refused' });
  expect(one?.status === 'refused' && one.reason).toContain('it changes 2 lines, and may change 1');
});
