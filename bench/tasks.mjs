/** Tasks that do nothing, in repositories of their own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const commit = (folder) => {
  const git = (...args) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=b', '-c', 'user.email=b@b', ...args]);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'task');
};

const write = (folder, files) => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  commit(folder);
  return folder;
};

const yaml = ({ name, command, proposer, concurrency, experiments }) => `name: ${name}
goal: A run that does nothing.
editable: [knobs.py]
run: { command: ${JSON.stringify(command)}, budget: 10s }
measure: { metric: { name: x, direction: minimize } }
proposer: ${JSON.stringify(proposer)}
acceptance: { rule: strict }
concurrency: ${concurrency}
budget: { experiments: ${experiments} }
`;

const KNOBS = ['A = 0.31', 'B = 0.57', 'C = 1.93', 'D = 7.11', 'E = 42.5', ''].join('\n');

/** The proposer perturbs a literal, the run prints a constant. */
export const idleTask = (home, { concurrency, experiments }) =>
  write(join(home, `idle-${concurrency}`), {
    'knobs.py': KNOBS,
    'task.yaml': yaml({
      name: `idle-${concurrency}`,
      command: 'echo METRIC:x=1',
      proposer: { kind: 'mutate' },
      concurrency,
      experiments,
    }),
  });

/** The run sleeps, the proposer is a model that takes as long. */
export const sleepyTask = (home, { concurrency, experiments, seconds }) =>
  write(join(home, `sleepy-${concurrency}`), {
    'knobs.py': KNOBS,
    'task.yaml': yaml({
      name: `sleepy-${concurrency}`,
      command: `sleep ${seconds}; echo METRIC:x=1`,
      proposer: { kind: 'openai', model: 'sleepy', prices: { sleepy: { input: 0, output: 0 } } },
      concurrency,
      experiments,
    }),
  });
