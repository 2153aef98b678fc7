import { expect, test } from 'vitest';
import { mechanismSource } from '../../../support/mechanism-source.js';
import { libraryMechanism } from '../steer/mechanism-bench.js';
import { start } from './model-bench.js';
import { workbench, type Workbench } from './workbench.js';

const PATH = 'method/process/mechanism.js';
const PROCESS = 'exploration:\n  edits: 1 # range: 1..4\n';
const OUTER = { level: 'R4', editable: ['method/process/**'] };
const DEAD = mechanismSource({ propose: "return [{ why: 'nothing' }, s];" });
const BREAKS = mechanismSource({ propose: 'return [{ why: c.nothing.at(0) }, s];' });

/** A bench whose agent copies one of these files, by its experiment's number, to where the mechanism lies. */
const agentBench = (mechanisms: readonly string[], files: Record<string, string> = {}) => {
  const offered = mechanisms.map((source, index) => [`offered-${String(index + 1)}.js`, source] as const);
  const bench = workbench({
    'method/process/process.yaml': PROCESS,
    ...Object.fromEntries(offered),
    ...files,
  });
  return (number: number, command = `cp offered-${String(number)}.js ${PATH}`) =>
    ({ bench, request: bench.request({ ...OUTER, proposer: { kind: 'command', command } }) }) as const;
};

const only = async ({ bench, request }: ReturnType<ReturnType<typeof agentBench>>) => {
  const [prepared] = await bench.propose(request);
  if (prepared === undefined) throw new Error('expected a row');
  return prepared;
};

const counted = (bench: Workbench): { asked: () => number } => {
  const { deps } = bench;
  const check = deps.checkMechanism.bind(deps);
  let asked = 0;
  deps.checkMechanism = async (one, signal) => {
    asked += 1;
    return await check(one, signal);
  };
  return { asked: () => asked };
};

test.each([
  ['changes nothing', DEAD, /^its mechanism failed at G6: inert: /],
  ['breaks', BREAKS, /^its mechanism failed at G3: .*\nline \d+: /s],
  ['is no JavaScript', 'export const meta = {', /^its mechanism failed at G1: /],
  ['draws lots', mechanismSource({ propose: 'return [{ why: String(Math.random()) }, s];' }), /at G0: /],
])('the mechanism of an agent program that %s is refused before it costs a study', async (_, source, why) => {
  const prepared = await only(agentBench([source])(1));
  expect(prepared).toMatchObject({
    status: 'refused',
    proposer: 'command',
    reason: expect.stringMatching(why),
  });
});

test('one that does what the mechanism in use does is a copy', async () => {
  const tabu = libraryMechanism('tabu');
  const prepared = await only(agentBench([`${tabu}\n// mine\n`], { [PATH]: tabu })(1));
  expect(prepared).toMatchObject({
    status: 'refused',
    reason: expect.stringMatching(/^its mechanism failed at G6: a copy: /),
  });
});

test('a mechanism that passes is a candidate, and one that is removed or stays needs no gate', async () => {
  const at = agentBench([libraryMechanism('novelty')], { [PATH]: libraryMechanism('tabu') });
  expect(await only(at(1))).toMatchObject({ status: 'ready' });
  for (const command of [`rm ${PATH}`, "sed -i 's/edits: 1/edits: 2/' method/process/process.yaml"]) {
    const one = at(1, command);
    const { asked } = counted(one.bench);
    one.request.loop = `demo/${String(command.length)}`;
    expect(await only(one)).toMatchObject({ status: 'ready' });
    expect(asked()).toBe(0);
  }
});

test('other loops may have a file of that name without any gate', async () => {
  const at = agentBench([DEAD])(1);
  const { asked } = counted(at.bench);
  const request = { ...at.request, task: { ...at.request.task, level: 'R0' as const } };
  expect(await only({ ...at, request })).toMatchObject({ status: 'ready' });
  expect(asked()).toBe(0);
});

test('a literal that mutate turns in a mechanism passes the gates or is refused, and is not drawn again', async () => {
  const source = mechanismSource({
    top: 'const UNUSED = 3; // range: 1..9',
  });
  const bench = workbench({ [PATH]: source });
  const { asked } = counted(bench);
  const request = bench.request({ ...OUTER, proposer: { kind: 'mutate', edits: 1 } });
  const [prepared] = await bench.propose(request);
  expect(prepared).toMatchObject({
    status: 'refused',
    proposer: 'mutate',
    reason: expect.stringMatching(/^its mechanism failed at G6: a copy: /),
  });
  expect(asked()).toBe(1);
});

const answer = (source: string): string =>
  `IDEA: what failed last is not tried again\nFILE: ${PATH} (new)\n\`\`\`js\n${source}\n\`\`\`\n`;

test('a model is shown the gate that its mechanism failed, and what it mends is a candidate', async () => {
  const { server, bench } = await start([{ answer: answer(DEAD) }, { answer: answer(mechanismSource()) }], {
    'method/process/process.yaml': PROCESS,
  });
  const [prepared] = await bench.propose(bench.request({ ...OUTER, proposer: { kind: 'openai' } }));
  expect(prepared).toMatchObject({ status: 'ready', usage: { calls: 2 } });
  expect(server.seen[1]?.messages.at(-1)?.content).toContain('its mechanism failed at G6: inert: ');
  expect(bench.calls.map(({ status }) => status)).toEqual(['malformed', 'ok']);
});

test('a model that mends nothing is refused with the gate as the reason', async () => {
  const { bench } = await start([{ answer: answer(DEAD) }], { 'method/process/process.yaml': PROCESS });
  const proposer = { kind: 'openai', attempts: 2 };
  const [prepared] = await bench.propose(bench.request({ ...OUTER, proposer }));
  expect(prepared).toMatchObject({
    status: 'refused',
    reason: expect.stringMatching(/after 2 attempts: its mechanism failed at G6: /),
  });
});
