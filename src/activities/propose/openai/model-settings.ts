import type { Proposer } from '../../../contract/task-schema.js';
import { type Price, priceOf } from '../../../domain/proposers/prices.js';
import { pickWeighted, random } from '../../../domain/random.js';
import type { Deps } from '../../deps.js';
import type { Session } from '../session.js';
import { hopeless } from './explain-failure.js';
import type { Server } from './model-call.js';

export type OpenAiProposer = Extract<Proposer, { kind: 'openai' }>;

const OPENAI = 'https://api.openai.com/v1';

/** Where models are asked; nothing but the worker's environment says so. */
export const serverOf = (env: Deps['env']): Server => {
  const baseUrl = env['OPENAI_BASE_URL'] ?? '';
  const apiKey = env['OPENAI_API_KEY'] ?? '';
  if (baseUrl === '' && apiKey === '') {
    const fix =
      'set OPENAI_API_KEY, or OPENAI_BASE_URL for a server that needs none, or use `proposer: {kind: mutate}`';
    throw hopeless('OPENAI_API_KEY', 'no model can be asked: it is not set', fix);
  }
  return { baseUrl: baseUrl === '' ? OPENAI : baseUrl, apiKey: apiKey === '' ? 'none' : apiKey };
};

/** The model for an experiment: by weight, and the same one each time it is asked. */
export const modelFor = (
  { deps, request }: Pick<Session, 'deps' | 'request'>,
  proposer: Pick<OpenAiProposer, 'model' | 'models'>,
  experiment: number,
): string => {
  if (proposer.models !== undefined) {
    return pickWeighted(random('model', request.task.seed, experiment).next(), proposer.models).name;
  }
  const model = proposer.model ?? deps.env['AUTOLIFT_MODEL'] ?? '';
  if (model !== '') return model;
  throw hopeless('AUTOLIFT_MODEL', 'no model is named', 'set proposer.model in task.yaml or AUTOLIFT_MODEL');
};

/** A dollars budget means nothing for a model that nobody knows the price of. */
export const knownPrice = (
  proposer: Pick<OpenAiProposer, 'prices'>,
  model: string,
  dollarsLeft: number | null,
): Price | null => {
  const price = priceOf(model, proposer.prices);
  if (price !== null || dollarsLeft === null) return price;
  const fix = `add it in dollars per million tokens: prices: { "${model}": { input: 1, output: 4 } }`;
  throw hopeless(
    'task.yaml: proposer.prices',
    `budget.dollars is set, but the price of "${model}" is unknown`,
    fix,
  );
};
