import { afterEach, expect, test } from 'vitest';
import { loadTask } from '../../../../src/cli/task/load-task.js';
import { preflight } from '../../../../src/cli/task/preflight.js';
import { refusal } from './clear-task.js';
import { SINE, sampleTask, type SampleTask } from './sample-task.js';

const made: SampleTask[] = [];
afterEach(() => {
  for (const task of made.splice(0)) task.remove();
});

const sine = (changes: Record<string, string> = {}): SampleTask => {
  const task = sampleTask({ ...SINE, ...changes });
  made.push(task);
  return task;
};

const edited = (from: string, to: string) => ({ 'task.yaml': SINE['task.yaml'].replace(from, to) });
const env = { PATH: process.env['PATH'] };

test('a program that is not installed is told with its key', async () => {
  const task = sine(edited('command: python3 train.py', 'command: pyhton9 train.py'));
  task.commit();
  expect(await refusal(task)).toMatchInlineSnapshot(`
    "<task>/task.yaml: run.command: the program "pyhton9" is not on the PATH
      Install it, or name the one you have."
  `);
});

test('a script that is not there is told with the nearest one', async () => {
  const task = sine(edited('command: python3 evaluate.py', 'command: python3 evalute.py'));
  task.commit();
  expect(await refusal(task)).toMatchInlineSnapshot(`
    "<task>/task.yaml: measure.command: there is no file evalute.py — did you mean "evaluate.py"?
      Check its name."
  `);
});

test.each([
  `bash -c "python3 train.py"`,
  `sh -c 'cd . && python3 made-later.py'`,
  `exec env OMP_NUM_THREADS=1 python3 train.py`,
  `nice -n 10 python3 train.py`,
  `timeout 60 python3 train.py`,
  `time -p python3 train.py`,
  `export A=1; cd sub; python3 other.py`,
  `python3 -c 'import train' made.py`,
  `sh -c ': | make model.pl'`,
])('the command %j is not refused', async (command) => {
  const task = sine(edited('command: python3 train.py', `command: ${JSON.stringify(command)}`));
  task.commit();
  expect(await refusal(task)).not.toContain('there is no file');
});

test('a script that is handed to a shell is looked up by its own name', async () => {
  const task = sine(edited('command: python3 train.py', `command: bash -c "python3 trian.py"`));
  task.commit();
  expect(await refusal(task)).toContain('there is no file trian.py — did you mean "train.py"?');
});

test('programs are not looked up for candidates that run on other machines', async () => {
  const task = sine(edited('command: python3 train.py', 'command: pyhton9 train.py'));
  task.commit();
  const loaded = await loadTask(task.folder);
  const { source } = await preflight(loaded, { home: task.folder, env, local: false });
  expect(source.prefix).toBe('');
});
