import { expect, test } from 'vitest';
import { type Workbench, workbench } from './workbench.js';

const open = () => workbench({ 'train.py': 'LR = 0.1\n' }, { PATH: process.env['PATH'] ?? '' });
const agent = (bench: Workbench, command: string) =>
  bench.request({ proposer: { kind: 'command', command } });

test('what a program was told and what it printed is kept, also when it fails', async () => {
  const bench = open();
  await bench.propose(agent(bench, 'echo I looked at it >&2; echo "LR = 0.3" > train.py'));
  const failing = open();
  await failing.propose(agent(failing, '/bin/false'));
  const named = [...bench.calls, ...failing.calls].map(({ model, status }) => [model, status]);
  expect(named).toEqual([
    ['command: echo', 'ok'],
    ['command: false', 'error'],
  ]);
  const [first = ''] = bench.transcripts;
  expect(JSON.parse(first)).toMatchObject({
    exitCode: 0,
    output: 'I looked at it\n',
    prompt: expect.stringContaining('Editable: ') as string,
  });
});
