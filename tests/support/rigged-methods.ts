import { readFileSync } from 'node:fs';
import { repositoryWith } from './engine.js';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const TASK = ['program.md', 'pipeline.yaml', 'check.py', 'evaluate.py'];

/** Experiments of each child loop: as many as a live mechanism needs to have asked for something. */
const EXPERIMENTS = 5;

/** Resets, and four changes at a time. Under the seed below that is worth .2 by itself. */
const SETTINGS = 'exploration: { edits: 4 }\nrestarts: { after: 3, from: baseline }\nbatch: 2\n';

/** Passes every gate, as it acts in long loops that are stuck, and never gets so far in these. */
const LATE = `export const meta = { name: 'late', domain: 'tests', params: {} };
export const init = () => null;
export const propose = (context, state) => {
  const failed = context.trials.filter(({ status, key }) => status !== 'keep' && key !== '');
  const forbid = failed.length < 12 ? [] : failed.slice(-8).map(({ key }) => ({ key }));
  return [{ forbid, why: 'what failed last, once much has' }, state];
};
export const observe = (trial, state) => state;
`;

/** By the scenarios' names: a sham, a mechanism that does nothing and nothing beside it, the sham's honest twin, and dead code. */
const HANDED = {
  sham: { 'mechanism.js': LATE, 'process.yaml': SETTINGS },
  inert: { 'mechanism.js': LATE },
  control: { 'mechanism.js': read('mechanisms/tabu.js'), 'process.yaml': SETTINGS },
  dead: { 'mechanism.js': read('mechanisms/identity.js') },
};

/** Hands over what the prompt's history does not name yet. */
const AGENT = `import json, os
told = open(os.environ["AUTOLIFT_PROMPT_FILE"]).read()
for name, files in json.load(open("handed.json")).items():
    if f"<{name}>" in told: continue
    for file, text in files.items(): open(f"method/process/{file}", "w").write(text)
    print(f"IDEA: <{name}>")
    break
`;

const taskYaml = (name: string): string =>
  [
    `name: ${name}`,
    'level: R4',
    "editable: ['method/process/**']",
    'research:',
    `  tasks: [{ folder: k-module, experiments: ${String(EXPERIMENTS)}, target: 1 }]`,
    '  rescore: 1',
    'proposer: { kind: command, command: python3 agent.py, network: false }',
    'acceptance: { rule: lift, nmax: 2 }',
    'ahead: 0',
    'memory: off',
    'seed: 2',
    `budget: { experiments: ${String(Object.keys(HANDED).length)} }`,
  ].join('\n');

/** An outer loop over `k-module`. None of its candidates is kept, so each is made from the unchanged method. */
export const riggedMethods = (name: string): string =>
  repositoryWith({
    ...Object.fromEntries(TASK.map((file) => [`k-module/${file}`, read(`examples/k-module/${file}`)])),
    // one at a time: no child's candidates depend on which run ends first
    'k-module/task.yaml': read('examples/k-module/task.yaml').replace('concurrency: 2', 'concurrency: 1'),
    'method/process/process.yaml': 'exploration: { edits: 1 }\n',
    'handed.json': JSON.stringify(HANDED),
    'agent.py': AGENT,
    'task.yaml': taskYaml(name),
  });
