import type { MethodFiles } from '../../contract/method.js';

/** A method that changes nothing yet: every file with the keys that are used most, as comments. */
export const STARTER_FILES: MethodFiles = {
  'agent/agent.yaml': `# how models are asked; what is left out stays as the task has it
# models: [{ name: some-model, weight: 1 }]
# temperature: 0.7
# history: 20                # past experiments shown
# attempts: 3                # a malformed answer is asked again
# context: { keeps: 3, crashes: 2, failures: true }
`,
  'data/data.yaml': `# training tasks of an outer loop, folders from the root of the repository
# cases:
#   - { task: examples/sine, weight: 1 }
`,
  'objective/objective.yaml': `# what a gain has to be worth
# minEffect: 0.5%
# constraints: { maxChangedLines: 40, newFiles: false }
# limits: [{ metric: latency_ms, max: 120 }]
# approval: true
`,
  'process/process.yaml': `# how the search goes
# acceptance: { rule: sprt, nmax: 12 }
# exploration: { edits: 2, weights: { mutate: 1, openai: 3 } }
# freeze: ['train.py:epochs']  # knobs, or files; * at the end stands for anything
# restarts: { after: 30, from: elites }
# stop: { plateau: 80 }
# schedule: [{ until: 0.5, exploration: { edits: 3 } }, { until: 1, exploration: { edits: 1 } }]
`,
};
