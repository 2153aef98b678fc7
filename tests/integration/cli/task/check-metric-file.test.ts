import { afterEach, expect, test } from 'vitest';
import { refusal } from './clear-task.js';
import { SINE, sampleTask, type SampleTask } from './sample-task.js';

const made: SampleTask[] = [];
afterEach(() => {
  for (const task of made.splice(0)) task.remove();
});

const scored = (file: string, editable: string, files: Record<string, string> = {}): SampleTask => {
  const task = sampleTask({
    ...SINE,
    'task.yaml': `name: scored
editable: ${editable}
run: { command: python3 train.py }
measure: { metric: { name: mse, direction: minimize, file: ${file} } }
`,
    'settings.json': '{}',
    ...files,
  });
  made.push(task);
  task.commit();
  return task;
};

test('a committed file that the score is read from is refused with the command that untracks it', async () => {
  const task = scored('./out.json', '[train.py]', { 'out.json': '{"mse": 1}' });
  const said = await refusal(task);
  expect(said).toContain('measure.metric.file: out.json is committed');
  expect(said).toContain('`git rm --cached out.json`');
  task.git('rm', '-q', '--cached', 'out.json');
  task.git('commit', '-q', '-m', 'untrack');
  expect(await refusal(task)).toBe('cleared');
});

test('an editable glob that covers the file of the score is refused, committed or not', async () => {
  const said = await refusal(scored('out.json', '["*.json", train.py]'));
  expect(said).toContain('editable: [*.json, train.py] covers out.json, which the score is read from');
});

test('a file of the score outside of the folder is refused', async () => {
  expect(await refusal(scored('../out.json', '[train.py]'))).toContain('is not inside');
  expect(await refusal(scored('/tmp/out.json', '[train.py]'))).toContain('is not inside');
  expect(await refusal(scored('out/score.json', '[train.py]'))).toBe('cleared');
});
