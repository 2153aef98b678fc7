import type { Proposer } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import type { LoadedTask } from './load-task.js';
import { probeModels } from './probe-models.js';

type Env = Readonly<Record<string, string | undefined>>;
type OpenAi = Extract<Proposer, { kind: 'openai' }>;

const modelsOf = (proposer: OpenAi, env: Env): string[] =>
  proposer.models?.map(({ name }) => name) ??
  [proposer.model ?? env['AUTOLIFT_MODEL'] ?? ''].filter((name) => name !== '');

const checkKeys = (proposer: OpenAi, where: string, env: Env): void => {
  if (!env['OPENAI_API_KEY'])
    throw new UserError(
      'OPENAI_API_KEY is not set',
      where,
      env['OPENAI_BASE_URL']
        ? 'Set it to the key of your server; a server without keys takes any text, e.g. OPENAI_API_KEY=none.'
        : 'Set OPENAI_API_KEY, and OPENAI_BASE_URL for a server other than OpenAI. `--proposer mutate` needs neither.',
    );
  if (modelsOf(proposer, env).length === 0)
    throw new UserError('no model is named', where, 'Write `model:` in the proposer, or set AUTOLIFT_MODEL.');
};

/** What a model proposer needs is there and its server answers; anything else is told before the loop starts. */
export const checkProposers = async (
  { task, taskFile }: Pick<LoadedTask, 'task' | 'taskFile'>,
  env: Env,
): Promise<string[]> => {
  const where = `${taskFile}: proposer`;
  const proposers = [task.proposer].flat().filter((proposer) => proposer.kind === 'openai');
  for (const proposer of proposers) checkKeys(proposer, where, env);
  if (proposers.length === 0) return [];
  const served = await probeModels(
    env['OPENAI_BASE_URL'] ?? 'https://api.openai.com/v1',
    env['OPENAI_API_KEY'] ?? '',
  );
  const wanted = proposers.flatMap((proposer) => modelsOf(proposer, env));
  return served === null
    ? []
    : wanted
        .filter((model) => !served.includes(model))
        .map((model) => `the model server does not list "${model}"; it has ${served.slice(0, 5).join(', ')}`);
};
