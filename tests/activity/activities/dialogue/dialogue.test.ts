import { expect, test } from 'vitest';
import { OPEN_DIALOGUE } from '../../../../src/domain/dialogue/open-dialogue.js';
import { mechanismSource } from '../../../support/mechanism-source.js';
import { codeAnswer, EXPLORED } from '../../../support/research-answers.js';
import { libraryMechanism } from '../steer/mechanism-bench.js';
import { dialogueBench, researcher, roundOf, writing } from './dialogue-bench.js';

const GOOD = mechanismSource();
const lastPrompt = (seen: { messages: { content: string }[] }[]): string =>
  seen.at(-1)?.messages.at(-1)?.content ?? '';

test('a model that answers well has its mechanism committed, with every round and its cost written down', async () => {
  const { bench, seen, hold } = await dialogueBench(writing([codeAnswer(GOOD)]));
  const { prepared } = await hold(researcher());
  expect(prepared).toMatchObject({
    status: 'ready',
    proposer: 'research',
    idea: 'what failed last is not tried again at once',
    usage: { model: 'toy', calls: 4 },
  });
  const commit = prepared.status === 'ready' ? prepared.commit : '';
  expect(bench.show(commit, 'method/process/mechanism.js')).toBe(GOOD);
  expect(seen.map(roundOf)).toEqual(['Explore', 'Criticise', 'Specify', 'Write the code']);
  expect(bench.calls.map(({ key }) => key.split('/round/')[1])).toEqual([
    '0-explore',
    '1-criticise',
    '2-specify',
    '3-code',
  ]);
  expect(bench.transcripts.map((text) => (JSON.parse(text) as { round: string }).round)).toEqual([
    'explore',
    'criticise',
    'specify',
    'code',
  ]);
});

test('settings are part of a candidate where the answer says so', async () => {
  const { bench, hold } = await dialogueBench(
    writing([codeAnswer(GOOD, '\n```yaml\nrestarts: { after: 9 }\n```\n')]),
  );
  const { prepared } = await hold(researcher());
  const commit = prepared.status === 'ready' ? prepared.commit : '';
  expect(bench.show(commit, 'method/process/process.yaml')).toBe('restarts: { after: 9 }');
});

test.each([
  ['loops for ever', mechanismSource({ propose: 'while (true) {}' }), 'G5', 'fuel'],
  [
    'allocates without end',
    mechanismSource({ propose: "const a = []; for (;;) a.push(new Array(10000).fill('x'));" }),
    'G5',
    'memory',
  ],
  [
    'tries to reach the host',
    mechanismSource({ propose: 'process.exit(1); return [{ why: "x" }, s];' }),
    'G0',
    'process',
  ],
  [
    'tries to reach the host by a detour',
    mechanismSource({
      propose:
        "const f = (() => 1)['constr' + 'uctor']; return [{ why: String(f('return fetch')()('http://127.0.0.1')) }, s];",
    }),
    'G3',
    'propose',
  ],
  [
    'returns illegal moves',
    mechanismSource({ propose: "return [{ move: [{ knob: 'warp', step: 1 }], why: 'x' }, s];" }),
    'G3',
    'warp',
  ],
  ['is dead code', mechanismSource({ propose: "return [{ forbid: [], why: 'x' }, s];" }), 'G6', 'inert'],
  [
    'remembers what its state does not hold',
    mechanismSource({
      top: 'let calls = 0;',
      propose: "calls += 1; return [{ acceptTemp: calls, why: 'x' }, s];",
    }),
    'G3',
    'variable of the module',
  ],
  [
    'is nondeterministic where only another question shows it',
    mechanismSource({
      top: 'const seen = [];',
      init: '{ seen.push(c.T); return seen.length; }',
      propose: "return [{ batch: 1 + (s % 9), why: '' }, s];",
    }),
    'G4',
    'two sandboxes',
  ],
  ["copies the incumbent's", `// mine\n${libraryMechanism('tabu')}`, 'G6', 'a copy'],
])('a mechanism that %s is caught, and the next round is told why', async (_, source, gate, word) => {
  const { seen, hold } = await dialogueBench(writing([codeAnswer(source), codeAnswer(GOOD)]), {
    files: { 'method/process/mechanism.js': libraryMechanism('tabu') },
  });
  const { dialogue, prepared } = await hold(researcher());
  expect(seen.map(roundOf).at(-1)).toBe('Repair');
  expect(lastPrompt(seen)).toContain(`What was written failed at ${gate}:`);
  expect(dialogue.troubles.map((one) => one.slice(0, 2))).toEqual([gate]);
  expect(dialogue.troubles[0]).toContain(word);
  expect(prepared.status).toBe('ready');
});

