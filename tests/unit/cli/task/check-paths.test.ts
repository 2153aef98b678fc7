import { expect, test } from 'vitest';
import { checkPaths } from '../../../../src/cli/task/check-paths.js';
import { taskWith } from '../../../support/loop-input.js';

const told = (extra: Parameters<typeof taskWith>[0]): string => {
  try {
    checkPaths({ task: taskWith(extra), taskFile: 'task.yaml' });
    return 'cleared';
  } catch (error) {
    return String(error);
  }
};
const reading = (...read: string[]): string => told({ run: { command: 'true', read } });

test.each(['../x', '/etc/*', 'a/../../b'])(
  'an editable glob %j that leaves the folder is refused',
  (glob) => {
    expect(told({ editable: [glob] })).toContain(`editable: "${glob}" is not inside the task's folder`);
    expect(told({ measure: { metric: { name: 'm', direction: 'minimize' }, hidden: [glob] } })).toContain(
      'measure.hidden',
    );
  },
);

test.each(['../../../root/.ssh', '/etc', '~/../root/.ssh', '~', '.', '..'])(
  'a run.read entry %j that no run would see is refused',
  (entry) => {
    expect(reading('.venv', entry)).toContain(`run.read: "${entry}" is not inside the task's folder`);
  },
);

test('paths inside of the folder and of the home folder are cleared', () => {
  expect(reading('.venv', './data', '~/.cache/data', '..data')).toBe('cleared');
  expect(told({ editable: ['src/**', './a.py', '..hidden'] })).toBe('cleared');
});
