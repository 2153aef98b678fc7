import type { Proposer, Task } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { priceOf } from '../../domain/proposers/prices.js';
import { agentNotices } from './agent-notices.js';
import type { LoadedTask } from './load-task.js';
import { probeModels } from './probe-models.js';

type Env = Readonly<Record<string, string | undefined>>;
type Modelled = Extract<Proposer, { kind: 'openai' | 'research' }>;

const isModelled = (proposer: Proposer): proposer is Modelled =>
  proposer.kind === 'openai' || (proposer.kind === 'research' && proposer.from === 'model');

const modelsOf = (proposer: Modelled, env: Env): string[] =>
  proposer.models?.map(({ name }) => name) ??
  [proposer.model ?? env['AUTOLIFT_MODEL'] ?? ''].filter((name) => name !== '');

const OPENAI = 'https://api.openai.com/v1';

/** A server that is named may need no key; OpenAI's own always does. */
const serverOf = (where: string, env: Env): { base: string; key: string } => {
  const [base, key] = [env['OPENAI_BASE_URL'] ?? '', env['OPENAI_API_KEY'] ?? ''];
  if (base !== '' || key !== '') return { base: base || OPENAI, key: key || 'none' };
  throw new UserError(
    'OPENAI_API_KEY is not set',
    where,
    'Set it, or OPENAI_BASE_URL for a server that needs none. `--proposer mutate` needs neither.',
  );
};

const checkModels = (
  proposer: Modelled,
  { task, where, env }: { task: Task; where: string; env: Env },
): void => {
  const models = modelsOf(proposer, env);
  if (models.length === 0)
    throw new UserError('no model is named', where, 'Write `model:` in the proposer, or set AUTOLIFT_MODEL.');
  const unpriced = models.find((model) => priceOf(model, proposer.prices) === null);
  if (task.budget.dollars === undefined || unpriced === undefined) return;
  throw new UserError(
    `budget.dollars is set, but the price of "${unpriced}" is unknown`,
    `${where}.prices`,
    `Add it in dollars per million tokens: prices: { "${unpriced}": { input: 1, output: 4 } }`,
  );
};

/** What a model proposer needs is there and its server answers; anything else is told before the loop starts. */
export const checkProposers = async (
  { task, taskFile }: Pick<LoadedTask, 'task' | 'taskFile'>,
  env: Env,
): Promise<string[]> => {
  const where = `${taskFile}: proposer`;
  const proposers = [task.proposer].flat().filter(isModelled);
  const notices = agentNotices(task);
  if (proposers.length === 0) return notices;
  const { base, key } = serverOf(where, env);
  for (const proposer of proposers) checkModels(proposer, { task, where, env });
  const served = await probeModels(base, key);
  const wanted = proposers.flatMap((proposer) => modelsOf(proposer, env));
  const unlisted = wanted.filter((model) => served !== null && !served.includes(model));
  return [
    ...notices,
    ...unlisted.map(
      (model) => `the model server does not list "${model}"; it has ${served?.slice(0, 5).join(', ') ?? ''}`,
    ),
  ];
};