test('settings that are none are mended like code', async () => {
  const answers = ['batches: 3', 'batch: 3'].map((yaml) =>
    codeAnswer(GOOD, `\n\`\`\`yaml\n${yaml}\n\`\`\`\n`),
  );
  const { seen, hold } = await dialogueBench(writing(answers));
  const { prepared } = await hold(researcher());
  expect(lastPrompt(seen)).toMatch(/failed at method:\n.*"batches"/);
  expect(prepared.status).toBe('ready');
});

test('malformed answers are asked for again, and refused in the end', async () => {
  const { seen, hold } = await dialogueBench([{ answer: 'I cannot help with that.' }]);
  const { prepared } = await hold(researcher({ repairs: 2 }));
  expect(seen.map(roundOf)).toEqual(['Explore', 'Explore', 'Explore']);
  expect(lastPrompt(seen)).toContain('Your answer could not be used:');
  expect(prepared).toMatchObject({
    status: 'refused',
    reason: expect.stringMatching(
      /^the model's answer couldn't be used after 2 rounds of repair: it names 0/,
    ) as string,
    usage: { calls: 3 },
  });
});

test('a server that is too slow fails the round, which may be tried again', async () => {
  const { proposing, converse } = await dialogueBench([{ hang: true }]);
  const request = {
    proposing,
    researcher: researcher({ timeout: 1 }),
    round: 'explore',
    dialogue: OPEN_DIALOGUE,
  } as const;
  await expect(converse(request)).rejects.toMatchObject({ type: 'ModelUnavailable', nonRetryable: false });
});

test('a round that was answered is read again by another attempt, at the same cost, and not paid for twice', async () => {
  const { seen, proposing, converse, bench } = await dialogueBench([{ answer: EXPLORED }]);
  const request = { proposing, researcher: researcher(), round: 'explore', dialogue: OPEN_DIALOGUE } as const;
  const first = await converse(request);
  expect(await converse(request, 2)).toEqual(first);
  expect(first).toMatchObject({ status: 'said', usage: { calls: 1 } });
  expect(seen).toHaveLength(1);
  expect(bench.calls).toHaveLength(1);
});

test('no round begins that the rest of the budget cannot pay', async () => {
  const { seen, proposing, converse } = await dialogueBench([{ answer: EXPLORED }], {
    rest: { tokensLeft: 20_000 },
  });
  const request = { proposing, researcher: researcher(), round: 'explore', dialogue: OPEN_DIALOGUE } as const;
  expect((await converse(request)).status).toBe('said');
  const spent = {
    ...OPEN_DIALOGUE,
    rounds: 1,
    usage: { ...OPEN_DIALOGUE.usage, calls: 1, inputTokens: 15_000 },
  };
  expect(await converse({ ...request, dialogue: spent })).toMatchObject({
    status: 'over_budget',
    reason: expect.stringMatching(
      /^a call of toy may use \d+ tokens, and 5000 of the budget are left$/,
    ) as string,
  });
  expect(seen).toHaveLength(1);
});

test('the catalogue goes the same way without a model, and says what it is', async () => {
  const { bench, seen, hold } = await dialogueBench([{ status: 500 }]);
  const { prepared } = await hold(researcher({ from: 'catalogue' }));
  expect(prepared).toMatchObject({ status: 'ready', usage: { calls: 0, dollars: 0 } });
  expect(prepared.idea).toMatch(/selected and composed, not invented$/);
  expect(bench.calls.map(({ model }) => model)).toContain(
    'catalogue (selects and composes, invents nothing)',
  );
  expect(seen).toEqual([]);
});
