/** Tasks that do nothing, in repositories of their own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const commit = (folder) => {
  const git = (...args) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=b', '-c', 'user.email=b@b', ...args]);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'task');
};

const write = (folder, files) => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  commit(folder);
  return folder;
};

const yaml = ({ name, command, proposer, concurrency, experiments, ahead, device = 'cpu' }) => `name: ${name}
goal: A run that does nothing.
editable: [knobs.py]
run: { command: ${JSON.stringify(command)}, device: ${device}, budget: 10s }
measure: { metric: { name: x, direction: minimize } }
proposer: ${JSON.stringify(proposer)}
acceptance: { rule: strict }
concurrency: ${concurrency}
${ahead === undefined ? '' : `ahead: ${ahead}\n`}budget: { experiments: ${experiments} }
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

/** A method above tasks whose runs sleep: what an outer loop does between those runs is the engine's own. */
export const outerTask = (home, { parallel, concurrency, experiments, tasks, ahead, device }) => {
  const name = `outer-${parallel}-${concurrency}`;
  const below = Array.from({ length: tasks }, (_, index) => `${name}-below-${index}`);
  for (const each of below)
    write(join(home, each), {
      'knobs.py': KNOBS,
      'task.yaml': yaml({
        name: each,
        command: 'sleep 1; echo METRIC:x=1',
        proposer: { kind: 'mutate' },
        concurrency,
        experiments,
        ahead,
        device,
      }),
    });
  const studied = below.map((each) => ({ folder: `../${each}`, experiments, target: 0 }));
  return write(join(home, name), {
    'method/process/process.yaml': 'exploration:\n  edits: 1 # range: 1..4\n',
    'task.yaml': `name: ${name}
level: R4
editable: [method/process/**]
research: ${JSON.stringify({ tasks: studied, repeats: 1, rescore: 1, parallel })}
proposer: { kind: mutate }
acceptance: { rule: lift, nmax: 2 }
budget: { experiments: 1 }
`,
  });
};
