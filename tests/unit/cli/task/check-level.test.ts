import { expect, test } from 'vitest';
import { checkLevel } from '../../../../src/cli/task/check-level.js';
import type { Task } from '../../../../src/contract/task-schema.js';
import { taskWith } from '../../../support/loop-input.js';

const check =
  (level: Task['level'], ...editable: string[]) =>
  () => {
    checkLevel({ task: taskWith({ level, editable }), taskFile: 'task.yaml' });
  };

test('a task without a level changes what it says', () => {
  expect(taskWith().level).toBe('R0');
  expect(check('R0', 'train.py', 'method/agent/prompt.md')).not.toThrow();
});

test('only R4 changes mechanisms, so a research proposer is refused elsewhere', () => {
  const of = (level: Task['level']) => () => {
    const proposer = { kind: 'research' } as const;
    const section = level === 'R4' ? 'method/process/**' : 'train.py';
    checkLevel({ task: taskWith({ level, editable: [section], proposer }), taskFile: 'task.yaml' });
  };
  expect(of('R4')).not.toThrow();
  expect(of('R0')).toThrow('a research proposer writes search mechanisms, and R0 changes none');
});

test('what is measured by research is judged by lift alone, which asks whether a mechanism acted', () => {
  const of = (rule: 'lift' | 'confirm') => () => {
    const research = { tasks: [{ folder: '../sine', experiments: 4, target: 0 }] };
    const task = taskWith({ level: 'R4', editable: ['method/process/**'], research, acceptance: { rule } });
    checkLevel({ task, taskFile: 'task.yaml' });
  };
  expect(of('lift')).not.toThrow();
  expect(of('confirm')).toThrow("acceptance.rule: confirm doesn't ask whether a mechanism acted");
});

test.each([
  ['R1', 'method/agent'],
  ['R2', 'method/data'],
  ['R3', 'method/objective'],
  ['R4', 'method/process'],
] as const)('%s changes files of %s', (level, section) => {
  expect(check(level, `${section}/**`, `./${section}/a.json`)).not.toThrow();
});

test.each([
  'train.py',
  'method/**',
  'method/agent',
  'method/agent/../objective/**',
  'method/agents/**',
  '**',
])('R1 may not change %j', (glob) => {
  expect(check('R1', 'method/agent/**', glob)).toThrow(`editable: "${glob}" is not in method/agent/`);
});
