import type { Proposer, Task } from '../../contract/task-schema.js';

type OpenAi = Extract<Proposer, { kind: 'openai' }>;

const modelsOf = ({ model, models }: OpenAi): string[] =>
  models?.map(({ name }) => name) ?? (model === undefined ? [] : [model]);

const namesOf = (proposer: Proposer): string[] => {
  if (proposer.kind !== 'openai') return [proposer.kind];
  const models = modelsOf(proposer);
  return models.length === 0 ? ['openai'] : models.map((name) => `openai:${name}`);
};

/** Who may be asked for a proposal, by the names that a mechanism uses: `mutate`, `sweep`, `command`, `openai:<model>`. */
export const operatorsOf = ({ proposer }: Task): string[] => [...new Set([proposer].flat().flatMap(namesOf))];

/** The proposer of that name, asking that model alone; null if the task has none. */
export const operatorNamed = ({ proposer }: Task, name: string): Proposer | null => {
  const found = [proposer].flat().find((one) => namesOf(one).includes(name));
  if (found === undefined || found.kind !== 'openai' || name === 'openai') return found ?? null;
  const { model: _one, models: _several, ...rest } = found;
  return { ...rest, models: [{ name: name.slice('openai:'.length), weight: 1 }] };
};
