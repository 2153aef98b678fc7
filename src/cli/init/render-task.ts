import { stringify } from 'yaml';
import type { Draft } from './draft.js';

const scalar = (value: string): string => stringify(value, { lineWidth: 0 }).trimEnd();
const list = (values: readonly string[]): string => `[${values.map(scalar).join(', ')}]`;
const note = (line: string, comment: string): string => `${line.padEnd(40)} # ${comment}`;

/** The text of a task.yaml: few lines, each with what it is for. */
export const renderTask = (draft: Draft, schema: string | null): string =>
  [
    ...(schema === null ? [] : [`# yaml-language-server: $schema=${schema}`]),
    `name: ${scalar(draft.name)}`,
    note('goal: ""', 'one sentence for people and models'),
    note(`editable: ${list(draft.editable)}`, 'globs: a proposal may change these and nothing else'),
    ...(draft.instructions === null ? [] : [`instructions: ${scalar(draft.instructions)}`]),
    'run:',
    `  command: ${scalar(draft.runCommand)}`,
    note(`  budget: ${draft.budget}`, 'given to it as AUTOLIFT_BUDGET_SECONDS'),
    ...(draft.read.length === 0
      ? []
      : [note(`  read: ${list(draft.read)}`, 'what it reads that git does not hold')]),
    'measure:',
    ...(draft.measureCommand === null
      ? []
      : [note(`  command: ${scalar(draft.measureCommand)}`, 'protected: runs from the base commit')]),
    `  metric: { name: ${scalar(draft.metric.name)}, direction: ${draft.metric.direction} }`,
    ...(draft.guards.length === 0
      ? []
      : [
          note(
            `# guards: [${draft.guards.map((command) => `{ command: ${scalar(command)} }`).join(', ')}]`,
            'must pass for a keep',
          ),
        ]),
    note('proposer: { kind: mutate }', 'no model; else { kind: openai, model: … } or { kind: command, … }'),
    note('budget: { experiments: 20 }', 'also wallClock, deviceHours, dollars, tokens'),
    '',
  ].join('\n');
